package org.emotion4j.fhir;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.emotion4j.emotion.FacialMovement;
import org.emotion4j.recording.RecordedFrame;

/** What a summary does not have: when the frames were, and the mean of each movement. Confined to one thread. */
final class SeenFace implements Consumer<RecordedFrame> {
    private final Map<FacialMovement, Double> sums = new EnumMap<>(FacialMovement.class);
    private long readings;
    private long withMovements;
    private Optional<Instant> begun = Optional.empty();
    private Optional<Instant> last = Optional.empty();

    @Override
    public void accept(RecordedFrame frame) {
        if (begun.isEmpty()) {
            begun = Optional.of(frame.wallTime().minusNanos(frame.mediaNanos()));
        }
        last = Optional.of(frame.wallTime());
        frame.subject().ifPresent(reading -> {
            readings++;
            reading.movements().ifPresent(seen -> {
                withMovements++;
                FacialMovement.all()
                        .forEach(movement -> sums.merge(movement, (double) seen.intensity(movement), Double::sum));
            });
        });
    }

    long readings() {
        return readings;
    }

    boolean knowsMovements() {
        return withMovements > 0;
    }

    double mean(FacialMovement movement) {
        return sums.getOrDefault(movement, 0.0) / withMovements;
    }

    /** When media time 0 was by the clock, of a source that is read as it happens. */
    Optional<Instant> begun() {
        return begun;
    }

    Optional<Instant> lastWallTime() {
        return last;
    }
}
