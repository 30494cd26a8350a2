package org.emotion4j.cli.sessions;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.emotion4j.cli.io.BadInputException;
import org.emotion4j.cli.io.Console;
import org.emotion4j.cli.io.Counted;
import org.emotion4j.cli.io.ErrorMessages;
import org.emotion4j.cli.io.OutsideOfSessions;
import org.emotion4j.file.internal.OutputFile;
import org.emotion4j.recording.PyFeatExport;
import org.emotion4j.recording.SessionExport;
import org.emotion4j.recording.SessionReader;
import org.emotion4j.recording.SessionWorkbook;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Hands sessions on. */
@Command(
        name = "export",
        description = {
            "Writes recorded sessions in clear text for another program, or for the person they are about.",
            "csv: one header, then the readings of all sessions. xlsx: the same as a workbook whose cells are numbers,"
                    + " times and text. json: one object a session on a line of its own, with consent, models, markers and"
                    + " all frames; its frames have milliseconds (mediaTimeMs), its markers seconds (time).",
            "A spreadsheet in German reads --format xlsx, or --format csv --locale de: semicolons and decimal commas."
                    + " Text of a CSV that it would take for a formula gets an apostrophe in front.",
            "elan, textgrid (Praat), boris and bids have stretches of time in place of rows: the label for as long as it stood,"
                    + " expressions and movements that came and went, blinks, nods, talking, and markers until the next one."
                    + " bids writes FILE_events.tsv and, beside it, FILE_events.json.",
            "study: a row a session for SPSS and R, FILE.csv, with FILE-codebook.csv and FILE.sps, which reads it into SPSS."
                    + " pyfeat: the readings under the column names of py-feat. fhir: one session as a bundle of FHIR R4 (JSON)"
                    + " for a hospital's system."
        })
public final class ExportCommand implements Callable<Integer> {
    /** What an export looks like. */
    enum Format {
        CSV,
        XLSX,
        JSON,
        PYFEAT,
        STUDY,
        FHIR,
        ELAN,
        TEXTGRID,
        BORIS,
        BIDS;

        /** Whether it has stretches of time instead of rows. */
        boolean hasAnnotations() {
            return ordinal() >= ELAN.ordinal();
        }

        boolean needsFile() {
            return this == XLSX || this == STUDY || this == FHIR || hasAnnotations();
        }
    }

    @Mixin
    private final Console console = new Console();

    @Mixin
    private final Sessions sessions = new Sessions();

    @Option(
            names = "--format",
            required = true,
            paramLabel = "FORMAT",
            description = "csv, xlsx, json, pyfeat, study, fhir, elan, textgrid, boris or bids.")
    private Format format = Format.CSV;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "A new file, outside of a session's folder; standard output otherwise.")
    private Optional<Path> out = Optional.empty();

    @Option(
            names = "--locale",
            paramLabel = "LANGUAGE",
            description = "For csv: the language of the spreadsheet that is to read it, as de, fr or de-AT. Without it:"
                    + " commas and decimal points, for programs.")
    private Optional<String> locale = Optional.empty();

    @Mixin
    private final FhirFile fhir = new FhirFile();

    private SessionAccess.@Nullable Reading export;
    private boolean any;

    @Override
    public Integer call() throws IOException {
        if (locale.isPresent() && format != Format.CSV) {
            throw console.usage("--locale belongs to --format csv");
        }
        if (fhir.isAsked() && format != Format.FHIR) {
            throw console.usage("--identifier-system and --filmed-at belong to --format fhir");
        }
        Optional<Locale> language = locale.map(this::language);
        if (out.isEmpty() && format.needsFile()) {
            throw console.usage("--format " + format.name().toLowerCase(Locale.ROOT) + " needs --out FILE");
        }
        sessions.requireDifferent();
        if (out.isEmpty()) {
            sessions.withoutBar();
            return write(console.out(), language, false);
        }
        Path file = out.get().toAbsolutePath();
        OutsideOfSessions.require(file);
        OutputFile.requireFree(out.get());
        if (format.hasAnnotations()) {
            return new AnnotationFiles(format, console).write(sessions, file);
        }
        if (format == Format.STUDY) {
            return new StudyFiles(console).write(sessions, file);
        }
        if (format == Format.FHIR) {
            return fhir.write(sessions, file, console);
        }
        AtomicInteger exitCode = new AtomicInteger();
        try {
            OutputFile.write(file, target -> {
                if (format == Format.XLSX) {
                    exitCode.set(writeWorkbook(target));
                } else {
                    Writer text = new OutputStreamWriter(target, StandardCharsets.UTF_8);
                    exitCode.set(write(text, language, true));
                    text.flush();
                }
                if (!any) {
                    throw new BadInputException("none of the sessions can be read; nothing was written");
                }
            });
        } catch (IOException e) {
            throw ErrorMessages.notWritten(out.get(), e);
        }
        return exitCode.get();
    }

    private Locale language(String tag) {
        Locale language = Locale.forLanguageTag(tag.replace('_', '-'));
        if (Arrays.stream(Locale.getAvailableLocales())
                .noneMatch(known ->
                        !known.getLanguage().isEmpty() && known.getLanguage().equals(language.getLanguage()))) {
            throw console.usage("--locale is \"" + tag + "\", expected a language such as de, fr or de-AT");
        }
        return language;
    }

    private int write(Writer target, Optional<Locale> language, boolean toFile) throws IOException {
        return sessions.eachRead("export", console, (path, reader) -> {
            // The header waits for the first session that can be read.
            SessionAccess.Reading begun = export == null ? begin(target, language) : export;
            export = begun;
            any = true;
            begun.on(path, reader);
            if (toFile) {
                tell(path, reader);
            }
        });
    }

    private SessionAccess.Reading begin(Writer target, Optional<Locale> language) throws IOException {
        if (format == Format.PYFEAT) {
            PyFeatExport theirs = PyFeatExport.of(target);
            return (path, reader) -> theirs.add(reader);
        }
        SessionExport ours = format == Format.JSON
                ? SessionExport.json(target)
                : language.isPresent() ? SessionExport.csv(target, language.get()) : SessionExport.csv(target);
        return (path, reader) -> ours.add(reader);
    }

    private int writeWorkbook(OutputStream target) throws IOException {
        try (SessionWorkbook workbook = SessionWorkbook.of(target)) {
            return sessions.eachRead("export", console, (path, reader) -> {
                any = true;
                workbook.add(reader);
                tell(path, reader);
            });
        }
    }

    private void tell(Path session, SessionReader reader) {
        console.out()
                .println(session + ": " + Counted.of(reader.counters().readings(), "reading") + " as "
                        + format.name().toLowerCase(Locale.ROOT));
    }
}
