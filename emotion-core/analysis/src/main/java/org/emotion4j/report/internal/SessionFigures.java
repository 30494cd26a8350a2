package org.emotion4j.report.internal;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.emotion4j.analysis.EmotionClusters;
import org.emotion4j.analysis.EmotionTimeline;
import org.emotion4j.analysis.SessionEvents;
import org.emotion4j.analysis.SessionSummary;
import org.emotion4j.analysis.SharedSmiles;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.recording.SessionMarker;
import org.emotion4j.recording.SessionNotes;
import org.emotion4j.words.Words;

/**
 * All that a session's page is made of. Immutable.
 *
 * @param summary the figures
 * @param timeline the intervals of its strip that have a face
 * @param seen the numbers of the intervals in which anything was recorded
 * @param readings all scores of the face that the session is about
 * @param pictures the first pictures of a session of pictures
 * @param clusters groups of the readings; empty where there are too few different ones
 * @param notes what people have added to the session
 * @param baseline what was taken out, for the reader of the page in the page's words
 * @param events what the face did
 * @param smiles what a session of two people has in common
 */
public record SessionFigures(
        SessionSummary summary,
        EmotionTimeline timeline,
        SortedSet<Long> seen,
        List<EmotionScores> readings,
        List<SeenPicture> pictures,
        Optional<EmotionClusters> clusters,
        SessionNotes.Content notes,
        Optional<Function<Words, String>> baseline,
        SessionEvents events,
        Optional<SharedSmiles> smiles) {
    /** Copies the collections. */
    public SessionFigures {
        seen = Collections.unmodifiableSortedSet(new TreeSet<>(seen));
        readings = List.copyOf(readings);
        pictures = List.copyOf(pictures);
    }

    /** The same with what it has in common with the other person's. */
    public SessionFigures with(SharedSmiles value) {
        return new SessionFigures(
                summary, timeline, seen, readings, pictures, clusters, notes, baseline, events, Optional.of(value));
    }

    /** What the session itself marked and what somebody marked, then or later, in the order of time. */
    List<SessionMarker> markers() {
        return Stream.concat(summary.info().markers().stream(), notes.markers().stream())
                .sorted(Comparator.comparingLong(SessionMarker::mediaNanos))
                .toList();
    }

    /** What somebody marked, in the order of time. */
    List<SessionMarker> topics() {
        return summary.stretches().stream()
                .map(SessionSummary.MarkedSegment::marker)
                .toList();
    }

    /** Where the session's time lies in a picture of a width. */
    TimeScale scale(int width) {
        long length = timeline.intervalLength().toNanos();
        return TimeScale.of(width, seen.first() * length, (seen.last() + 1) * length);
    }
}
