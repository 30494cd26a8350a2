package org.emotion4j.cli.analyze;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.emotion4j.chart.TimelineChart;
import org.emotion4j.cli.io.Console;
import org.emotion4j.cli.io.Counted;
import org.emotion4j.cli.io.ErrorMessages;
import org.emotion4j.cli.io.ExitCode;
import org.emotion4j.cli.io.Harmless;
import org.emotion4j.cli.io.Json;
import org.emotion4j.cli.io.OutputFolder;
import org.emotion4j.cli.io.Progress;
import org.emotion4j.cli.timeline.Charts;
import org.emotion4j.cli.timeline.TimelineCollector;
import org.emotion4j.frame.FrameUnreadableException;
import org.emotion4j.pipeline.FrameFailure;
import org.emotion4j.pipeline.RunSummary;
import org.emotion4j.pipeline.SessionBuilder;
import org.emotion4j.reading.EmotionReading;
import org.emotion4j.reading.FrameResult;
import org.emotion4j.recording.CsvSessionRecorder;
import org.emotion4j.recording.SessionArchive;
import org.emotion4j.recording.SessionCipher;
import org.emotion4j.recording.SessionReader;
import org.emotion4j.session.PipelineSettings;
import org.emotion4j.session.SessionEnd;

/** One session of {@code analyze}: what it prints, the timeline it leaves, and how it ended. */
final class AnalyzeRun {
    private final Console console;
    private final Printing printing;
    private final boolean sequence;
    private final boolean encrypted;
    private final boolean allFaces;
    private final String session;
    private final OutputFolder folder;
    private final TimelineCollector timeline;
    private final Optional<SessionCipher> cipher;
    private final Consumer<? super FrameResult> listener;

    private int unreadable;
    private int failed;
    private long withFace;
    private long readings;
    private long othersLeftOut;
    private Optional<Exception> notRecorded = Optional.empty();

    /**
     * Prepares a session.
     *
     * @param printing in which form readings are printed
     * @param sequence whether its frames follow from one another, and so make a timeline
     * @param cipher what the record is encrypted with, where it is, so that nothing in clear text may lie beside it
     * @param allFaces whether what all faces show is stored
     * @param session its id
     * @param frameNanos how long a frame is shown
     * @param listener told what is stored of each frame
     */
    AnalyzeRun(
            Console console,
            Printing printing,
            boolean sequence,
            Optional<SessionCipher> cipher,
            boolean allFaces,
            String session,
            long frameNanos,
            Duration interval,
            OutputFolder folder,
            Consumer<? super FrameResult> listener) {
        this.console = console;
        this.printing = printing;
        this.sequence = sequence;
        this.encrypted = cipher.isPresent();
        this.cipher = cipher;
        this.allFaces = allFaces;
        this.session = session;
        this.folder = folder;
        this.listener = listener;
        this.timeline = new TimelineCollector(frameNanos, interval);
    }

    /**
     * Works through the source; returns the exit code.
     *
     * @param pipeline what computes, for the picture of the timeline
     */
    int run(SessionBuilder described, PipelineSettings pipeline, Path name, long frames) throws IOException {
        RunSummary summary;
        try (Progress progress = printing.isJson() || !sequence
                ? Progress.silent()
                : Progress.of(Harmless.name(name.getFileName()), frames)) {
            if (sequence) {
                described.onEvent(event -> {
                    if (allFaces || event.ofSubject()) {
                        timeline.add(event);
                    }
                });
            }
            summary = described
                    .onRecordingFailure(cause -> notRecorded = Optional.of(cause))
                    .run(result -> {
                        if (notRecorded.isPresent()) {
                            throw new RecordEndsEarly();
                        }
                        progress.step();
                        FrameResult stored = allFaces ? result : result.ofSubject();
                        count(result, stored);
                        print(result);
                        listener.accept(stored);
                    });
        } catch (RecordEndsEarly e) {
            return recordEndsEarly();
        } catch (IOException e) {
            eraseEmpty();
            throw e;
        }
        if (notRecorded.isPresent()) {
            return recordEndsEarly();
        }
        if (summary.end() == SessionEnd.INTERRUPTED) {
            // The program is ending: a file that is begun now may stay half written.
            console.err()
                    .println("stopped after " + Counted.of(summary.framesAnalyzed(), "frame") + "; see " + record()
                            + ", which 'timeline', 'summary' and 'report' read");
            console.err().flush();
            return ExitCode.FAILURE;
        }
        if (summary.framesAnalyzed() == 0) {
            return nothingRead();
        }
        if (sequence) {
            gather();
        }
        boolean fits = !sequence || fits();
        if (sequence && !encrypted && fits) {
            timeline.writeCsv(folder.file(OutputFolder.TIMELINE_CSV), session);
            draw(summary, pipeline);
        }
        conclude(summary, fits);
        return fits ? exitCode() : Math.max(exitCode(), ExitCode.BAD_INPUT);
    }

    /** The record is what all this is for. */
    private int recordEndsEarly() throws IOException {
        notRecorded.ifPresent(cause -> console.err().println(ErrorMessages.message(cause)));
        eraseEmpty();
        return ExitCode.FAILURE;
    }

