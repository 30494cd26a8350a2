package org.emotion4j.analysis;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.reading.EmotionReading;
import org.emotion4j.reading.MediaClock;
import org.emotion4j.recording.RecordedFrame;
import org.emotion4j.recording.SessionArchive;
import org.emotion4j.recording.SessionCipher;
import org.emotion4j.recording.SessionReader;

/**
 * For how long the two faces of a session of two people smiled at once: both labelled happy in the same frame, in the time in which both
 * could be read well. Immutable.
 *
 * <p>A frame stands for the time until the next one that both records have, where that is {@link SessionSummary#LONGEST_FRAME} at most;
 * otherwise, and at the end, for as long as the frames do on average.
 *
 * @param shared for how long both were labelled happy
 * @param readable for how long both faces were there with good pictures, smiling or not
 * @param times how often it began
 * @param companionId the session id of the other record
 */
public record SharedSmiles(Duration shared, Duration readable, int times, String companionId) {
    /** What a frame of both shows. */
    private record Both(long nanos, boolean readable, boolean happy) {}

    /**
     * Finds the other person's record beside a session's and counts; the rest that is marked in either ({@link SessionRest}) is
     * taken out of it, as it is on pages.
     *
     * @param session the session's folder
     * @param cipher with the key of both, where they are encrypted
     * @return empty where the session is of one person, and where the other one's record is not there any more
     * @throws IOException if one of them cannot be read
     */
    public static Optional<SharedSmiles> of(Path session, Optional<SessionCipher> cipher) throws IOException {
        Optional<Path> other = SessionArchive.companion(session, cipher);
        if (other.isEmpty()) {
            return Optional.empty();
        }
        try (SessionReader own = SessionReader.open(session, cipher);
                SessionReader companion = SessionReader.open(other.get(), cipher)) {
            return Optional.of(of(own, rest(own), companion, rest(companion)));
        }
    }

    private static UnaryOperator<RecordedFrame> rest(SessionReader session) throws IOException {
        Optional<BaselineCorrection> correction = SessionRest.of(session).map(SessionRest::correction);
        return correction.isPresent() ? correction.get() : UnaryOperator.identity();
    }

    /**
     * Counts in two records of one session.
     *
     * @param one a reader before its first frame; left open
     * @param ofOne given each frame of it, a {@link BaselineCorrection} for example
     * @param other a reader of the other record before its first frame; left open
     * @param ofOther likewise
     * @return the figures
     * @throws IOException if one of them cannot be read
     */
    public static SharedSmiles of(
            SessionReader one,
            UnaryOperator<RecordedFrame> ofOne,
            SessionReader other,
            UnaryOperator<RecordedFrame> ofOther)
            throws IOException {
        List<Both> frames = new ArrayList<>();
        Optional<RecordedFrame> left = one.next().map(ofOne);
        Optional<RecordedFrame> right = other.next().map(ofOther);
        while (left.isPresent() && right.isPresent()) {
            int order = Long.compare(left.get().index(), right.get().index());
            if (order == 0) {
                frames.add(both(left.get(), right.get()));
            }
            if (order <= 0) {
                left = one.next().map(ofOne);
            }
            if (order >= 0) {
                right = other.next().map(ofOther);
            }
        }
        return summed(frames, other.info().sessionId());
    }

    private static Both both(RecordedFrame one, RecordedFrame other) {
        Optional<EmotionReading> left = one.subject();
        Optional<EmotionReading> right = other.subject();
        boolean readable = left.filter(EmotionReading::isReadable).isPresent()
                && right.filter(EmotionReading::isReadable).isPresent();
        return new Both(one.mediaNanos(), readable, readable && isHappy(left) && isHappy(right));
    }

    private static boolean isHappy(Optional<EmotionReading> reading) {
        return reading.flatMap(EmotionReading::label)
                .filter(Emotion.HAPPY::equals)
                .isPresent();
    }

    private static SharedSmiles summed(List<Both> frames, String companionId) {
        long longest = SessionSummary.LONGEST_FRAME.toNanos();
        long known = 0;
        long knownFrames = 0;
        for (int i = 1; i < frames.size(); i++) {
            long span = frames.get(i).nanos() - frames.get(i - 1).nanos();
            if (span > 0 && span <= longest) {
                known += span;
                knownFrames++;
            }
        }
        long mean = knownFrames == 0 ? 0 : known / knownFrames;
        long shared = 0;
        long readable = 0;
        int times = 0;
        boolean before = false;
        for (int i = 0; i < frames.size(); i++) {
            Both frame = frames.get(i);
            long span = i + 1 < frames.size() ? frames.get(i + 1).nanos() - frame.nanos() : -1;
            long counted = span >= 0 && span <= longest ? span : mean;
            readable += frame.readable() ? counted : 0;
            shared += frame.happy() ? counted : 0;
            times += frame.happy() && !before ? 1 : 0;
            before = frame.happy();
        }
        return new SharedSmiles(Duration.ofNanos(shared), Duration.ofNanos(readable), times, companionId);
    }

    /**
     * Returns the share of shared smiles.
     *
     * @return 0 to 1, of the time in which both faces could be read; {@code NaN} where they never could
     */
    public double share() {
        return readable.isZero() ? Double.NaN : (double) shared.toNanos() / readable.toNanos();
    }

    /**
     * Says it in English words.
     *
     * @return for example {@code "shared smiles 0:03.2, 12.0 % of 0:26.7 in which both could be read well, begun 2 times; with session
     *     …"}
     */
    public String describe() {
        if (readable.isZero()) {
            return "shared smiles: the two faces could never be read well at once; with session " + companionId;
        }
        return String.format(
                Locale.ROOT,
                "shared smiles %s, %.1f %% of %s in which both could be read well, begun %d %s; with session %s",
                MediaClock.clock(shared),
                100 * share(),
                MediaClock.clock(readable),
                times,
                times == 1 ? "time" : "times",
                companionId);
    }
}
