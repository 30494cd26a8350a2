package org.emotion4j.cli.options;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.emotion4j.cli.io.Console;
import org.emotion4j.cli.io.ErrorMessages;
import org.emotion4j.reading.FrameResult;
import org.emotion4j.stream.ReadingServer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Readings for other programs of this machine, while they are made. */
public final class ServeOption implements AutoCloseable {
    /** The variable of the environment that has the token. */
    static final String TOKEN = "EMOTION4J_TOKEN";

    @Option(
            names = "--serve",
            paramLabel = "PORT",
            description =
                    "Send the readings to programs of this machine as they are made, over a WebSocket at this port of"
                            + " 127.0.0.1 (0 for a free one), a JSON object a frame. Listeners need the token that is printed, or"
                            + " that of the environment variable " + TOKEN + ".")
    private Optional<Integer> port = Optional.empty();

    @Option(
            names = "--serve-page",
            paramLabel = "ORIGIN",
            description =
                    "With --serve: a page that may listen, too, where it has the token, as http://localhost:3000.")
    private List<String> pages = List.of();

    private final Function<String, @Nullable String> environment;
    private @Nullable ReadingServer server;

    /** Takes the token from this process's environment. */
    public ServeOption() {
        this(System::getenv);
    }

    ServeOption(Function<String, @Nullable String> environment) {
        this.environment = environment;
    }

    /**
     * Opens the port, where one was given, and says where and with which token.
     *
     * @param console of the command
     * @throws IOException if the port cannot be had
     */
    public void open(Console console) throws IOException {
        if (port.isEmpty()) {
            if (!pages.isEmpty()) {
                throw console.usage("--serve-page belongs to --serve");
            }
            return;
        }
        String token = Optional.ofNullable(environment.apply(TOKEN)).orElse("");
        try {
            ReadingServer.Builder builder = ReadingServer.builder().port(port.get());
            pages.forEach(builder::allowOrigin);
            if (!token.isEmpty()) {
                builder.token(token);
            }
            ReadingServer opened = builder.open();
            server = opened;
            console.err()
                    .println("readings at " + opened.address()
                            + (token.isEmpty() ? ", token " + opened.token() : ", with the token of " + TOKEN));
            console.err().flush();
        } catch (IllegalArgumentException e) {
            throw console.usage("--serve: " + ErrorMessages.message(e));
        }
    }

    /**
     * Sends a result to whoever listens; does nothing without {@code --serve}.
     *
     * @param result the result of a frame
     */
    public void publish(FrameResult result) {
        if (server != null) {
            server.publish(result);
        }
    }

    @Override
    public void close() {
        if (server != null) {
            server.close();
        }
    }
}
