package org.emotion4j.stream;

import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import org.emotion4j.reading.FrameResult;
import org.emotion4j.recording.FrameJson;
import org.emotion4j.stage.Experimental;

/**
 * Sends the readings of a running session to other programs of this machine, over a WebSocket at a loopback address: a message a
 * frame, in the shape of {@link FrameJson}. When the server is closed they are told so (1001).
 *
 * <pre>{@code
 * try (ReadingServer server = ReadingServer.builder().port(8090).open()) {
 *     session.start(server::publish);
 *     ...
 * }
 * }</pre>
 *
 * <p><b>Who may listen.</b> Whoever knows the {@linkplain #token() token}: in the header {@code Authorization: Bearer TOKEN}, or from
 * a browser, which cannot set one, as the subprotocol {@code token.} and the token in unpadded Base64 for addresses, beside the
 * subprotocol {@code emotion4j}. A page needs the token <b>and</b> its origin allowed ({@link Builder#allowOrigin}); by default no
 * page is. Other machines reach it not at all. What listeners send is not read.
 *
 * <p><b>Who waits.</b> Nobody: {@link #publish} returns at once. For a listener that does not keep up 16 readings wait, then
 * further ones are left out for it alone, and {@linkplain #skipped() counted}; the number of each frame shows it the gap. One that
 * answers no ping for half a minute is cut off.
 *
 * <p>Thread-safe. It has three threads of its own, daemons, until it is closed.
 */
@Experimental
public final class ReadingServer implements Closeable {
    /** The most listeners at the same time, by default. */
    public static final int DEFAULT_LISTENERS = 16;

    private static final int RANDOM_BYTES = 24;
    private static final int MOST_PORT = 65_535;

    private final Connections connections;
    private final String token;

    private ReadingServer(Connections connections, String token) {
        this.connections = connections;
        this.token = token;
    }

    /**
     * Prepares a server: a free port, a token of 192 random bits, no pages, {@value #DEFAULT_LISTENERS} listeners.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Sends a result to whoever listens. Returns at once; after {@link #close} it does nothing.
     *
     * @param result the result of a frame
     * @throws IllegalArgumentException if it has a number that is none
     */
    public void publish(FrameResult result) {
        if (connections.hasListeners()) {
            connections.publish(FrameJson.write(result));
        }
    }

    /**
     * Returns where to listen.
     *
     * @return for example {@code ws://127.0.0.1:8090/}
     */
    public URI address() {
        return connections.address();
    }

    /**
     * Returns what a listener has to know.
     *
     * @return the token; keep it out of logs
     */
    public String token() {
        return token;
    }

    /**
     * Returns how many listen now.
     *
     * @return 0 or more
     */
    public int listeners() {
        return connections.listeners();
    }

    /**
     * Returns how many messages were left out because a listener did not keep up.
     *
     * @return of all listeners together, since the server was opened
     */
    public long skipped() {
        return connections.skipped();
    }

    /** Tells all listeners that it is over, and frees the port. A second call does nothing. */
    @Override
    public void close() {
        connections.end();
    }

    @Override
    public String toString() {
        return "ReadingServer[" + address() + ", " + listeners() + " listeners]";
    }

    /** Options of a server. Confined to one thread. */
    public static final class Builder {
        private final Set<String> origins = new LinkedHashSet<>();
        private int port;
        private int listeners = DEFAULT_LISTENERS;
        private String token = "";

        private Builder() {}

        /**
         * Listens at a port. Default: a free one.
         *
         * @param value 0 to 65535; 0 for a free one
         * @return this builder
         * @throws IllegalArgumentException if there is no such port
         */
        public Builder port(int value) {
            if (value < 0 || value > MOST_PORT) {
                throw new IllegalArgumentException("port is " + value + ", expected 0 to " + MOST_PORT);
            }
            port = value;
            return this;
        }

        /**
         * Sets what listeners have to know. Default: 192 random bits.
         *
         * @param value the token, at least 16 characters that can be in a header
         * @return this builder
         * @throws IllegalArgumentException if it is shorter, or has others
         */
        public Builder token(String value) {
            if (!value.matches("[\\x21-\\x7E]{16,}")) {
                throw new IllegalArgumentException("the token has " + value.length()
                        + " characters, expected 16 or more, of ASCII and without blanks");
            }
            token = value;
            return this;
        }

        /**
         * Lets a page listen, where it has the token. Default: none.
         *
         * @param origin as browsers write it, for example {@code http://localhost:3000}
         * @return this builder
         */
        public Builder allowOrigin(String origin) {
            origins.add(Objects.requireNonNull(origin, "origin"));
            return this;
        }

        /**
         * Limits how many listen at the same time. Default: {@value #DEFAULT_LISTENERS}.
         *
         * @param most 1 or more; further ones are refused
         * @return this builder
         * @throws IllegalArgumentException if it is below 1
         */
        public Builder listeners(int most) {
            if (most < 1) {
                throw new IllegalArgumentException("listeners is " + most + ", expected 1 or more");
            }
            listeners = most;
            return this;
        }

        /**
         * Opens the port.
         *
         * @return a server that listens
         * @throws IOException if the port cannot be had
         */
        public ReadingServer open() throws IOException {
            String secret = token.isEmpty() ? random() : token;
            Connections connections = new Connections(port, new Admission(secret, origins), listeners);
            connections.begin();
            return new ReadingServer(connections, secret);
        }

        private static String random() {
            byte[] random = new byte[RANDOM_BYTES];
            new SecureRandom().nextBytes(random);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        }
    }
}
