package org.emotion4j.opencv;

import static org.emotion4j.stage.internal.BuilderOptions.requireUnset;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.ServiceLoader;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.emotion4j.frame.FrameSource;
import org.emotion4j.spi.VideoProvider;
import org.emotion4j.stage.Experimental;
import org.emotion4j.stage.StageException;
import org.jspecify.annotations.Nullable;

/**
 * Sources by the words that a user types, so that an application needs no switch of its own:
 *
 * <ul>
 *   <li>{@code camera} or {@code camera:0}: a camera by its number; {@code camera:/dev/video2}: by its device file
 *   <li>a folder: the pictures in it
 *   <li>a picture file
 *   <li>any other file: a video, which a {@link VideoProvider} reads; emotion-ffmpeg has one
 *   <li>an address ({@code rtsp:}, {@code http:}, {@code https:}), only after {@link Builder#allowNetwork()}
 * </ul>
 *
 * <p>Files are told apart by how they begin and, where that says nothing, by the ending of their names. Immutable and
 * thread-safe; the sources it opens are not.
 */
public final class FrameSources {
    private static final String CAMERA = "camera";

    /** RFC 3986, 3.1; one letter would be a drive. */
    private static final Pattern ADDRESS = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+://");

    private final Builder settings;

    private FrameSources(Builder settings) {
        this.settings = settings;
    }

    /**
     * Opens a source with the defaults of its kind.
     *
     * @param text what the user typed
     * @return the source
     * @throws IOException if there is no such thing or it cannot be read; the message says which and what to do
     * @throws IllegalArgumentException if this is no camera's number
     */
    public static FrameSource parse(String text) throws IOException {
        return builder().build().open(text);
    }

    /**
     * Starts to describe how sources are opened.
     *
     * @return a builder with the defaults of each kind of source
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Tells whether a text names a camera.
     *
     * @param text what the user typed
     * @return true for {@code camera} and what begins with {@code camera:}
     */
    public static boolean isCamera(String text) {
        return text.equals(CAMERA) || text.startsWith(CAMERA + ":");
    }

    /**
     * Tells whether a text is an address such as {@code rtsp://camera/1} or {@code http://host/film.mp4}, which is opened
     * only after {@link Builder#allowNetwork()}.
     *
     * @param text what the user typed
     * @return true for what begins with a scheme and two slashes, unless a file is called so
     */
    public static boolean isAddress(String text) {
        if (!ADDRESS.matcher(text).lookingAt()) {
            return false;
        }
        try {
            return !Files.exists(Path.of(text));
        } catch (InvalidPathException e) {
            return true;
        }
    }

    /**
     * Tells whether a file is taken for a video: one that begins as one, whatever its name; or, where that says nothing,
     * one that is neither called a picture nor a document.
     *
     * @param file the file
     * @return true for a video, false for pictures, folders, pipes and what is not there
     */
    public static boolean isVideo(Path file) {
        return PictureFiles.isVideo(file);
    }

    /**
     * Opens a source.
     *
     * @param text what the user typed
     * @return the source, which the caller closes
     * @throws IOException if there is no such thing or it cannot be read; the message says which and what to do
     * @throws IllegalArgumentException if this is no camera's number, or a start or end is set and this is no video
     * @throws StageException if nothing on the class path reads videos, or native code does not load
     */
    public FrameSource open(String text) throws IOException {
        if (isCamera(text)) {
            requireNoPart(text);
            return settings.camera(text);
        }
        if (isAddress(text)) {
            requireNoPart("an address");
            return settings.address(text);
        }
        if (text.isEmpty()) {
            // As a path it would be the working directory, which nobody has named.
            throw new NoSuchFileException("\"\"", null, "an empty name; give a file, a folder or a camera");
        }
        Path path = Path.of(text);
        if (!Files.exists(path)) {
            throw new NoSuchFileException(text, null, "there is no such file or folder");
        }
        if (isVideo(path)) {
            return settings.video(path);
        }
        if (!Files.isDirectory(path) && !Files.isRegularFile(path)) {
            throw new FileSystemException(text, null, PictureFiles.PIPE);
        }
        requireNoPart(text);
        try {
            return settings.pictures(path);
        } catch (NoSuchFileException e) {
            throw Files.isDirectory(path) ? withVideos(path, e) : e;
        }
    }

    /**
     * Tells whether a text is an address and this opens addresses.
     *
     * @param text what the user typed
     * @return false of every address without {@link Builder#allowNetwork()}
     */
    public boolean opensAddress(String text) {
        return settings.network && isAddress(text);
    }

    private void requireNoPart(String text) {
        if (settings.from != null || settings.to != null) {
            throw new IllegalArgumentException(text + " is no video: a start and an end time are for video files only");
        }
    }

