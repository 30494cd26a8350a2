package org.emotion4j.window;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleConsumer;
import org.emotion4j.analysis.MarkedMoments;
import org.emotion4j.analysis.RestStretch;
import org.emotion4j.analysis.SessionEvents;
import org.emotion4j.analysis.SessionRest;
import org.emotion4j.event.FacialEvent;
import org.emotion4j.recording.RecordedFrame;
import org.emotion4j.recording.SessionArchive;
import org.emotion4j.recording.SessionCipher;
import org.emotion4j.recording.SessionCounters;
import org.emotion4j.recording.SessionInfo;
import org.emotion4j.recording.SessionMarker;
import org.emotion4j.recording.SessionNotes;
import org.emotion4j.recording.SessionReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A recorded session as it is looked at afterwards. Immutable. Times are media time; the strip's begin with the first frame.
 *
 * @param folder where it is recorded
 * @param info what {@code session.json} says
 * @param frames what each frame shows
 * @param curve the curve of the strip
 * @param events the marks above it
 * @param moments the most marked moments, the most marked one first
 * @param notes what people have added
 * @param problems how much of the record could not be used
 * @param rest the rest that events are measured against; empty where none is marked
 * @param companion the other person's record, of a session of two; without one of its own
 */
record ReviewedSession(
        Path folder,
        SessionInfo info,
        FrameTable frames,
        ExpressionTrack.Curve curve,
        List<EventTrack.Mark> events,
        List<FacialEvent> moments,
        SessionNotes.Content notes,
        long problems,
        Optional<RestStretch> rest,
        Optional<ReviewedSession> companion) {
    /** After so many frames it is told how far it has come. */
    private static final int TELL_EVERY = 4_000;

    private static final Logger LOG = LoggerFactory.getLogger(ReviewedSession.class);

    /**
     * Reads a session. Takes its time.
     *
     * @param cipher of an encrypted session
     * @param progress told now and then how much of it is read, 0 to 1
     * @throws IOException if it cannot be read, or the key is missing
     */
    static ReviewedSession read(Path folder, Optional<SessionCipher> cipher, DoubleConsumer progress)
            throws IOException {
        Optional<Path> other = SessionArchive.companion(folder, cipher);
        if (other.isEmpty()) {
            return readOne(folder, cipher, progress);
        }
        ReviewedSession session = readOne(folder, cipher, share -> progress.accept(share / 2));
        try {
            return session.with(readOne(other.get(), cipher, share -> progress.accept((1 + share) / 2)));
        } catch (IOException e) {
            LOG.warn("{}: {}", other.get(), e.getMessage());
            return session;
        }
    }

    private static ReviewedSession readOne(Path folder, Optional<SessionCipher> cipher, DoubleConsumer progress)
            throws IOException {
        try (SessionReader reader = SessionReader.open(folder, cipher)) {
            Optional<SessionRest> rest = SessionRest.of(reader);
            FrameTable.Builder frames = new FrameTable.Builder();
            ExpressionTrack track = new ExpressionTrack();
            SessionEvents.Collector collector =
                    rest.isPresent() ? SessionEvents.relativeTo(rest.get().facial()) : SessionEvents.collector(reader);
            long expected =
                    reader.info().counters().map(SessionCounters::frames).orElse(0L);
            long first = 0;
            for (Optional<RecordedFrame> next = reader.next(); next.isPresent(); next = reader.next()) {
                RecordedFrame frame = next.get();
                first = frames.size() == 0 ? frame.mediaNanos() : first;
                frames.add(frame);
                track.add(frame.mediaNanos() - first, frame.discontinuity(), frame.subject());
                collector.accept(frame);
                if (expected > 0 && frames.size() % TELL_EVERY == 0) {
                    progress.accept(Math.min(1, frames.size() / (double) expected));
                }
            }
            SessionEvents found = collector.events();
            EventTrack marks = new EventTrack();
            long origin = first;
            found.events().forEach(event -> marks.add(event, origin));
            return new ReviewedSession(
                    folder,
                    reader.info(),
                    frames.build(),
                    track.curve(),
                    marks.marks(),
                    MarkedMoments.of(found, MarkedMoments.DEFAULT_COUNT),
                    reader.notes(),
                    reader.problemCount(),
                    rest.map(SessionRest::stretch),
                    Optional.empty());
        }
    }

    ReviewedSession with(SessionNotes.Content value) {
        return new ReviewedSession(folder, info, frames, curve, events, moments, value, problems, rest, companion);
    }

    private ReviewedSession with(ReviewedSession other) {
        return new ReviewedSession(
                folder, info, frames, curve, events, moments, notes, problems, rest, Optional.of(other));
    }

    /** What the strip draws. */
    Strip strip() {
        List<LiveView.Marker> markers = new ArrayList<>();
        markers().forEach(marker -> markers.add(new LiveView.Marker(onStrip(marker.mediaNanos()), marker.text())));
        List<Strip.Correction> corrections = notes.correctedLabels().stream()
                .map(each -> new Strip.Correction(onStrip(each.fromNanos()), onStrip(each.toNanos()), each.label()))
                .toList();
        List<Long> starred =
                moments.stream().map(event -> onStrip(event.apexNanos())).toList();
        return new Strip(curve, markers, events, corrections, starred);
    }

    /** The markers of the record and those that were set later, in the order of time. */
    List<SessionMarker> markers() {
        List<SessionMarker> all = new ArrayList<>(info.markers());
        all.addAll(notes.markers());
        all.sort((one, other) -> Long.compare(one.mediaNanos(), other.mediaNanos()));
        return all;
    }

    /** How long it is, as its figures say, too. */
    Duration length() {
        return info.length().orElseGet(frames::length);
    }

    /** A media time as the strip counts. */
    long onStrip(long mediaNanos) {
        return mediaNanos - frames.firstNanos();
    }

    /** A time of the strip as media time. */
    long media(long stripNanos) {
        return stripNanos + frames.firstNanos();
    }

    /**
     * The file of a frame's picture: a film, or one of several pictures.
     *
     * @return empty of a camera, and of what was never in a file
     */
    Optional<Path> file(int frame) {
        String origin = frames.origin(frame);
        return MediaFiles.isCalledSo(origin) ? Optional.of(Path.of(origin)) : Optional.empty();
    }

    /** Whether all of it is from one file. */
    boolean isFilm() {
        return !frames.isEmpty() && file(0).isPresent() && frames.origin(0).equals(frames.origin(frames.size() - 1));
    }
}
