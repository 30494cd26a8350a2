package org.emotion4j.cli.options;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.emotion4j.analysis.BaselineCorrection;
import org.emotion4j.analysis.SessionSummary;
import org.emotion4j.emotion.SubjectBaseline;
import org.emotion4j.recording.RecordedFrame;
import org.emotion4j.recording.SessionReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Takes the person's own rest out of what was recorded. */
@Command
public final class BaselineOption {
    private static final String RUNNING = "running";

    @Option(
            names = "--baseline",
            paramLabel = "MARKER|running",
            description =
                    "Take out what the person's face shows at rest: in the stretch that a marker of this text begins,"
                            + " or learned on the way. For sessions of one person.")
    private Optional<String> baseline = Optional.empty();

    /** Opens the session once more: a marked rest has to be known before the first frame. */
    public interface Opening {
        SessionReader open() throws IOException;
    }

    public boolean isGiven() {
        return baseline.isPresent();
    }

    /** What was taken out, for people. */
    public Optional<String> describe() {
        return baseline.map(text -> text.equals(RUNNING)
                ? "learned on the way, the median of the last minutes"
                : "the mean of the stretch \"" + text + "\"");
    }

    /** A correction for one session; the frames as they are where none was asked for. */
    public UnaryOperator<RecordedFrame> of(Path session, Opening opening) throws IOException {
        return isGiven() ? correction(session, opening) : UnaryOperator.identity();
    }

    /** A correction for one session, where one was asked for. */
    public BaselineCorrection correction(Path session, Opening opening) throws IOException {
        String text = baseline.orElseThrow();
        if (text.equals(RUNNING)) {
            return BaselineCorrection.of(SubjectBaseline.running());
        }
        try (SessionReader reader = opening.open()) {
            SessionSummary summary = SessionSummary.of(reader);
            return BaselineCorrection.of(summary.baselineOf(text)
                    .orElseThrow(() -> new IllegalArgumentException(
                            session + ": no face was read in a stretch marked \"" + text + "\"; its markers are "
                                    + summary.info().markers().stream()
                                            .map(marker -> "\"" + marker.text() + "\"")
                                            .collect(Collectors.joining(", ", "[", "]")))));
        }
    }
}
