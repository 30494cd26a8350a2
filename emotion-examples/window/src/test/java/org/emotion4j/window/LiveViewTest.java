package org.emotion4j.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.event.FacialEvent;
import org.emotion4j.event.SessionEvent;
import org.emotion4j.face.BoundingBox;
import org.emotion4j.face.DetectedFace;
import org.emotion4j.reading.EmotionReading;
import org.emotion4j.reading.FrameResult;
import org.emotion4j.reading.StageTimings;
import org.junit.jupiter.api.Test;

final class LiveViewTest {
    private static final long SECOND = 1_000_000_000L;

    private final LiveView view = new LiveView(new SetupGuide());

    @Test
    void showsTheLargestFaceOrTheChosenOne() {
        view.add(result(0, 7, 3));
        assertThat(view.focus().map(EmotionReading::faceId)).contains(7);
        view.choose(3);
        assertThat(view.focus().map(EmotionReading::faceId)).contains(3);
        view.add(result(SECOND, 7));
        assertThat(view.focus()).isEmpty();
        view.choose(LiveView.LARGEST);
        assertThat(view.focus().map(EmotionReading::faceId)).contains(7);
    }

    @Test
    void countsFromTheMomentAtWhichTheSessionBegins() {
        view.add(result(5 * SECOND, 1));
        assertThat(view.track().totals().frames()).isZero();
        view.begin(6 * SECOND);
        view.add(result(5 * SECOND + 1, 1));
        view.add(result(8 * SECOND, 1));
        view.mark("exposure begins");
        assertThat(view.track().totals().frames()).isEqualTo(1);
        assertThat(view.markers()).containsExactly(new LiveView.Marker(2 * SECOND, "exposure begins"));
    }

    @Test
    void marksAreOfTheSessionsFaceAndOfTheSessionsTime() {
        view.begin(6 * SECOND);
        view.add(event(1, true, FacialEvent.Kind.EXPRESSION, "happy", 5));
        view.add(event(1, true, FacialEvent.Kind.EXPRESSION, "happy", 8));
        view.add(event(2, false, FacialEvent.Kind.BLINK, "blink", 9));
        view.add(event(1, true, FacialEvent.Kind.MOVEMENT, "AU12", 9));
        view.add(event(1, true, FacialEvent.Kind.NOD, "nod", 10));

        assertThat(view.events())
                .containsExactly(
                        new EventTrack.Mark(
                                2 * SECOND, 3 * SECOND, EventTrack.Kind.EXPRESSION, Optional.of(Emotion.HAPPY)),
                        new EventTrack.Mark(4 * SECOND, 5 * SECOND, EventTrack.Kind.HEAD, Optional.empty()));
        view.clear();
        assertThat(view.events()).isEmpty();
    }

    @Test
    void ofAVeryLongSessionMarksThatLieNextToEachOtherBecomeOne() {
        view.begin(0);
        for (int i = 0; i < 30_000; i++) {
            view.add(event(1, true, i % 2 == 0 ? FacialEvent.Kind.BLINK : FacialEvent.Kind.NOD, "x", 2L * i));
        }

        assertThat(view.events()).hasSizeLessThanOrEqualTo(8_001).isNotEmpty();
        assertThat(view.events().stream().mapToLong(EventTrack.Mark::toNanos).max())
                .hasValue(2L * 29_999 * SECOND + SECOND);
        assertThat(view.events().stream().mapToLong(EventTrack.Mark::fromNanos).min())
                .hasValue(0);
    }

    private static SessionEvent event(int face, boolean subject, FacialEvent.Kind kind, String name, long second) {
        long from = second * SECOND;
        return new SessionEvent(face, subject, FacialEvent.of(kind, name, from, from, from + SECOND, 0.9, 0.1));
    }

    @Test
    void forgetsASessionForTheNext() {
        view.begin(0);
        view.add(result(SECOND, 1));
        view.mark("one");
        view.choose(1);
        view.clear();
        assertThat(view.latest()).isEmpty();
        assertThat(view.markers()).isEmpty();
        assertThat(view.chosen()).isEqualTo(LiveView.LARGEST);
        assertThat(view.track().totals().frames()).isZero();
    }

    /** A frame with faces, the largest first. */
    private static FrameResult result(long nanos, int... ids) {
        List<EmotionReading> readings = IntStream.of(ids)
                .mapToObj(id -> new EmotionReading(
                        id,
                        nanos,
                        new DetectedFace(new BoundingBox(10, 10, 50, 50), 1),
                        EmotionScores.certain(Emotion.HAPPY),
                        EmotionScores.certain(Emotion.HAPPY),
                        Optional.of(Emotion.HAPPY)))
                .toList();
        return new FrameResult(0, nanos, Instant.EPOCH, "", 640, 480, false, readings, new StageTimings(0, 0, 0, 0));
    }
}
