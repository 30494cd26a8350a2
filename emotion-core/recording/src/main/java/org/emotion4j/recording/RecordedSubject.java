package org.emotion4j.recording;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.emotion4j.reading.FrameResult;
import org.emotion4j.reading.Subject;
import org.emotion4j.reading.SubjectRule;
import org.jspecify.annotations.Nullable;

/**
 * Which face a record is about. Immutable.
 *
 * @param rule the rule that held when it was begun
 * @param othersStored whether what other faces showed may be in the record too
 * @param changes when which face became the record's, the first one included, and when it was lost; at most
 *     {@value #MAX_CHANGES}. Empty of pictures that do not follow from one another: the rule picks in each
 * @param changeCount how many changes there were
 */
public record RecordedSubject(SubjectRule rule, boolean othersStored, List<Change> changes, long changeCount) {
    /** The most changes that are kept; all are counted. */
    public static final int MAX_CHANGES = 1_000;

    /**
     * Copies the list.
     *
     * @param rule as {@link #rule()}
     * @param othersStored as {@link #othersStored()}
     * @param changes as {@link #changes()}
     * @param changeCount as {@link #changeCount()}
     */
    public RecordedSubject {
        changes = List.copyOf(changes);
    }

    /**
     * A moment from which on a record is about another face, or none.
     *
     * @param mediaNanos when, in nanoseconds of media time
     * @param faceId the face; empty from where it was lost
     * @param basis why
     */
    public record Change(long mediaNanos, OptionalInt faceId, Subject.Basis basis) {}

    /**
     * Returns how often a person chose another face.
     *
     * @return 0 or more, of the changes that are kept
     */
    public long choices() {
        return changes.stream()
                .filter(change -> change.basis() == Subject.Basis.CHOSEN)
                .count();
    }

    /** Gathers changes from the results of a run. Confined to one thread. */
    static final class Log {
        private final List<Change> changes = new ArrayList<>();
        private @Nullable Subject first;
        private @Nullable Subject last;
        private long count;
        private boolean anyFrame;
        private boolean moreThanOneSinceCut;

        /** Returns whether there is news. */
        boolean add(FrameResult result) {
            boolean unrelated = result.discontinuity() && anyFrame && !moreThanOneSinceCut;
            moreThanOneSinceCut = anyFrame && !result.discontinuity();
            anyFrame = true;
            if (result.subject().isEmpty()) {
                return false;
            }
            Subject now = result.subject().get();
            Subject before = last;
            last = now;
            if (before == null) {
                first = now;
            } else if (unrelated) {
                return forgetPictures();
            }
            OptionalInt from = before == null ? OptionalInt.empty() : before.faceId();
            if (from.equals(now.faceId()) && (before == null || before.basis() == now.basis())) {
                return before == null;
            }
            count++;
            if (changes.size() < MAX_CHANGES) {
                changes.add(new Change(result.mediaNanos(), now.faceId(), now.basis()));
            }
            return true;
        }

        /** What looked like a change from the first to the second picture was none. */
        private boolean forgetPictures() {
            boolean news = count == 1 && !changes.isEmpty();
            if (news) {
                changes.clear();
                count = 0;
            }
            return news;
        }

        Optional<RecordedSubject> recorded() {
            Subject begin = first;
            return begin == null
                    ? Optional.empty()
                    : Optional.of(new RecordedSubject(begin.rule(), !begin.othersLeftOut(), changes, count));
        }
    }
}
