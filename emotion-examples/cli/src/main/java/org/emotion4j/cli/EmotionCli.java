package org.emotion4j.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Arrays;
import org.emotion4j.cli.analyze.AnalyzeCommand;
import org.emotion4j.cli.analyze.CorrectionsCommand;
import org.emotion4j.cli.analyze.CropsCommand;
import org.emotion4j.cli.analyze.DetectCommand;
import org.emotion4j.cli.demo.DemoCommand;
import org.emotion4j.cli.io.BadInputException;
import org.emotion4j.cli.io.ErrorMessages;
import org.emotion4j.cli.io.ExitCode;
import org.emotion4j.cli.io.Harmless;
import org.emotion4j.cli.io.MissingLibrary;
import org.emotion4j.cli.io.Progress;
import org.emotion4j.cli.models.EvaluateCommand;
import org.emotion4j.cli.models.EvaluateDetectorCommand;
import org.emotion4j.cli.models.TrainCommand;
import org.emotion4j.cli.sessions.ClusterCommand;
import org.emotion4j.cli.sessions.EraseCommand;
import org.emotion4j.cli.sessions.EventsCommand;
import org.emotion4j.cli.sessions.ExportCommand;
import org.emotion4j.cli.sessions.ImportCommand;
import org.emotion4j.cli.sessions.NewKeyCommand;
import org.emotion4j.cli.sessions.RecoverCommand;
import org.emotion4j.cli.sessions.ReportCommand;
import org.emotion4j.cli.sessions.SessionsCommand;
import org.emotion4j.cli.sessions.SummaryCommand;
import org.emotion4j.cli.sessions.TimelineCommand;
import org.emotion4j.djl.data.FaceDataException;
import org.emotion4j.frame.FrameUnreadableException;
import org.emotion4j.stage.StageException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.TypeConversionException;

/**
 * The command line of Emotion4J: facial expressions in pictures, on this machine alone.
 *
 * <p>Exit codes: 0 fine, 1 a failure of the program or its machine, 2 input that cannot be used. Results go to standard
 * output, everything else to standard error.
 */
@Command(
        name = "emotion4j",
        description = {
            "Finds faces and says which expression they show.",
            "An expression is what a face shows, not what the person feels. Nothing leaves this machine."
        },
        scope = ScopeType.INHERIT,
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {
            DemoCommand.class,
            GuiCommand.class,
            AnalyzeCommand.class,
            DetectCommand.class,
            CropsCommand.class,
            CorrectionsCommand.class,
            EvaluateCommand.class,
            EvaluateDetectorCommand.class,
            TrainCommand.class,
            SummaryCommand.class,
            TimelineCommand.class,
            EventsCommand.class,
            ReportCommand.class,
            ClusterCommand.class,
            ExportCommand.class,
            ImportCommand.class,
            RecoverCommand.class,
            SessionsCommand.class,
            EraseCommand.class,
            NewKeyCommand.class,
            DoctorCommand.class
        })
public final class EmotionCli {
    /** Bits of a file's mode on POSIX systems, and what they say. */
    private static final int FILE_KIND = 0xF000;

    private static final int PIPE = 0x1000;
    private static final int SOCKET = 0xC000;

    @Option(
            names = {"-v", "--verbose"},
            scope = ScopeType.INHERIT,
            description = "Show stack traces and what the libraries log.")
    private boolean verbose;

    private EmotionCli() {}

    /**
     * Runs a command and ends the process with its exit code.
     *
     * @param args the command and its options
     */
    public static void main(String[] args) {
        if (!Arrays.asList(args).contains(GuiCommand.NAME)) {
            setIfUnset("java.awt.headless", "true");
        }
        if (Arrays.asList(args).contains("--verbose") || Arrays.asList(args).contains("-v")) {
            setIfUnset("org.slf4j.simpleLogger.defaultLogLevel", "info");
            setIfUnset("org.slf4j.simpleLogger.log.ai.djl", "info");
        }
        PrintStream terminal = System.err;
        Progress.drawOn(terminal);
        System.setErr(Harmless.stream(terminal, Charset.defaultCharset()));
        System.exit(run(writer(System.out), writer(terminal), isPipe(Path.of("/dev/stdout")), args));
    }

