package org.emotion4j.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.emotion4j.stage.StageException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line's root. Exit codes: 0 for success, 1 for a failure of ours, 2 for bad input. */
@Command(
        name = "emotion4j",
        description = "Facial expressions in pictures. Everything stays on this machine.",
        mixinStandardHelpOptions = true,
        subcommands = {TrainCommand.class})
public final class EmotionCli {
    private EmotionCli() {}

    /**
     * Runs a command and ends the process with its exit code.
     *
     * @param arguments the command line
     */
    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    static int run(String... arguments) {
        return new CommandLine(new EmotionCli())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    if (isBadInput(failure)) {
                        command.getErr().println(command.getColorScheme().errorText(failure.getMessage()));
                        return CommandLine.ExitCode.USAGE;
                    }
                    throw failure;
                })
                .execute(arguments);
    }

    /** What names its file or option and its cause already, so that a stack trace adds nothing. */
    private static boolean isBadInput(Exception failure) {
        return failure instanceof StageException
                || failure instanceof IOException
                || failure instanceof UncheckedIOException
                || failure instanceof IllegalArgumentException;
    }
}
