package org.emotion4j.cli.sessions;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.emotion4j.annotation.AnnotationExport;
import org.emotion4j.annotation.SessionAnnotations;
import org.emotion4j.cli.io.BadInputException;
import org.emotion4j.cli.io.Console;
import org.emotion4j.cli.io.Counted;
import org.emotion4j.cli.io.ErrorMessages;
import org.emotion4j.file.internal.OutputFile;

/** Writes sessions for programs that annotate films. */
final class AnnotationFiles {
    private static final String EVENTS = "_events.tsv";

    private final ExportCommand.Format format;
    private final Console console;

    AnnotationFiles(ExportCommand.Format format, Console console) {
        this.format = format;
        this.console = console;
    }

    int write(Sessions sessions, Path file) throws IOException {
        String name = format.name().toLowerCase(Locale.ROOT);
        if (format != ExportCommand.Format.BORIS && sessions.paths().size() != 1) {
            throw console.usage("--format " + name + " writes one session to a file; "
                    + sessions.paths().size() + " were named");
        }
        boolean bids = format == ExportCommand.Format.BIDS;
        if (bids && !file.getFileName().toString().endsWith(EVENTS)) {
            throw console.usage("--format bids wants an --out that ends in " + EVENTS
                    + ", as in sub-01_task-interview_events.tsv, not " + file.getFileName());
        }
        Path sidecar = bids ? file.resolveSibling(file.getFileName().toString().replaceAll("tsv$", "json")) : file;
        OutputFile.requireFree(sidecar);
        List<SessionAnnotations> all = new ArrayList<>();
        int exitCode = sessions.eachRead("export", console, (path, reader) -> {
            SessionAnnotations read = SessionAnnotations.of(reader);
            all.add(read);
            int stretches = read.tiers().stream()
                    .mapToInt(tier -> tier.annotations().size())
                    .sum();
            console.out().println(path + ": " + Counted.of(stretches, "annotation") + " as " + name);
        });
        if (all.isEmpty()) {
            throw new BadInputException("none of the sessions can be read; nothing was written");
        }
        try {
            OutputFile.write(file, target -> {
                switch (format) {
                    case ELAN -> AnnotationExport.elan(all.get(0), target);
                    case TEXTGRID -> AnnotationExport.textGrid(all.get(0), target);
                    case BORIS -> AnnotationExport.boris(all, target);
                    case BIDS -> AnnotationExport.bidsEvents(all.get(0), target);
                    default -> throw new AssertionError(format);
                }
            });
            if (bids) {
                OutputFile.write(sidecar, target -> AnnotationExport.bidsSidecar(all.get(0), target));
            }
        } catch (IllegalArgumentException e) {
            throw new BadInputException(ErrorMessages.message(e), e);
        } catch (IOException e) {
            throw ErrorMessages.notWritten(file, e);
        }
        return exitCode;
    }
}
