package org.emotion4j.cli.sessions;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.emotion4j.analysis.BaselineCorrection;
import org.emotion4j.analysis.SessionRest;
import org.emotion4j.analysis.SharedSmiles;
import org.emotion4j.cli.io.BadInputException;
import org.emotion4j.cli.io.Console;
import org.emotion4j.cli.io.ErrorMessages;
import org.emotion4j.cli.options.BaselineOption;
import org.emotion4j.cli.options.LanguageConverter;
import org.emotion4j.event.FacialRest;
import org.emotion4j.file.internal.OutputFile;
import org.emotion4j.file.internal.ProductMark;
import org.emotion4j.recording.SessionReader;
import org.emotion4j.report.SessionReport;
import org.emotion4j.report.SubjectReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Puts recorded sessions on pages. */
@Command(
        name = "report",
        description = {
            "Puts recorded sessions on self-contained HTML pages: a page a session.",
            "Several sessions with --out are several sessions of one person: one page with the course from session to"
                    + " session."
        })
public final class ReportCommand implements Callable<Integer> {
    @Mixin
    private final Console console = new Console();

    @Mixin
    private final Sessions sessions = new Sessions();

    @Mixin
    private final BaselineOption baseline = new BaselineOption();

    @Option(
            names = "--out",
            paramLabel = "FILE.html",
            description = "Where to; without it each session's page is report.html in its folder.")
    private Optional<Path> out = Optional.empty();

    @Option(
            names = "--language",
            paramLabel = "LANGUAGE",
            defaultValue = "en",
            converter = LanguageConverter.class,
            description = "Language of the page: en, es, or with a country whose numbers it has, es-PE. Default: en.")
    private Locale language = Locale.ENGLISH;

    @Override
    public Integer call() throws IOException {
        refuseALanguageWithoutTexts();
        if (out.isPresent() && sessions.paths().size() > 1) {
            return together(out.get());
        }
        return sessions.eachRead("report", console, (path, reader) -> {
            Path folder = Optional.ofNullable(reader.file().toAbsolutePath().getParent())
                    .orElse(path);
            SessionReport alone = report(path, reader);
            SessionReport report = SharedSmiles.of(path, sessions.cipher())
                    .map(alone::withSharedSmiles)
                    .orElse(alone);
            write(report.toHtml(), out, folder.resolve("report.html"));
        });
    }

    /** Before a session of two hours is read. */
    private void refuseALanguageWithoutTexts() {
        if (!SessionReport.hasTextsIn(language)) {
            throw new BadInputException("--language: there are no texts in \"" + language.toLanguageTag()
                    + "\"; expected en, es, or one of these with a country");
        }
    }

    private SessionReport report(Path path, SessionReader reader) throws IOException {
        Optional<SessionRest> marked = baseline.marked(reader);
        if (marked.isPresent()) {
            return SessionReport.of(reader, marked.get()).withLanguage(language);
        }
        if (!baseline.isGiven()) {
            return SessionReport.of(reader).withLanguage(language);
        }
        BaselineCorrection correction = baseline.correction(path, reader);
        Optional<FacialRest> rest = baseline.rest(path, reader);
        String note = baseline.describe(language).orElseThrow();
        SessionReport report = rest.isPresent()
                ? SessionReport.of(reader, correction, rest.get(), note)
                : SessionReport.of(reader, correction, note);
        return report.withLanguage(language);
    }

    private int together(Path page) throws IOException {
        SubjectReport.Builder builder = SubjectReport.builder();
        AtomicInteger read = new AtomicInteger();
        int exitCode = sessions.eachRead("report", console, (path, reader) -> {
            builder.add(reader, baseline.of(path, reader));
            read.incrementAndGet();
        });
        if (read.get() == 0) {
            throw new BadInputException("none of the sessions can be read");
        }
        SubjectReport report;
        try {
            report = builder.build().withLanguage(language);
        } catch (IllegalArgumentException e) {
            throw new BadInputException(
                    ErrorMessages.message(e) + "; without --out each session gets a page of its own", e);
        }
        write(report.toHtml(), Optional.of(page), page);
        return exitCode;
    }

    /** A file that was named is new; a session's own page in its own folder is made anew. */
    private void write(String html, Optional<Path> named, Path own) {
        Path page = named.orElse(own);
        try {
            if (named.isPresent()) {
                OutputFile.write(page, ProductMark.onPage(html).getBytes(StandardCharsets.UTF_8));
            } else {
                OutputFile.writePage(page, html);
            }
        } catch (IOException e) {
            throw ErrorMessages.notWritten(page, e);
        }
        console.out().println(page);
    }
}
