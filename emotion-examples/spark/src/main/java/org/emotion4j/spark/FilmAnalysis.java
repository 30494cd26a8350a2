package org.emotion4j.spark;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.concurrent.atomic.AtomicReference;
import org.emotion4j.frame.FrameSource;
import org.emotion4j.opencv.FrameSources;
import org.emotion4j.pipeline.RunSummary;
import org.emotion4j.reading.SubjectRule;
import org.emotion4j.recording.CsvSessionRecorder;
import org.emotion4j.recording.SessionMetadata;
import org.emotion4j.session.UnreadInput;
import org.jspecify.annotations.Nullable;

/**
 * What was read of a film, a part of one, or a picture; its record is a session's folder, as {@code analyze} leaves it.
 *
 * @param kind film or picture
 * @param run how the pipeline fared
 * @param firstFailure why the first frame that failed did; empty where none did
 */
record FilmAnalysis(String kind, RunSummary run, Optional<String> firstFailure) {
    private static final Duration OPENING = Duration.ofMinutes(10);
    private static final int TIMES_ITS_LENGTH = 10;

    /**
     * A stretch of a film.
     *
     * @param from its first media time
     * @param to what it ends before
     */
    record Stretch(Duration from, Duration to) {}

    /** What an input may take before it is known how long it is. */
    static Duration limitAtFirst(JobSettings settings) {
        return settings.timeLimit() == null ? OPENING : settings.timeLimit();
    }

    /** Opens an input that lies on this machine. */
    static FrameSource open(Path file, ReadingSettings reading, @Nullable Stretch stretch) throws IOException {
        FrameSources.Builder sources = FrameSources.builder();
        if (FrameSources.isVideo(file)) {
            if (reading.framesPerSecond() > 0) {
                sources.framesPerSecond(reading.framesPerSecond());
            }
            if (stretch != null) {
                if (!stretch.from().isZero()) {
                    sources.from(stretch.from());
                }
                sources.to(stretch.to());
            }
        }
        return sources.build().open(file.toString());
    }

    /**
     * Reads an input into a record.
     *
     * @param source the opened input, which the caller closes
     * @param folder where the record goes
     * @param limit set to what the input's length allows, unless the user has set it
     * @throws IOException if it cannot be read, not one frame of it, or the record cannot be written
     */
    static FilmAnalysis of(
            FrameSource source,
            ExecutorModels models,
            JobSettings settings,
            WorkItem item,
            LocalInput input,
            Path folder,
            TimeLimit limit)
            throws IOException {
        if (settings.timeLimit() == null) {
            source.endTime().ifPresent(end -> limit.set(OPENING.plus(end.multipliedBy(TIMES_ITS_LENGTH))));
        }
        AtomicReference<@Nullable String> first = new AtomicReference<>();
        RunSummary run = models.pipeline()
                .session(input.isCopy() ? new RenamedSource(source, item.path()) : source)
                .subject(SubjectRule.largestFace())
                .storeOthers(settings.reading().allFaces())
                .onFrameFailure(failure -> first.compareAndSet(null, input.named(failure.cause(), item)))
                .recorder(CsvSessionRecorder.builder(folder)
                        .metadata(metadata(models, settings.reading(), item, input))
                        .create())
                .run(result -> {});
        if (run.interrupted()) {
            throw new InterruptedIOException("the reading was stopped");
        }
        if (run.recordingFailure().isPresent()) {
            throw new IOException(Reasons.of(run.recordingFailure().get()));
        }
        Optional<String> failure = Optional.ofNullable(first.get());
        if (run.framesAnalyzed() == 0) {
            throw new IOException(failure.orElse("not one frame of it could be read"));
        }
        return new FilmAnalysis(FrameSources.isVideo(input.path()) ? "film" : "picture", run, failure);
    }

    private static SessionMetadata metadata(
            ExecutorModels models, ReadingSettings reading, WorkItem item, LocalInput input) throws IOException {
        return SessionMetadata.withoutConsent()
                .withSessionId(SessionIds.of(item.path(), Files.size(input.path()), models.stages(), reading))
                .withSetting("window", reading.window().toString())
                .withSetting("fps", reading.fpsText());
    }

    /** What of the input has no row, in words; empty where all has. */
    String whatIsMissing() {
        if (run.framesFailed() == 0 && run.unread().equals(UnreadInput.NONE)) {
            return "";
        }
        StringJoiner words = new StringJoiner(" ");
        run.unread().describe().forEach(words::add);
        firstFailure.ifPresent(first -> words.add("The first: " + first));
        return words.toString();
    }
}
