package org.emotion4j.examples;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.emotion4j.session.SessionReader;
import org.emotion4j.session.SessionRecovery;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Tidies up sessions whose recording was cut off. */
@Command(
        name = "recover",
        description = "Tidies up sessions whose recording was cut off: cuts the torn last row, completes session.json.")
final class RecoverCommand implements Callable<Integer> {
    @Mixin
    private final Console console = new Console();

    @Mixin
    private final Sessions sessions = new Sessions();

    @Override
    public Integer call() throws IOException {
        return sessions.each("recover", console, path -> {
            SessionRecovery recovery = SessionReader.recover(path);
            console.out()
                    .println(path + ": "
                            + (recovery.needed()
                                    ? "recovered, " + recovery.counters().frames() + " frames, " + recovery.bytesCut()
                                            + " bytes of torn rows cut"
                                    : "had ended as it should, nothing to do"));
        });
    }
}
