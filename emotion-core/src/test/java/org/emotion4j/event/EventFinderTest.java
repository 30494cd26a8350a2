package org.emotion4j.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.face.BoundingBox;
import org.emotion4j.face.DetectedFace;
import org.emotion4j.face.FaceQuality;
import org.emotion4j.reading.EmotionReading;
import org.emotion4j.reading.FrameResult;
import org.emotion4j.reading.StageTimings;
import org.emotion4j.reading.Subject;
import org.emotion4j.reading.SubjectRule;
import org.junit.jupiter.api.Test;

/** Ten seconds at 30 frames a second of faces that smile from 4 to 7 s. */
final class EventFinderTest {
    private static final int FRAMES = 300;

    private int faces = 1;
    private IntPredicate there = i -> true;
    private IntPredicate turned = i -> false;
    private IntPredicate cut = i -> i == 0;
    private IntUnaryOperator subject = i -> 1;
    private IntUnaryOperator time = i -> i;

    @Test
    void twoFacesHaveEventsOfTheirOwn() {
        faces = 2;

        assertThat(found()).extracting(SessionEvent::faceId).containsExactlyInAnyOrder(1, 2);
    }

    @Test
    void aFaceThatIsGoneForHalfASecondEndsWhatItDidWhenThatIsOver() {
        there = i -> i < 150;
        EventFinder finder = EventFinder.ofDefaults();
        int toldAt = -1;
        for (int i = 0; i < FRAMES && toldAt < 0; i++) {
            toldAt = finder.accept(frame(i)).isEmpty() ? -1 : i;
        }

        assertThat(toldAt).isBetween(164, 166);
    }

    @Test
    void aFaceThatTurnsAwayEndsWhatItDid() {
        turned = i -> i >= 150;

        assertThat(found())
                .singleElement()
                .satisfies(found -> assertThat(found.event().offsetNanos()).isEqualTo(RecordDigits.time(nanos(149))));
    }

    @Test
    void aFaceForTwoFramesHasNone() {
        there = i -> i == 170 || i == 171;

        assertThat(found()).isEmpty();
    }

    @Test
    void whoComesToBeTheSessionsFaceBeginsAfresh() {
        faces = 2;
        subject = i -> i < 150 ? 1 : 2;

        List<SessionEvent> events = found();

        assertThat(events).filteredOn(SessionEvent::ofSubject).singleElement().satisfies(found -> {
            assertThat(found.faceId()).isEqualTo(1);
            assertThat(found.event().offsetNanos()).isEqualTo(RecordDigits.time(nanos(149)));
        });
    }

    @Test
    void aRecordOfTheSessionsFaceAloneHasTheSameEventsOfIt() {
        faces = 2;
        subject = i -> i < 60 || i >= 105 ? 1 : 2;
        EventFinder alone = EventFinder.ofDefaults();
        List<SessionEvent> ofRecord = new ArrayList<>();
        for (int i = 0; i < FRAMES; i++) {
            ofRecord.addAll(alone.accept(frame(i).ofSubject()));
        }
        ofRecord.addAll(alone.end());

        assertThat(ofRecord).isNotEmpty();
        assertThat(found()).filteredOn(SessionEvent::ofSubject).isEqualTo(ofRecord);
    }

    @Test
    void framesThatComeAgainAndTimesThatGoBackArePassedOver() {
        time = i -> i % 50 == 49 ? i - 3 : i;

        assertThat(found())
                .singleElement()
                .satisfies(found -> assertThat(found.event().name()).isEqualTo("happy"));
    }

    @Test
    void behindACutTimeMayBeginAnew() {
        time = i -> i < 290 ? i : i - 290;
        cut = i -> i == 0 || i == 290;

        assertThat(found()).hasSize(1);
    }

    @Test
    void whatHasNoFaceHasNoEvent() {
        there = i -> false;

        assertThat(found()).isEmpty();
        assertThat(EventFinder.ofDefaults().end()).isEmpty();
    }

    private List<SessionEvent> found() {
        EventFinder finder = EventFinder.ofDefaults();
        List<SessionEvent> events = new ArrayList<>();
        for (int i = 0; i < FRAMES; i++) {
            events.addAll(finder.accept(frame(i)));
        }
        events.addAll(finder.end());
        return events;
    }

    private static long nanos(int index) {
        return Math.round(index * 1e9 / 30);
    }

    private FrameResult frame(int index) {
        List<EmotionReading> readings = new ArrayList<>();
        for (int face = 1; face <= faces && there.test(index); face++) {
            readings.add(reading(face, index));
        }
        return new FrameResult(
                index,
                nanos(time.applyAsInt(index)),
                Instant.EPOCH,
                "film",
                640,
                480,
                cut.test(index),
                readings,
                new StageTimings(1, 1, 1, 3),
                Optional.of(new Subject(
                        SubjectRule.largestFace(),
                        OptionalInt.of(subject.applyAsInt(index)),
                        Subject.Basis.LARGEST,
                        readings.size(),
                        false)));
    }

    private EmotionReading reading(int face, int index) {
        double at = index / 30.0;
        float smile = (float) (0.9 * Math.max(0, Math.min(1, Math.min((at - 4) / 0.4, (7 - at) / 0.4))));
        EmotionScores seen = EmotionScores.ofWeights(0.01f, 0.01f, 0.01f, 0.02f + smile, 0.01f, 0.01f, 1 - smile);
        return new EmotionReading(
                face,
                nanos(time.applyAsInt(index)),
                new DetectedFace(new BoundingBox(10 + 100 * face, 10, 90, 90), 0.9),
                seen,
                seen,
                Optional.of(seen.top()),
                Optional.of(new FaceQuality(
                        1,
                        90,
                        1,
                        0.5,
                        0.3,
                        Optional.empty(),
                        turned.test(index) ? Set.of(FaceQuality.Issue.TURNED_AWAY) : Set.of())));
    }
}
