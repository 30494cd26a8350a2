package org.emotion4j.frame;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.emotion4j.stage.Stage;

/**
 * Where frames come from: a camera, a video, pictures, the caller's own code.
 *
 * <p>Confined to one thread. Times never go backwards except at a {@linkplain FrameBuffer#markDiscontinuity()
 * discontinuity}.
 */
public interface FrameSource extends Stage {
    /**
     * Writes the next picture, its time and its origin into a buffer. Waits for it where the source is live.
     *
     * @param target a buffer to write into; keeps its state where there is no further picture
     * @return false at the end of the source, and from then on
     * @throws FrameUnreadableException if this one picture cannot be read; the next call goes on with the one after it
     * @throws IOException if the source itself fails; it will give no further picture
     */
    boolean read(FrameBuffer target) throws IOException;

    /**
     * Returns how many frames the source will give in all, for a progress bar.
     *
     * @return the number, or empty where it is not known or the source is live
     */
    default OptionalLong frameCount() {
        return OptionalLong.empty();
    }

    /**
     * Returns how many frames a second of media time this source gives, for a progress bar and a timeline.
     *
     * @return the mean, above 0, as far as is known, or empty where it is not known or frames do not follow from one another
     */
    default OptionalDouble frameRate() {
        return OptionalDouble.empty();
    }

    /**
     * Returns the files that this source reads, for messages and for the name of a record.
     *
     * @return an immutable list in the order of reading, known from the start; by default empty, as of a camera
     */
    default List<Path> files() {
        return List.of();
    }

    /**
     * Tells whether frames come at their own pace whether or not somebody reads them, as from a camera. A session drops
     * frames of a live source that it has no time for, and watches it; it reads any other source as fast as it can work.
     *
     * @return true for a camera or a push source; the same at every call; by default false
     */
    default boolean isLive() {
        return false;
    }

    /**
     * Returns at which media time the source will end, for a progress bar where frames are not counted.
     *
     * @return the time as far as is known, also by estimate, or empty where it is not known or the source is live
     */
    default Optional<Duration> endTime() {
        return Optional.empty();
    }

    /**
     * Returns what lay among the pictures and is not read, such as the videos in a folder of pictures, so that a program
     * can say so and a record can keep how many. A picture that is read and turns out to be damaged is no part of it: that
     * is a {@link FrameUnreadableException}.
     *
     * @return an immutable list, known from the start; by default empty
     */
    default List<PassedOver> passedOver() {
        return List.of();
    }

    /**
     * Tells whether a live source has been told that nothing more will come. What waits is still read, without delay.
     * Thread-safe where it is overridden.
     *
     * @return true from then on; by default false, which says that nobody knows
     */
    default boolean hasEnded() {
        return false;
    }

    /**
     * Returns how many pictures this source took and will never give, because nobody read them in time.
     *
     * @return 0 or more; by default 0
     */
    default long droppedPictures() {
        return 0;
    }
}
