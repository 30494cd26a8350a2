package org.emotion4j.spi;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import org.emotion4j.frame.FrameSource;
import org.emotion4j.stage.Experimental;
import org.emotion4j.stage.StageException;

/**
 * Opens video files. Found by {@link java.util.ServiceLoader} on the class path, where whoever opens files of all kinds looks
 * for it; with several the first that is found is used.
 */
public interface VideoProvider {
    /**
     * Opens a file.
     *
     * @param file the file
     * @param part which of its frames
     * @return a source, which the caller closes
     * @throws IOException if there is no such file, or it is no video or cannot be read; nothing stays open
     * @throws IllegalArgumentException if this is no part that a video can have
     * @throws StageException if the native code that reads it is missing or does not load
     */
    FrameSource open(Path file, Part part) throws IOException;

    /**
     * Opens a network camera, or a film on a server. Asked only where the user has allowed the network.
     *
     * @param address where it is
     * @return a source, which the caller closes
     * @throws IOException if nobody answers, or it is no video that can be read; nothing stays open
     * @throws IllegalArgumentException if this provider opens no such addresses, as by default
     * @throws StageException if the native code that reads it is missing or does not load
     */
    @Experimental
    default FrameSource openAddress(URI address) throws IOException {
        throw new IllegalArgumentException(getClass().getSimpleName() + " opens no addresses");
    }

    /**
     * Which frames of a video. Immutable.
     *
     * @param from leaves out what comes before this media time; by default nothing
     * @param to leaves out what comes at or after this media time; by default nothing
     * @param framesPerSecond at most so many frames a second of media time, above 0 to 1,000; by default all
     */
    record Part(Optional<Duration> from, Optional<Duration> to, OptionalDouble framesPerSecond) {}
}