    /** What is counted is what the record has. */
    private void count(FrameResult seen, FrameResult stored) {
        withFace += stored.readings().isEmpty() ? 0 : 1;
        readings += stored.readings().size();
        othersLeftOut += seen.readings().size() - stored.readings().size();
    }

    /** An empty record would pass for one of a session in which nobody was there. */
    private int nothingRead() throws IOException {
        SessionArchive.erase(folder.path());
        console.err().println("nothing could be read, so there is no record");
        return failed > 0 ? ExitCode.FAILURE : ExitCode.BAD_INPUT;
    }

    /** What failed before its first frame leaves no record either. */
    private void eraseEmpty() throws IOException {
        if (!SessionArchive.isSession(folder.path())) {
            return;
        }
        boolean empty;
        try (SessionReader reader = open()) {
            empty = reader.next().isEmpty();
        }
        if (empty) {
            SessionArchive.erase(folder.path());
        }
    }

    private SessionReader open() throws IOException {
        return SessionReader.open(folder.path(), cipher);
    }

    /** From the record, whose numbers have so many decimals and no more: 'timeline' then says the same. */
    private void gather() throws IOException {
        try (SessionReader reader = open()) {
            reader.forEachRemaining(timeline::add);
        }
    }

    /** A record is worth keeping even where no timeline of it can be made. */
    private boolean fits() {
        try {
            timeline.requireIntervals();
            return true;
        } catch (IllegalStateException e) {
            console.err().println("--interval: " + e.getMessage() + ". The record is complete; there is no timeline");
            return false;
        }
    }

    /** A frame that failed. */
    void report(FrameFailure failure) {
        if (failure.cause() instanceof FrameUnreadableException) {
            unreadable++;
            console.err().println(ErrorMessages.message(failure.cause()));
        } else {
            failed++;
            console.err().println(Harmless.name(failure.origin()) + ": could not be analyzed: " + failure.cause());
        }
    }

    private void print(FrameResult result) {
        if (printing.isJson()) {
            for (EmotionReading reading : result.readings()) {
                console.out()
                        .println(Json.write(ReadingJson.of(result, reading, printing == Printing.JSON_WITH_MOVEMENTS)));
            }
        } else if (!sequence) {
            printLines(result);
        }
    }

    private void printLines(FrameResult result) {
        if (result.readings().isEmpty()) {
            console.out().println(Harmless.name(result.origin()) + "  " + FrameResult.NO_FACE);
        }
        for (EmotionReading reading : result.readings()) {
            String issues = reading.issuesText();
            console.out()
                    .println(String.format(
                            Locale.ROOT,
                            "%s  face %d: %s %.2f%s",
                            Harmless.name(result.origin()),
                            reading.faceId(),
                            reading.labelText(),
                            reading.confidence(),
                            issues.isEmpty() ? "" : " (" + issues + ")"));
        }
    }

    private void draw(RunSummary summary, PipelineSettings pipeline) throws IOException {
        String title = String.format(
                Locale.ROOT,
                "%s, %d with a face%s",
                Counted.of(summary.framesAnalyzed(), "frame"),
                withFace,
                timeline.faceCount() > TimelineChart.MAX_LANES
                        ? "; the " + TimelineChart.MAX_LANES + " most frequent of " + timeline.faceCount() + " faces"
                        : "");
        TimelineChart chart = TimelineChart.of(title, Charts.describe(pipeline));
        timeline.drawInto(chart);
        Charts.write(chart, folder.file(OutputFolder.TIMELINE_PNG), console.err());
    }

    private void conclude(RunSummary summary, boolean fits) {
        long refused = summary.unread().notRecorded();
        if (refused > 0) {
            console.err().println(Counted.of(refused, "frame") + " could not be recorded and are left out");
        }
        if (printing.isJson()) {
            return;
        }
        if (sequence && fits) {
            timeline.shares().forEach(console.out()::println);
        }
        if (othersLeftOut > 0) {
            console.out()
                    .println(othersLeftOut
                            + (othersLeftOut == 1 ? " reading of another face is" : " readings of other faces are")
                            + " not stored; --face chooses, --all-faces stores all");
        }
        console.out()
                .println(Counted.of(summary.framesAnalyzed(), sequence ? "frame" : "picture") + ", "
                        + withFace + " with a face, " + Counted.of(readings, "reading") + ", " + summary.framesFailed()
                        + " not read; see "
                        + record());
    }

    private Path record() {
        return encrypted ? folder.path() : folder.file(CsvSessionRecorder.FILE_NAME);
    }

    private int exitCode() {
        if (failed > 0) {
            return ExitCode.FAILURE;
        }
        return unreadable > 0 ? ExitCode.BAD_INPUT : ExitCode.OK;
    }

    /** Ends a run whose readings are no longer kept. */
    private static final class RecordEndsEarly extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** The form in which readings are printed. */
    enum Printing {
        TEXT,
        JSON,
        JSON_WITH_MOVEMENTS;

        boolean isJson() {
            return this != TEXT;
        }
    }
}
