package org.emotion4j.examples;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.emotion4j.report.SessionReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Puts recorded sessions on a page each. */
@Command(name = "report", description = "Puts a recorded session on one self-contained HTML page.")
final class ReportCommand implements Callable<Integer> {
    @Mixin
    private final Console console = new Console();

    @Mixin
    private final Sessions sessions = new Sessions();

    @Option(
            names = "--out",
            paramLabel = "FILE.html",
            description = "Where to; report.html in the session's folder otherwise. For one session only.")
    private Optional<Path> out = Optional.empty();

    @Override
    public Integer call() throws IOException {
        if (out.isPresent() && sessions.paths().size() > 1) {
            throw console.usage("--out is for one session; without it each page goes into its session's folder");
        }
        return sessions.eachRead("report", console, (path, reader) -> {
            Path folder = Optional.ofNullable(reader.file().toAbsolutePath().getParent())
                    .orElse(path);
            Path page = out.orElse(folder.resolve("report.html"));
            SessionReport report = SessionReport.of(reader);
            try {
                report.writeHtml(page);
            } catch (IOException e) {
                throw new BadInputException(page + ": cannot be written: " + Reason.of(e), e);
            }
            console.out().println(page);
        });
    }
}