    private static NoSuchFileException withVideos(Path folder, NoSuchFileException withoutPictures) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            long videos = entries.filter(PictureFiles::isVideo).count();
            return videos == 0
                    ? withoutPictures
                    : new NoSuchFileException(
                            folder.toString(),
                            null,
                            "the folder holds no picture but " + videos + " videos; name the videos themselves");
        }
    }

    /** Describes how sources are opened. Not thread-safe. Each setting can be made once. */
    public static final class Builder {
        private @Nullable Duration from;
        private @Nullable Duration to;
        private double framesPerSecond;
        private int width;
        private int height;
        private boolean mirrored;
        private boolean network;

        private Builder() {}

        /**
         * Leaves out what comes before a time of a video.
         *
         * @param value the media time, zero or more
         * @return this builder
         * @throws IllegalStateException if it was set already
         */
        public Builder from(Duration value) {
            requireUnset("from", from);
            from = Objects.requireNonNull(value, "from");
            return this;
        }

        /**
         * Leaves out what comes at or after a time of a video.
         *
         * @param value the media time, above zero
         * @return this builder
         * @throws IllegalStateException if it was set already
         */
        public Builder to(Duration value) {
            requireUnset("to", to);
            to = Objects.requireNonNull(value, "to");
            return this;
        }

        /**
         * Sets a rate: of a video, at most so many frames a second; of a folder, that its pictures are a recording with
         * so many a second; of a camera, the rate to ask for.
         *
         * @param value above 0 to 1,000
         * @return this builder
         * @throws IllegalArgumentException if the rate is out of its range
         * @throws IllegalStateException if it was set already
         */
        public Builder framesPerSecond(double value) {
            requireUnset("framesPerSecond", framesPerSecond == 0 ? null : framesPerSecond);
            if (!(value > 0 && value <= 1_000)) {
                throw new IllegalArgumentException("framesPerSecond is " + value + ", expected above 0 to 1000");
            }
            framesPerSecond = value;
            return this;
        }

        /**
         * Sets the size to ask a camera for. Files have their own.
         *
         * @param newWidth columns, as {@link CameraFrameSource.Builder#size}
         * @param newHeight rows
         * @return this builder
         * @throws IllegalStateException if it was set already
         */
        public Builder cameraSize(int newWidth, int newHeight) {
            requireUnset("cameraSize", width == 0 ? null : width + "x" + height);
            width = newWidth;
            height = newHeight;
            return this;
        }

        /**
         * Swaps left and right of a camera's pictures. Files stay as they are.
         *
         * @return this builder
         */
        public Builder mirrored() {
            mirrored = true;
            return this;
        }

        /**
         * Opens addresses too: {@code rtsp:}, {@code http:} and {@code https:}. Default: none, so that nothing here touches the
         * network.
         *
         * @return this builder
         */
        @Experimental
        public Builder allowNetwork() {
            network = true;
            return this;
        }

        /**
         * Makes an opener of sources.
         *
         * @return an opener
         */
        public FrameSources build() {
            Builder copy = new Builder();
            copy.from = from;
            copy.to = to;
            copy.framesPerSecond = framesPerSecond;
            copy.width = width;
            copy.height = height;
            copy.mirrored = mirrored;
            copy.network = network;
            return new FrameSources(copy);
        }

        private FrameSource camera(String text) throws IOException {
            CameraFrameSource.Builder camera = cameraBuilder(text);
            if (width != 0 || height != 0) {
                camera.size(width, height);
            }
            if (framesPerSecond > 0) {
                camera.framesPerSecond(framesPerSecond);
            }
            if (mirrored) {
                camera.mirrored();
            }
            return camera.open();
        }

        private static CameraFrameSource.Builder cameraBuilder(String text) {
            String which = text.equals(CAMERA) ? "0" : text.substring(CAMERA.length() + 1);
            if (which.startsWith("/")) {
                return CameraFrameSource.builder(Path.of(which));
            }
            if (which.isEmpty() || which.length() > 4 || !which.chars().allMatch(c -> c >= '0' && c <= '9')) {
                throw new IllegalArgumentException(
                        text + " names no camera, expected camera:0 (a number) or camera:/dev/video0 (a device file)");
            }
            return CameraFrameSource.builder(Integer.parseInt(which));
        }

        private FrameSource video(Path file) throws IOException {
            VideoProvider.Part part = new VideoProvider.Part(
                    Optional.ofNullable(from),
                    Optional.ofNullable(to),
                    framesPerSecond > 0 ? OptionalDouble.of(framesPerSecond) : OptionalDouble.empty());
            return provider(file.toString()).open(file, part);
        }

        private static VideoProvider provider(String what) {
            return ServiceLoader.load(VideoProvider.class)
                    .findFirst()
                    .orElseThrow(() -> new StageException(what + " is a video, and nothing on the class path reads"
                            + " videos; add org.emotion4j:emotion-ffmpeg with FFmpeg's natives for this platform"));
        }

        /** A message has nothing in it that may be a password. */
        private FrameSource address(String text) throws IOException {
            if (!network) {
                throw new NoSuchFileException(
                        withoutSecrets(text),
                        null,
                        "addresses are not opened unless the network is allowed (--allow-network on the command line,"
                                + " allowNetwork() in code)");
            }
            URI address;
            try {
                address = new URI(text);
            } catch (URISyntaxException e) {
                throw new IllegalArgumentException(
                        "the address cannot be read: " + e.getReason() + " at character " + (e.getIndex() + 1));
            }
            return provider("an address").openAddress(address);
        }

        private static String withoutSecrets(String address) {
            return address.replaceAll("(?<=://)[^/@]*@", "").replaceAll("[?#].*|/[^/]*=.*", "");
        }

        private FrameSource pictures(Path path) throws IOException {
            PictureFrameSource.Builder pictures = PictureFrameSource.builder(path);
            if (framesPerSecond > 0) {
                pictures.frameRate(framesPerSecond);
            }
            return pictures.open();
        }
    }
}
