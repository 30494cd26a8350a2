package org.emotion4j.reading;

import java.util.OptionalInt;

/**
 * Whom a frame of a session is about. Immutable.
 *
 * @param rule the rule that holds
 * @param faceId the id of the session's face, also while it is out of sight for a moment; empty where it is not there, or
 *     lost
 * @param basis why it is that face; {@link Basis#NONE} without one
 * @param facesInSight how many faces were found in the frame, the session's own included; 0 or more
 * @param othersLeftOut whether readings of other faces were taken out, as for a record
 */
public record Subject(SubjectRule rule, OptionalInt faceId, Basis basis, int facesInSight, boolean othersLeftOut) {
    /** Why a face is the one that a session is about. */
    public enum Basis {
        /** It is not known whose face it would be. */
        NONE("lost"),
        /** Nobody chose, and it was the largest. */
        LARGEST("largest face"),
        /** It is the one that the rule names. */
        RULE("as asked for"),
        /** Somebody chose it while the session went on. */
        CHOSEN("chosen"),
        /** It was lost, and found again where it was seen last. */
        SAME_PLACE("found again at its place"),
        /** It was lost, and found again as the only face. */
        ALONE("found again as the only face");

        private final String word;

        Basis(String word) {
            this.word = word;
        }

        /**
         * Says it as records do.
         *
         * @return for example {@code "largest face"}
         */
        public String word() {
            return word;
        }
    }
}
