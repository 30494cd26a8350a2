package org.emotion4j.web.upload;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.emotion4j.frame.FrameSource;
import org.emotion4j.opencv.FrameSources;
import org.emotion4j.pipeline.EmotionPipeline;
import org.emotion4j.pipeline.FrameFailure;
import org.emotion4j.pipeline.RunSummary;
import org.emotion4j.reading.FrameResult;
import org.emotion4j.web.ReadingsJson;
import org.emotion4j.web.WebProperties;
import org.springframework.http.HttpStatus;
import org.springframework.web.multipart.MultipartFile;
import tools.jackson.databind.util.RawValue;

/**
 * Reads films. FFmpeg reads files, so a film lies in a private temporary folder for as long as it is read and no longer: where
 * the system allows it, its name is gone as soon as it is open, and a killed service leaves nothing. Thread-safe.
 */
final class FilmReader {
    private final EmotionPipeline pipeline;
    private final WebProperties.Upload limits;
    private final TemporaryFolder folder;
    private final FrameSources sources;

    FilmReader(EmotionPipeline pipeline, WebProperties.Upload limits, TemporaryFolder folder) {
        this.pipeline = pipeline;
        this.limits = limits;
        this.folder = folder;
        this.sources =
                FrameSources.builder().framesPerSecond(limits.framesPerSecond()).build();
    }

    Analysis read(MultipartFile upload, boolean partial, Progress progress) throws UnusableUpload, IOException {
        Path file = Files.createTempFile(folder.path(), "", ".film");
        try {
            try (InputStream from = upload.getInputStream();
                    OutputStream to = Files.newOutputStream(file)) {
                from.transferTo(to);
            }
            return read(file, partial, progress);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private Analysis read(Path file, boolean partial, Progress progress) throws UnusableUpload, IOException {
        FrameSource film = open(file);
        hide(file);
        Duration length = film.endTime().orElse(Duration.ZERO);
        if (length.compareTo(limits.maxLength()) > 0) {
            film.close();
            throw tooLong();
        }
        Reading reading = new Reading(file, progress, length);
        try {
            RunSummary summary =
                    pipeline.session(film).onFrameFailure(reading::failed).run(reading);
            return reading.analysis(summary, partial);
        } catch (Refusal e) {
            throw e.reason;
        } catch (Gone e) {
            throw e.cause;
        } catch (IOException e) {
            throw new UnusableUpload(HttpStatus.UNPROCESSABLE_CONTENT, reason(file, e));
        }
    }

    private FrameSource open(Path file) throws UnusableUpload {
        try {
            return sources.open(file.toString());
        } catch (IOException e) {
            throw new UnusableUpload(HttpStatus.UNPROCESSABLE_CONTENT, reason(file, e));
        }
    }

    /** Whoever has it open reads on; systems that do not allow it keep it until the end. */
    private static void hide(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // It is deleted when it was read.
        }
    }

    /** The library's words without the temporary file's name, which is nobody's business. */
    private static String reason(Path file, Exception e) {
        return String.valueOf(e.getMessage()).replace(file + ": ", "").replace(file.toString(), "the film");
    }

    private UnusableUpload tooLong() {
        return new UnusableUpload(
                HttpStatus.CONTENT_TOO_LARGE,
                "the film is longer than " + limits.maxLength().toSeconds()
                        + " s, which is the most that is read; see emotion4j.web.upload.max-length");
    }

    /** One film: gathers its readings, and ends it where a limit is reached. */
    private final class Reading implements Consumer<FrameResult> {
        private final Path file;
        private final Progress progress;
        private final Duration length;
        private final long endsAt = System.nanoTime() + limits.maxWork().toNanos();
        private final List<RawValue> readings = new ArrayList<>();
        private long answerLength;
        private long frames;
        private int width;
        private int height;
        private String firstFailure = "";

        Reading(Path file, Progress progress, Duration length) {
            this.file = file;
            this.progress = progress;
            this.length = length;
        }

        void failed(FrameFailure failure) {
            if (firstFailure.isEmpty()) {
                firstFailure = reason(file, failure.cause());
            }
        }

        @Override
        public void accept(FrameResult result) {
            requireWithinLimits(result);
            if (frames == 0) {
                width = result.width();
                height = result.height();
            }
            frames++;
            keep(Analysis.written(ReadingsJson.of(result)));
            try {
                progress.at(frames, result.mediaNanos() / 1e6, length.toNanos() / 1e6);
            } catch (IOException e) {
                throw new Gone(e);
            }
        }

        private void keep(List<RawValue> more) {
            for (RawValue reading : more) {
                answerLength += String.valueOf(reading.rawValue()).length();
            }
            if (answerLength > limits.maxAnswer().toBytes()) {
                throw new Refusal(new UnusableUpload(
                        HttpStatus.CONTENT_TOO_LARGE,
                        "the film has more readings than an answer holds; see emotion4j.web.upload.max-answer"));
            }
            readings.addAll(more);
        }

        private void requireWithinLimits(FrameResult result) {
            if (result.mediaNanos() > limits.maxLength().toNanos()) {
                throw new Refusal(tooLong());
            }
            if ((long) result.width() * result.height() > limits.maxPixels()) {
                throw new Refusal(new UnusableUpload(
                        HttpStatus.CONTENT_TOO_LARGE,
                        "the film has " + result.width() + "x" + result.height() + " pixels; at most "
                                + limits.maxPixels() + " are read"));
            }
            if (System.nanoTime() - endsAt > 0) {
                throw new Refusal(new UnusableUpload(
                        HttpStatus.CONTENT_TOO_LARGE,
                        "the film takes longer than " + limits.maxWork().toSeconds()
                                + " s to read; see emotion4j.web.upload.max-work"));
            }
        }

        Analysis analysis(RunSummary summary, boolean partial) throws UnusableUpload {
            boolean whole = summary.framesFailed() == 0 && summary.unread().isNone();
            if (frames == 0) {
                throw new UnusableUpload(
                        HttpStatus.UNPROCESSABLE_CONTENT,
                        firstFailure.isEmpty() ? "the film holds no picture" : firstFailure);
            }
            String unread = whole ? null : firstFailure;
            if (unread != null && !partial) {
                throw new UnusableUpload(
                        HttpStatus.UNPROCESSABLE_CONTENT,
                        "the film is damaged; " + frames + " frames of it can be read (?partial=true): " + unread);
            }
            return new Analysis("film", width, height, frames, summary.framesWithoutFace(), readings, unread);
        }
    }

    /** Ends a run from within. */
    private static final class Refusal extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final UnusableUpload reason;

        Refusal(UnusableUpload reason) {
            super(reason);
            this.reason = reason;
        }
    }

    /** Nobody is there any more to be told. */
    private static final class Gone extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final IOException cause;

        Gone(IOException cause) {
            super(cause);
            this.cause = cause;
        }
    }
}
