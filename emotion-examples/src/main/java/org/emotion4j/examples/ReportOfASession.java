package org.emotion4j.examples;

import java.io.IOException;
import java.nio.file.Path;
import org.emotion4j.analysis.SessionSummary;
import org.emotion4j.recording.SessionReader;
import org.emotion4j.report.SessionReport;

/** Sums a recorded session up and puts it on an HTML page. Arguments: the session's folder, the page. */
public final class ReportOfASession {
    private ReportOfASession() {}

    public static void main(String[] args) throws IOException {
        if (args.length != 2) {
            throw new IllegalArgumentException("arguments: the folder of a session, and a new file for the page");
        }
        Path folder = Path.of(args[0]);
        Path page = Path.of(args[1]);
        // guide:begin
        try (SessionReader reader = SessionReader.open(folder)) {
            SessionSummary summary = SessionSummary.of(reader);
            summary.times().predominant().ifPresent(emotion -> System.out.println(emotion.label()));
            summary.warnings().forEach(System.out::println); // what makes these figures unsure, in sentences
        }
        // guide:end
        SessionReport.of(folder).writeHtml(page);
    }
}
