package org.emotion4j.cli.io;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where a command writes to: results here, messages there. Mixed into every command. */
@Command
public final class Console {
    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it before a command runs
    private CommandSpec command;

    private Optional<StringWriter> heldOut = Optional.empty();
    private Optional<StringWriter> heldErr = Optional.empty();

    /** Standard output: results only. */
    public PrintWriter out() {
        return heldOut.map(PrintWriter::new)
                .orElseGet(() -> command.commandLine().getOut());
    }

    /** Standard error: whatever is said about them. */
    public PrintWriter err() {
        return heldErr.map(PrintWriter::new)
                .orElseGet(() -> command.commandLine().getErr());
    }

    /** Keeps what is written until {@link #release}, so that it does not run into a progress bar. */
    public void hold() {
        heldOut = Optional.of(new StringWriter());
        heldErr = Optional.of(new StringWriter());
    }

    /** Writes what was kept. */
    public void release() {
        String results = heldOut.map(StringWriter::toString).orElse("");
        String messages = heldErr.map(StringWriter::toString).orElse("");
        heldOut = Optional.empty();
        heldErr = Optional.empty();
        out().print(results);
        out().flush();
        err().print(messages);
        err().flush();
    }

    /** Options that do not go together. */
    public ParameterException usage(String message) {
        return new ParameterException(command.commandLine(), message);
    }
}
