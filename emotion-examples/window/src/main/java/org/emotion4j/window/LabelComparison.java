package org.emotion4j.window;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.evaluation.ConfusionMatrix;
import org.emotion4j.recording.RecordedFrame;
import org.emotion4j.recording.SessionCipher;
import org.emotion4j.recording.SessionNotes.CorrectedLabel;
import org.emotion4j.recording.SessionReader;

/**
 * What people say that a face showed, against what was read: each picture of a stretch that somebody labeled is counted once, with the
 * label of the record. Immutable.
 *
 * @param matrix pictures of stretches that were labeled with one of the seven
 * @param unclear pictures of stretches that were labeled with no clear expression, for which a matrix of the seven has no column
 * @param unclearRead those of them that were read as no clear expression, too
 * @param stretches how many were labeled
 * @param sessions in how many sessions
 * @param closed sessions that could not be read
 */
record LabelComparison(
        ConfusionMatrix matrix, long unclear, long unclearRead, int stretches, int sessions, int closed) {
    /** Counts over several sessions. Confined to one thread. */
    static final class Builder {
        private final long[][] counts = new long[ConfusionMatrix.ROWS][ConfusionMatrix.COLUMNS];
        private long unclear;
        private long unclearRead;
        private int stretches;
        private int sessions;
        private int closed;

        /** Adds a session. Takes its time where there are labels. */
        void add(Path folder, Optional<SessionCipher> cipher) throws IOException {
            try (SessionReader reader = SessionReader.open(folder, cipher)) {
                List<CorrectedLabel> labels = reader.notes().correctedLabels();
                if (labels.isEmpty()) {
                    return;
                }
                stretches += labels.size();
                sessions++;
                reader.forEachRemaining(frame -> labels.stream()
                        .filter(label -> label.covers(frame.mediaNanos()))
                        .findFirst()
                        .ifPresent(label -> count(label.label(), frame)));
            }
        }

        /** Notes that a session could not be read. */
        void addClosed() {
            closed++;
        }

        private void count(Optional<Emotion> said, RecordedFrame frame) {
            int read = frame.subject()
                    .map(reading -> reading.label().map(Emotion::ordinal).orElse(ConfusionMatrix.NO_CLEAR))
                    .orElse(ConfusionMatrix.NO_FACE);
            if (said.isPresent()) {
                counts[said.get().ordinal()][read]++;
            } else {
                unclear++;
                unclearRead += read == ConfusionMatrix.NO_CLEAR ? 1 : 0;
            }
        }

        LabelComparison build() {
            return new LabelComparison(ConfusionMatrix.of(counts), unclear, unclearRead, stretches, sessions, closed);
        }
    }

    /** Whether nobody has labeled anything. */
    boolean isEmpty() {
        return stretches == 0;
    }
}
