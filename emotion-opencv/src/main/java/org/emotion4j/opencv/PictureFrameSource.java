package org.emotion4j.opencv;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.emotion4j.file.internal.ProductMark;
import org.emotion4j.frame.FrameBuffer;
import org.emotion4j.frame.FrameSource;
import org.emotion4j.frame.FrameUnreadableException;
import org.emotion4j.frame.PassedOver;
import org.emotion4j.stage.StageMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Frames from picture files and folders of them, in {@link org.emotion4j.frame.PixelFormat#BGR24}, as {@link Pictures}
 * reads them. Confined to one thread.
 *
 * <p>Pictures are unrelated unless a {@linkplain Builder#frameRate frame rate} is given: each is a discontinuity, and
 * picture {@code i} (from 0) has media time {@code i} seconds or {@code i} times the {@linkplain Builder#step step}. With
 * a frame rate they are a recording: picture {@code i} has time {@code i / fps}, and only the first one is a
 * discontinuity. A picture that cannot be read keeps its place in time.
 *
 * <p>In a folder a file is a picture if it begins as one, whatever its name ends in, or if its name ends as that of one
 * does ({@code .jpg}, {@code .PNG}, {@code .heic} …), so that a damaged one is told and not left out. Pictures come in
 * natural order of their names, {@code img2} before {@code img10}. All else is {@linkplain #passedOver() passed over}:
 * files of other kinds, hidden files (names that start with a dot), folders within unless
 * {@linkplain Builder#recursive() asked for}, and what the {@linkplain Builder#passOver caller} leaves out. A file that
 * is named itself is read whatever it is called.
 */
public final class PictureFrameSource implements FrameSource {
    private final List<Path> files;
    private final List<PassedOver> passedOver;
    private final Builder settings;
    private final PictureDecoder decoder = new PictureDecoder();
    private int next;
    private boolean anyRead;
    private boolean open = true;

    private PictureFrameSource(List<Path> files, List<PassedOver> passedOver, Builder settings) {
        this.files = files;
        this.passedOver = passedOver;
        this.settings = settings;
    }

    /**
     * Opens unrelated pictures, a second apart.
     *
     * @param inputs files and folders, one or more
     * @return a source
     * @throws NoSuchFileException if one does not exist, or is a folder without pictures; the message says which
     * @throws IOException if a folder cannot be listed
     * @throws IllegalArgumentException if none is given
     */
    public static PictureFrameSource open(Path... inputs) throws IOException {
        return builder(List.of(inputs)).open();
    }

    /**
     * Starts to describe a source.
     *
     * @param inputs files and folders in the order to read them, one or more
     * @return a builder with the defaults: unrelated pictures, a step of one second, folders without their subfolders
     * @throws IllegalArgumentException if none is given
     */
    public static Builder builder(List<Path> inputs) {
        if (inputs.isEmpty()) {
            throw new IllegalArgumentException("no picture given, expected one file or folder or more");
        }
        return new Builder(List.copyOf(inputs));
    }

    /**
     * Starts to describe a source.
     *
     * @param inputs files and folders in the order to read them, one or more
     * @return as {@link #builder(List)}
     * @throws IllegalArgumentException if none is given
     */
    public static Builder builder(Path... inputs) {
        return builder(List.of(inputs));
    }

    @Override
    public boolean read(FrameBuffer target) throws FrameUnreadableException {
        if (!open) {
            throw new IllegalStateException("this picture source was closed; open another");
        }
        if (next == files.size()) {
            return false;
        }
        int index = next++;
        Path file = files.get(index);
        decoder.decode(file, target);
        target.stamp(settings.mediaNanos(index));
        target.origin(Origins.of(file));
        if (!settings.isSequence() || !anyRead) {
            target.markDiscontinuity();
        }
        anyRead = true;
        return true;
    }

    @Override
    public OptionalLong frameCount() {
        return OptionalLong.of(files.size());
    }

    /** The rate that was asked for; of unrelated pictures none. */
    @Override
    public OptionalDouble frameRate() {
        return settings.framesPerSecond;
    }

    /**
     * Returns the pictures' files.
     *
     * @return an immutable list in the order of reading
     */
    @Override
    public List<Path> files() {
        return files;
    }

    /**
     * Returns what lies in the folders that were given and is not read, with what it is.
     *
     * @return an immutable list in the order of the folders and of the names
     */
    @Override
    public List<PassedOver> passedOver() {
        return passedOver;
    }

    @Override
    public StageMetadata metadata() {
        return StageMetadata.named("pictures").withRuntime(OpenCv.version()).withNotes(toString());
    }

    @Override
    public void close() {
        open = false;
    }

    @Override
    public String toString() {
        return "PictureFrameSource[" + files.size() + " files, " + settings + "]";
    }

    /** Describes a picture source. Not thread-safe. Each setting can be made once. */
    public static final class Builder {
        private final List<Path> inputs;
        private OptionalDouble framesPerSecond = OptionalDouble.empty();
        private @Nullable Duration step;
        private boolean recursive;
        private @Nullable Predicate<Path> leftOut;
        private String leftOutBecause = "";

        private Builder(List<Path> inputs) {
            this.inputs = inputs;
        }

        /**
         * Says that the pictures are a recording.
         *
         * @param framesPerSecond pictures a second of media time, above 0 to 1,000
         * @return this builder
         * @throws IllegalArgumentException if the number is out of its range
         * @throws IllegalStateException if it was set before, or a step was
         */
        public Builder frameRate(double framesPerSecond) {
            requireNoTimeYet("frameRate");
            if (!(framesPerSecond > 0 && framesPerSecond <= 1_000)) {
                throw new IllegalArgumentException("frameRate is " + framesPerSecond + ", expected above 0 to 1000");
            }
            this.framesPerSecond = OptionalDouble.of(framesPerSecond);
            return this;
        }

        /**
         * Says how far apart in media time unrelated pictures are.
         *
         * @param step one nanosecond to a day; by default one second
         * @return this builder
         * @throws IllegalArgumentException if the duration is out of its range
         * @throws IllegalStateException if it was set before, or a frame rate was
         */
        public Builder step(Duration step) {
            requireNoTimeYet("step");
            if (step.isNegative() || step.isZero() || step.compareTo(Duration.ofDays(1)) > 0) {
                throw new IllegalArgumentException("step is " + step + ", expected above zero to one day");
            }
            this.step = step;
            return this;
        }

        /**
         * Also reads the folders within folders, each after the pictures of its own folder, in natural order.
         *
         * @return this builder
         */
        public Builder recursive() {
            recursive = true;
            return this;
        }

        /**
         * Leaves out some of the files in folders, such as what the program itself has written there. A file that is named
         * itself is read all the same.
         *
         * @param files tells a file to leave out
         * @param reason what such a file is, as in {@link PassedOver#reason()}
         * @return this builder
         * @throws IllegalStateException if it was set before
         */
        public Builder passOver(Predicate<Path> files, String reason) {
            if (leftOut != null) {
                throw new IllegalStateException("passOver was set already, to leave out: " + leftOutBecause);
            }
            leftOut = Objects.requireNonNull(files, "files");
            leftOutBecause = Objects.requireNonNull(reason, "reason");
            return this;
        }

        /**
         * Lists the files and opens the source. No picture is read yet.
         *
         * @return a source
         * @throws NoSuchFileException if an input does not exist, or is a folder without pictures; the message says
         *     which
         * @throws IOException if a folder cannot be listed
         * @throws org.emotion4j.stage.StageException if OpenCV's native code does not load
         */
        public PictureFrameSource open() throws IOException {
            List<Path> files = new ArrayList<>();
            List<PassedOver> passedOver = new ArrayList<>();
            for (Path input : inputs) {
                if (Files.isDirectory(input)) {
                    int before = files.size();
                    list(input, files, passedOver);
                    if (files.size() == before) {
                        throw noSuchFile(
                                input,
                                "the folder holds no picture"
                                        + (recursive ? "" : " (its subfolders are not looked into)")
                                        + "; JPEG, PNG, BMP, GIF, TIFF, WebP, HEIC and AVIF are read"
                                        + (passedOver.isEmpty() ? "" : "; " + PassedOver.describe(passedOver)));
                    }
                } else if (Files.exists(input)) {
                    files.add(input);
                } else {
                    throw noSuchFile(input, "there is no such file or folder");
                }
            }
            OpenCv.load();
            return new PictureFrameSource(List.copyOf(files), List.copyOf(passedOver), this);
        }

        private void list(Path folder, List<Path> files, List<PassedOver> passedOver) throws IOException {
            List<Path> entries;
            try (Stream<Path> listing = Files.list(folder)) {
                entries = listing.sorted(Comparator.comparing(Builder::name, NaturalOrder.INSTANCE))
                        .toList();
            } catch (UncheckedIOException e) {
                throw new FileSystemException(folder.toString(), null, "the folder cannot be listed: " + e.getCause());
            }
            List<Path> folders = new ArrayList<>();
            for (Path entry : entries) {
                if (isFolderToRead(entry)) {
                    folders.add(entry);
                    continue;
                }
                Optional<String> reason = whyNotRead(entry);
                if (reason.isPresent()) {
                    passedOver.add(new PassedOver(Origins.of(entry), reason.get()));
                } else {
                    files.add(entry);
                }
            }
            for (Path within : folders) {
                list(within, files, passedOver);
            }
        }

        private boolean isFolderToRead(Path entry) {
            // Links to folders are left out: they may lead back up.
            return recursive && Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS);
        }

        private Optional<String> whyNotRead(Path entry) {
            if (name(entry).startsWith(".")) {
                return Optional.of("hidden");
            } else if (Files.isDirectory(entry)) {
                return Optional.of("a folder");
            } else if (!Files.isRegularFile(entry)) {
                return Optional.of(Files.exists(entry) ? "a pipe or a device" : "a link to nothing");
            } else if (leftOut != null && leftOut.test(entry)) {
                return Optional.of(leftOutBecause);
            }
            return isDrawn(entry) ? Optional.of("drawn by Emotion4J") : PictureFiles.whyNotAPicture(entry);
        }

        /** Charts and pictures with faces drawn in, from a run before; whether a file can be read shows later. */
        private static boolean isDrawn(Path entry) {
            try {
                return ProductMark.isOnPicture(entry);
            } catch (IOException e) {
                return false;
            }
        }

        private static String name(Path path) {
            Path name = path.getFileName();
            return name == null ? "" : name.toString();
        }

        private static NoSuchFileException noSuchFile(Path path, String reason) {
            return new NoSuchFileException(path.toString(), null, reason);
        }

        private void requireNoTimeYet(String option) {
            if (framesPerSecond.isPresent() || step != null) {
                throw new IllegalStateException(option + " cannot be set: "
                        + (step == null ? "frameRate is " + framesPerSecond.getAsDouble() : "step is " + step)
                        + " already");
            }
        }

        private boolean isSequence() {
            return framesPerSecond.isPresent();
        }

        private long mediaNanos(int index) {
            return framesPerSecond.isPresent()
                    ? Math.round(index * 1e9 / framesPerSecond.getAsDouble())
                    : index * (step == null ? 1_000_000_000L : step.toNanos());
        }

        @Override
        public String toString() {
            return framesPerSecond.isPresent()
                    ? framesPerSecond.getAsDouble() + " a second"
                    : "unrelated, " + (step == null ? Duration.ofSeconds(1) : step) + " apart";
        }
    }
}