    private static boolean isPipe(Path file) {
        try {
            int kind = (int) Files.getAttribute(file, "unix:mode") & FILE_KIND;
            return kind == PIPE || kind == SOCKET;
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return false; // on Windows, for example
        }
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, Charset.defaultCharset());
    }

    /** The commands and their options, to be looked at. */
    static CommandLine commandLine() {
        return new CommandLine(new EmotionCli());
    }

    /** Runs a command within this process. */
    static int run(PrintWriter out, PrintWriter err, String... args) {
        return run(out, err, false, args);
    }

    /**
     * Runs a command.
     *
     * @param piped whether results go to another program, which may end when it has read enough
     */
    private static int run(PrintWriter out, PrintWriter err, boolean piped, String... args) {
        EmotionCli cli = new EmotionCli();
        PrintWriter results = Harmless.writer(out);
        PrintWriter messages = Harmless.writer(err);
        CommandLine commandLine = new CommandLine(cli)
                .setOut(results)
                .setErr(messages)
                .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .registerConverter(Path.class, EmotionCli::path)
                .setParameterExceptionHandler(EmotionCli::refuse)
                .setExecutionExceptionHandler(cli::explain);
        try {
            int exitCode = commandLine.execute(args);
            results.flush();
            if (out.checkError() && exitCode == ExitCode.OK) {
                if (!piped) {
                    err.println("standard output: not everything could be written");
                }
                return ExitCode.FAILURE;
            }
            return exitCode;
        } catch (LinkageError | OutOfMemoryError e) {
            return cli.explain(e, commandLine);
        } finally {
            results.flush();
            messages.flush();
            out.flush();
            err.flush();
        }
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new TypeConversionException(Harmless.name(text) + " is " + ErrorMessages.of(e));
        }
    }

    private static int refuse(ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        PrintWriter err = command.getErr();
        err.println(e.getMessage());
        CommandLine.UnmatchedArgumentException.printSuggestions(e, err);
        err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        return ExitCode.BAD_INPUT;
    }

    private int explain(Exception e, CommandLine command, ParseResult parsed) {
        return explain(e, command);
    }

    private int explain(Throwable failure, CommandLine command) {
        PrintWriter err = command.getErr();
        command.getOut().flush();
        if (verbose) {
            failure.printStackTrace(err);
        }
        if (isBadInput(failure)) {
            err.println(ErrorMessages.withFile(failure));
            return ExitCode.BAD_INPUT;
        }
        if (failure instanceof StageException
                || MissingLibrary.describe(failure).isPresent()) {
            err.println(ErrorMessages.message(failure));
            err.println("'emotion4j doctor' says what works on this machine and what to do about what does not.");
        } else if (failure instanceof OutOfMemoryError) {
            err.println(
                    "out of memory (" + failure.getMessage() + "); give Java more, for example java -Xmx2g -jar ...");
        } else if (failure instanceof IOException || failure instanceof UncheckedIOException) {
            err.println(ErrorMessages.withFile(failure));
        } else {
            err.println("this should not have happened: " + failure);
            err.println("Run again with --verbose for the details; 'emotion4j doctor' checks this machine.");
        }
        return ExitCode.FAILURE;
    }

    /** Files that are not what they should be, and values that a builder refused: its message names option and range. */
    private static boolean isBadInput(Throwable failure) {
        return failure instanceof BadInputException
                || failure instanceof FrameUnreadableException
                || failure instanceof FaceDataException
                || failure instanceof NoSuchFileException
                || failure instanceof AccessDeniedException
                || failure instanceof FileAlreadyExistsException
                || failure instanceof NotDirectoryException
                || failure instanceof IllegalArgumentException;
    }

    private static void setIfUnset(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
