package org.emotion4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.emotion4j.NeedsLoopback;
import org.emotion4j.cli.demo.SamplePortrait;
import org.emotion4j.cli.io.ExitCode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Readings that another program gets while they are made. */
@Tag("native")
@NeedsLoopback
@Timeout(120)
final class ServeTest {
    private static final Pattern ADDRESS = Pattern.compile("readings at (ws://\\S+), token (\\S+)");

    @TempDir
    Path folder;

    @Test
    void whoeverConnectsWhenTheAddressIsPrintedGetsEachReading() throws Exception {
        Path pictures = Files.createDirectory(folder.resolve("pictures"));
        for (int i = 0; i < 2; i++) {
            Files.write(pictures.resolve(i + ".jpg"), SamplePortrait.encoded(SamplePortrait.NAMES.get(i)));
        }
        Program program = new Program();

        int exitCode = EmotionCli.run(
                new PrintWriter(new StringWriter()),
                new PrintWriter(program, true),
                "analyze",
                pictures.toString(),
                "--out",
                folder.resolve("out").toString(),
                "--serve",
                "0");

        assertThat(exitCode).as(program.toString()).isEqualTo(ExitCode.OK);
        assertThat(program.closed.join()).isEqualTo(1001);
        assertThat(program.messages).hasSize(2);
        JsonNode first = new ObjectMapper().readTree(program.messages.take());
        assertThat(first.path("origin").asText()).endsWith("0.jpg");
        assertThat(first.path("faces")).hasSize(1);
        assertThat(first.path("faces").get(0).path("scores")).hasSize(7);
    }

    @Test
    void pagesAloneAreNotServed() {
        Cli.Result result =
                Cli.run("analyze", folder, "--out", folder.resolve("out"), "--serve-page", "http://localhost:3000");

        assertThat(result.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(result.err()).contains("--serve-page belongs to --serve");
    }

    @Test
    void aPortThatThereIsNotIsRefused() {
        Cli.Result result = Cli.run("analyze", folder, "--out", folder.resolve("out"), "--serve", "70000");

        assertThat(result.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(result.err()).contains("--serve: port is 70000");
    }

    /** Reads the command's messages, and connects before the command gets any further. */
    private static final class Program extends StringWriter {
        private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
        private final CompletableFuture<Integer> closed = new CompletableFuture<>();
        private boolean connected;

        @Override
        public void flush() {
            super.flush();
            Matcher address = ADDRESS.matcher(toString());
            if (!connected && address.find()) {
                connected = true;
                HttpClient.newHttpClient()
                        .newWebSocketBuilder()
                        .header("Authorization", "Bearer " + address.group(2))
                        .buildAsync(URI.create(address.group(1)), new Ear())
                        .join();
            }
        }

        private final class Ear implements WebSocket.Listener {
            private final StringBuilder part = new StringBuilder();

            @Override
            public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
                part.append(data);
                if (last) {
                    messages.add(part.toString());
                    part.setLength(0);
                }
                socket.request(1);
                return null;
            }

            @Override
            public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
                closed.complete(code);
                return null;
            }
        }
    }
}
