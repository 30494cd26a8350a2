package org.emotion4j.window;

import java.util.List;
import java.util.Optional;
import org.emotion4j.reading.EmotionReading;
import org.emotion4j.reading.FrameResult;

/** Says what to change before a face can be read well. */
@FunctionalInterface
interface FaceGuide {
    /**
     * Judges one frame.
     *
     * @param result the frame
     * @param reading of the face that counts; empty where there is none
     * @param brightness mean luma of the whole picture, 0 to 255; NaN where it is not known
     * @return what is not right, the worst first; empty where all is well
     */
    List<Hint> judge(FrameResult result, Optional<EmotionReading> reading, double brightness);
}
