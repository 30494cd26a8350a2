package org.emotion4j.ffmpeg;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A server of this machine that answers each request as a test wants, and may hang or hang up. */
final class LoopbackServer implements Closeable {
    /** Answers one request. */
    interface Answer {
        /**
         * Writes the answer.
         *
         * @param head the request's lines
         * @return whether the connection goes on
         */
        boolean to(List<String> head, OutputStream out) throws IOException;
    }

    private final ServerSocket server;
    private final Answer answer;
    private final List<Socket> sockets = Collections.synchronizedList(new ArrayList<>());
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());

    LoopbackServer(Answer answer) throws IOException {
        this.answer = answer;
        this.server = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
        daemon(this::accept);
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "loopback-server");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                sockets.add(socket);
                daemon(() -> serve(socket));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            while (true) {
                List<String> head = new ArrayList<>();
                for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                    head.add(line);
                }
                if (head.isEmpty()) {
                    return;
                }
                asked.add(head.get(0));
                if (!answer.to(head, socket.getOutputStream())) {
                    return;
                }
            }
        } catch (IOException e) {
            // The client has gone.
        }
    }

    /** The first line of each request. */
    List<String> asked() {
        return List.copyOf(asked);
    }

    URI at(String scheme, String path) {
        return URI.create(scheme + "://127.0.0.1:" + server.getLocalPort() + path);
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket socket : List.copyOf(sockets)) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
