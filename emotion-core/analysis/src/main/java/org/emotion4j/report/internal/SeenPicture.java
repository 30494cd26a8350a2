package org.emotion4j.report.internal;

import java.util.Optional;
import org.emotion4j.reading.EmotionReading;
import org.emotion4j.recording.RecordedFrame;

/**
 * What the page lists of a picture.
 *
 * @param name the picture's file
 * @param reading what the face shows that it is about; empty without a face
 * @param faces how many faces are in it
 */
public record SeenPicture(String name, Optional<EmotionReading> reading, int faces) {
    /** The most pictures that a page lists; of a longer session only so many are kept. */
    public static final int MOST = 1_000;

    /**
     * Takes what is needed.
     *
     * @param frame of the record
     * @return it
     */
    public static SeenPicture of(RecordedFrame frame) {
        return new SeenPicture(frame.origin(), frame.subject(), frame.facesInSight());
    }
}
