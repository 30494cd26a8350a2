package org.emotion4j.cli.sessions;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.emotion4j.cli.io.Console;
import org.emotion4j.cli.io.Counted;
import org.emotion4j.cli.io.ExitCode;
import org.emotion4j.recording.SessionCipher;
import org.emotion4j.recording.SessionReader;
import org.emotion4j.recording.SessionRecovery;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Tidies up sessions whose recording was cut off. */
@Command(
        name = "recover",
        description = "Tidies up sessions whose recording was cut off: cuts the torn last row, completes session.json.")
public final class RecoverCommand implements Callable<Integer> {
    @Mixin
    private final Console console = new Console();

    @Mixin
    private final Sessions sessions = new Sessions();

    @Override
    public Integer call() throws IOException {
        AtomicBoolean damaged = new AtomicBoolean();
        int exitCode = sessions.each("recover", console, path -> {
            Optional<SessionCipher> key = sessions.cipher();
            SessionRecovery recovery =
                    key.isPresent() ? SessionReader.recover(path, key.get()) : SessionReader.recover(path);
            if (recovery.needed()) {
                console.out()
                        .println(path + ": recovered, "
                                + Counted.of(recovery.counters().frames(), "frame") + ", "
                                + Counted.of(recovery.bytesCut(), "byte") + " of torn rows cut");
                return;
            }
            Optional<String> damage = damage(path, key);
            damage.ifPresent(any -> damaged.set(true));
            console.out().println(path + ": " + damage.orElse("had ended as it should, nothing to do"));
        });
        return damaged.get() ? ExitCode.BAD_INPUT : exitCode;
    }

    /** What is wrong with a session that ended: its rows were altered afterwards, and nothing has the lost ones. */
    private static Optional<String> damage(Path session, Optional<SessionCipher> key) throws IOException {
        try (SessionReader reader = SessionReader.open(session, key)) {
            reader.forEachRemaining(frame -> {});
            return reader.problemCount() == 0
                    ? Optional.empty()
                    : Optional.of("had ended, but rows are missing or damaged, which cannot be repaired: "
                            + SessionAccess.problems(reader));
        }
    }
}
