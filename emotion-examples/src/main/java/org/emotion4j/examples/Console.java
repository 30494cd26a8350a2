package org.emotion4j.examples;

import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where a command writes to: results here, messages there. Mixed into every command. */
@Command
final class Console {
    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it before a command runs
    private CommandSpec command;

    /** Standard output: results only. */
    PrintWriter out() {
        return command.commandLine().getOut();
    }

    /** Standard error: whatever is said about them. */
    PrintWriter err() {
        return command.commandLine().getErr();
    }

    /** Options that do not go together. */
    ParameterException usage(String message) {
        return new ParameterException(command.commandLine(), message);
    }
}
