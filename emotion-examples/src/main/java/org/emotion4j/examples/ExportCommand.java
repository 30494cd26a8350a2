package org.emotion4j.examples;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.emotion4j.examples.output.OutputFile;
import org.emotion4j.session.SessionExport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Hands sessions on. */
@Command(
        name = "export",
        description = {
            "Writes recorded sessions in clear text for another program, or for the person they are about.",
            "csv: one header, then the readings of all sessions. json: one object a session on a line of its own, with"
                    + " consent, models, markers and all frames."
        })
final class ExportCommand implements Callable<Integer> {
    /** What an export looks like. */
    enum Format {
        CSV,
        JSON
    }

    @Mixin
    private final Console console = new Console();

    @Mixin
    private final Sessions sessions = new Sessions();

    @Option(names = "--format", required = true, paramLabel = "csv|json", description = "csv or json.")
    private Format format = Format.CSV;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "A new file, outside of a session's folder; standard output otherwise.")
    private Optional<Path> out = Optional.empty();

    @Override
    public Integer call() throws IOException {
        if (out.isEmpty()) {
            sessions.withoutBar();
            return write(console.out(), false);
        }
        Path file = out.get().toAbsolutePath();
        for (Path session : sessions.paths()) {
            Path folder = Files.isDirectory(session)
                    ? session
                    : session.toAbsolutePath().getParent();
            if (folder != null
                    && folder.toAbsolutePath()
                            .normalize()
                            .equals(file.normalize().getParent())) {
                throw console.usage("--out is in the folder of " + session + "; write it somewhere else, so that it is"
                        + " not taken for a record");
            }
        }
        OutputFile.requireFree(out.get());
        AtomicInteger exitCode = new AtomicInteger();
        try {
            OutputFile.write(file, target -> {
                Writer text = new OutputStreamWriter(target, StandardCharsets.UTF_8);
                exitCode.set(write(text, true));
                text.flush();
            });
        } catch (IOException e) {
            throw Reason.notWritten(out.get(), e);
        }
        return exitCode.get();
    }

    private int write(Writer target, boolean toFile) throws IOException {
        SessionExport export = format == Format.CSV ? SessionExport.csv(target) : SessionExport.json(target);
        return sessions.eachRead("export", console, (path, reader) -> {
            export.add(reader);
            if (toFile) {
                console.out()
                        .println(path + ": " + reader.counters().readings() + " readings as "
                                + format.name().toLowerCase(Locale.ROOT));
            }
        });
    }
}
