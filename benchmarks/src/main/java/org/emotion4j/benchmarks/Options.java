package org.emotion4j.benchmarks;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The command line of a program here, read by picocli: {@code --name value}, or {@code --name} alone for a switch. */
final class Options {
    private final CommandLine command;
    private final ParseResult given;

    private Options(CommandLine command, ParseResult given) {
        this.command = command;
        this.given = given;
    }

    /**
     * Reads a command line. With {@code --help} it prints the options and ends the program; where one is unknown, lacks its value
     * or is no number, it says so and ends the program with 2.
     *
     * @param args the arguments
     * @param known the options that take a value
     * @param switches those that do not
     * @return what was given
     */
    static Options of(String[] args, List<String> known, List<String> switches) {
        CommandLine command = command(known, switches);
        try {
            Options options = new Options(command, command.parseArgs(args));
            if (command.isUsageHelpRequested()) {
                command.usage(System.out);
                System.exit(0);
            }
            return options;
        } catch (CommandLine.ParameterException e) {
            throw refused(command, String.valueOf(e.getMessage()));
        }
    }

    static CommandLine command(List<String> known, List<String> switches) {
        CommandSpec spec = CommandSpec.create().name("java -cp benchmarks/target/benchmarks.jar PROGRAM");
        known.forEach(name -> spec.addOption(OptionSpec.builder("--" + name)
                .type(String.class)
                .paramLabel("VALUE")
                .build()));
        switches.forEach(name -> spec.addOption(
                OptionSpec.builder("--" + name).type(boolean.class).build()));
        spec.addOption(OptionSpec.builder("--help").usageHelp(true).build());
        return new CommandLine(spec);
    }

    private static AssertionError refused(CommandLine command, String why) {
        System.err.println(why);
        command.usage(System.err);
        System.exit(CommandLine.ExitCode.USAGE);
        return new AssertionError(why);
    }

    boolean has(String name) {
        return given.hasMatchedOption("--" + name);
    }

    String text(String name, String otherwise) {
        return given.matchedOptionValue("--" + name, otherwise);
    }

    long number(String name, long otherwise) {
        String text = text(name, Long.toString(otherwise));
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw refused(command, "--" + name + " is \"" + text + "\", expected a whole number");
        }
    }
}
