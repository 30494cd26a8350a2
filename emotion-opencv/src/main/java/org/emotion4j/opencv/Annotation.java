package org.emotion4j.opencv;

import java.util.Optional;
import java.util.OptionalInt;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.face.BoundingBox;
import org.emotion4j.face.DetectedFace;
import org.emotion4j.face.Landmarks;
import org.emotion4j.face.TrackedFace;

/**
 * What an {@link Annotator} draws of one face.
 *
 * @param box where the face is, in pixels of the picture
 * @param landmarks points to mark, in pixels of the picture
 * @param id who it is within the session
 * @param reading what the face was read as; empty for a face that was only detected
 */
public record Annotation(BoundingBox box, Optional<Landmarks> landmarks, OptionalInt id, Optional<Reading> reading) {
    /**
     * What was read from a face.
     *
     * @param label the expression, or empty for "no clear expression"
     * @param confidence 0 to 1
     */
    public record Reading(Optional<Emotion> label, double confidence) {
        /**
         * Checks the confidence.
         *
         * @param label as {@link #label()}
         * @param confidence as {@link #confidence()}
         * @throws IllegalArgumentException if it is not 0 to 1
         */
        public Reading {
            if (!(confidence >= 0 && confidence <= 1)) {
                throw new IllegalArgumentException("confidence is " + confidence + ", expected 0 to 1");
            }
        }
    }

    /**
     * A face that was only detected: box and landmarks.
     *
     * @param face the face
     * @return an annotation without id and reading
     */
    public static Annotation of(DetectedFace face) {
        return new Annotation(face.box(), face.landmarks(), OptionalInt.empty(), Optional.empty());
    }

    /**
     * A face with its id.
     *
     * @param face the face
     * @return an annotation without a reading
     */
    public static Annotation of(TrackedFace face) {
        return new Annotation(face.face().box(), face.face().landmarks(), OptionalInt.of(face.id()), Optional.empty());
    }

    /**
     * Adds what was read.
     *
     * @param label the expression, or empty for "no clear expression"
     * @param confidence 0 to 1
     * @return a copy with it
     * @throws IllegalArgumentException if the confidence is not 0 to 1
     */
    public Annotation withReading(Optional<Emotion> label, double confidence) {
        return new Annotation(box, landmarks, id, Optional.of(new Reading(label, confidence)));
    }
}
