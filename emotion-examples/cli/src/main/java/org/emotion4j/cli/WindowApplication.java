package org.emotion4j.cli;

import java.nio.charset.Charset;
import org.emotion4j.cli.io.ErrorMessages;
import org.emotion4j.cli.io.ExitCode;
import org.emotion4j.cli.io.Harmless;
import picocli.CommandLine;

/**
 * The window as an application of its own, as an installer brings it: {@code gui} with its options and nothing else, so that what
 * only other commands need, PyTorch above all, does not have to be there.
 */
public final class WindowApplication {
    private WindowApplication() {}

    /**
     * Opens the window and ends the process when it is closed.
     *
     * @param args the options of {@code gui}
     */
    public static void main(String[] args) {
        System.setErr(Harmless.stream(System.err, Charset.defaultCharset()));
        System.exit(new CommandLine(new GuiCommand())
                .setCommandName("Emotion4J")
                .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    command.getErr().println(ErrorMessages.message(failure));
                    return failure instanceof IllegalArgumentException ? ExitCode.BAD_INPUT : ExitCode.FAILURE;
                })
                .execute(args));
    }
}
