package org.emotion4j.annotation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Annotations of one kind, one after the other. Immutable.
 *
 * @param name what kind, for example {@code "expression"} or {@code "AU12"}
 * @param category of which sort the kind is
 * @param annotations by their start; none begins before the one before it has ended
 */
public record AnnotationTier(String name, Category category, List<Annotation> annotations) {
    /** Sorts of tiers. */
    public enum Category {
        /** The label that the session showed, without a break for as long as it stood. */
        EXPRESSION("expression"),
        /** Labels as a person sees them, corrected afterwards. */
        CORRECTION("correction"),
        /** Expressions that came and went against what is usual for this face. */
        EXPRESSION_EVENT("expression_event"),
        /** Facial movements that came and went. */
        MOVEMENT("movement"),
        /** Blinks, closed eyes, nods, head shakes, talking. */
        EYES_AND_HEAD("eyes_and_head"),
        /** From what somebody marked to the next mark. */
        MARKER("marker"),
        /** What was noted on moments afterwards. */
        NOTE("note"),
        /** Where the session was held, or its source had a gap. */
        RECORDING("recording");

        private final String code;

        Category(String code) {
            this.code = code;
        }

        /**
         * Returns the category as files have it.
         *
         * @return for example {@code "expression_event"}
         */
        public String code() {
            return code;
        }
    }

    /**
     * Sorts the annotations; where two overlap the earlier one ends where the later one begins.
     *
     * @param name as {@link #name()}
     * @param category as {@link #category()}
     * @param annotations as {@link #annotations()}
     */
    public AnnotationTier {
        annotations = inOrder(annotations);
    }

    private static List<Annotation> inOrder(List<Annotation> annotations) {
        List<Annotation> sorted = new ArrayList<>(annotations);
        sorted.sort(Comparator.comparingLong(Annotation::startNanos));
        for (int i = 0; i + 1 < sorted.size(); i++) {
            Annotation each = sorted.get(i);
            long next = sorted.get(i + 1).startNanos();
            if (each.endNanos() > next) {
                sorted.set(i, new Annotation(each.startNanos(), next, each.label(), each.value()));
            }
        }
        return List.copyOf(sorted);
    }
}
