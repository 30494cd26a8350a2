package org.emotion4j.djl.data;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.face.CropSpec;
import org.emotion4j.face.FaceCrop;
import org.emotion4j.frame.Frame;
import org.emotion4j.frame.ImageTransform;
import org.emotion4j.frame.PixelFormat;

/**
 * Faces in a folder per class, {@code happy/anything.png}: each picture is a face already cut out, and is scaled to
 * gray pixels of the size that a network takes by the same {@link ImageTransform} that pipelines use. With {@code train}, {@code validation} (or {@code val},
 * {@code valid}) and {@code test} above the classes the folder brings its own split. Immutable and thread-safe.
 */
public final class PictureFolder {
    private static final String FORMATS = "PNG, JPEG, BMP, GIF, TIFF";

    /** Pictures that Java cannot read are among them, so that they are refused and not passed over. */
    private static final List<String> SUFFIXES = List.of(
            ".png", ".jpg", ".jpeg", ".bmp", ".gif", ".tif", ".tiff", ".webp", ".heic", ".heif", ".avif", ".jp2",
            ".jxl");

    private static final List<String> TRAINING = List.of("train", "training");
    private static final List<String> VALIDATION = List.of("validation", "val", "valid");
    private static final List<String> TEST = List.of("test");
    private static final long MAX_PIXELS = 25_000_000;

    private final List<LabeledFace> unsplit;
    private final Optional<Parts> ownParts;

    /**
     * The three parts of a split.
     *
     * @param training to learn from
     * @param validation to choose the epoch on
     * @param test for the report
     */
    public record Parts(List<LabeledFace> training, List<LabeledFace> validation, List<LabeledFace> test) {
        /**
         * Takes copies.
         *
         * @param training as {@link #training()}
         * @param validation as {@link #validation()}
         * @param test as {@link #test()}
         */
        public Parts {
            training = List.copyOf(training);
            validation = List.copyOf(validation);
            test = List.copyOf(test);
        }
    }

    private PictureFolder(List<LabeledFace> unsplit, Optional<Parts> ownParts) {
        this.unsplit = unsplit;
        this.ownParts = ownParts;
    }

    /**
     * Reads all pictures as {@link #read(Path, int)} does, scaled to 48x48.
     *
     * @param folder with a folder for each class (a label or one of its synonyms), or with the parts of a split above them
     * @return the faces
     * @throws FaceDataException if a folder's name is no expression, a file is no picture or has more than 25 million
     *     pixels, or there are no pictures
     * @throws IOException if reading fails
     */
    public static PictureFolder read(Path folder) throws IOException {
        return read(folder, LabeledFace.SIDE);
    }

    /**
     * Reads all pictures (PNG, JPEG, BMP, GIF, TIFF) in the order of their names. Other files are passed over, but for
     * pictures of another format: these are refused.
     *
     * @param folder with a folder for each class (a label or one of its synonyms), or with the parts of a split above them
     * @param side columns and rows that they are scaled to, 8 to 1,024; the network's
     *     ({@link org.emotion4j.djl.nets.NetworkArchitecture#side})
     * @return the faces
     * @throws FaceDataException if a folder's name is no expression, a file is no picture or has more than 25 million
     *     pixels, or there are no pictures
     * @throws IllegalArgumentException if the side is out of its range
     * @throws IOException if reading fails
     */
    public static PictureFolder read(Path folder, int side) throws IOException {
        CropSpec spec = CropSpec.of(side, side, PixelFormat.GRAY8);
        if (!Files.isDirectory(folder)) {
            throw new FaceDataException(folder, "no such folder; expected one with a folder of pictures per class");
        }
        List<Path> children = folders(folder);
        Optional<Path> training = child(children, TRAINING);
        if (training.isEmpty()) {
            return new PictureFolder(classes(folder, spec), Optional.empty());
        }
        Optional<Path> test = child(children, TEST);
        Optional<Path> validation = child(children, VALIDATION).or(() -> test);
        if (validation.isEmpty()) {
            throw new FaceDataException(
                    folder, "has \"" + training.get().getFileName() + "\" but neither \"validation\" nor \"test\"");
        }
        List<LabeledFace> chosen = classes(validation.get(), spec);
        return new PictureFolder(
                List.of(),
                Optional.of(new Parts(
                        classes(training.get(), spec), chosen, test.isPresent() ? classes(test.get(), spec) : chosen)));
    }

    /**
     * Returns the folder's own split, or draws one: of each class 80 % to learn from, 10 % to choose the epoch on and
     * 10 % for the report.
     *
     * @param seed what the drawing depends on
     * @return the parts
     */
    public Parts parts(long seed) {
        return ownParts.orElseGet(() -> draw(seed));
    }

    private Parts draw(long seed) {
        Map<Emotion, List<LabeledFace>> classes = new EnumMap<>(Emotion.class);
        for (LabeledFace face : unsplit) {
            classes.computeIfAbsent(face.label(), key -> new ArrayList<>()).add(face);
        }
        Random random = new Random(seed);
        List<LabeledFace> training = new ArrayList<>();
        List<LabeledFace> validation = new ArrayList<>();
        List<LabeledFace> test = new ArrayList<>();
        for (List<LabeledFace> faces : classes.values()) {
            Collections.shuffle(faces, random);
            int tenth = (faces.size() + 5) / 10;
            validation.addAll(faces.subList(0, tenth));
            test.addAll(faces.subList(tenth, 2 * tenth));
            training.addAll(faces.subList(2 * tenth, faces.size()));
        }
        return new Parts(training, validation, test);
    }

    private static List<LabeledFace> classes(Path folder, CropSpec spec) throws IOException {
        List<LabeledFace> faces = new ArrayList<>();
        for (Path child : folders(folder)) {
            String name = child.getFileName().toString();
            Emotion label = Emotion.find(name)
                    .orElseThrow(() -> new FaceDataException(
                            child, "\"" + name + "\" is no expression; expected " + Emotion.labels()));
            for (Path file : children(child)) {
                String lower = file.getFileName().toString().toLowerCase(Locale.ROOT);
                if (SUFFIXES.stream().anyMatch(lower::endsWith)) {
                    faces.add(face(file, label, spec));
                }
            }
        }
        if (faces.isEmpty()) {
            throw new FaceDataException(
                    folder, "no pictures; expected a folder for each of " + Emotion.labels() + " with pictures in it");
        }
        return faces;
    }

    private static LabeledFace face(Path file, Emotion label, CropSpec spec) throws IOException {
        BufferedImage image = decode(file);
        int width = image.getWidth();
        int height = image.getHeight();
        int[] colors = image.getRGB(0, 0, width, height, null, 0, width);
        byte[] pixels = new byte[3 * colors.length];
        for (int i = 0; i < colors.length; i++) {
            pixels[3 * i] = (byte) (colors[i] >> 16);
            pixels[3 * i + 1] = (byte) (colors[i] >> 8);
            pixels[3 * i + 2] = (byte) colors[i];
        }
        FaceCrop crop = FaceCrop.allocate(spec);
        try (Frame frame = Frame.of(width, height, PixelFormat.RGB24, pixels)) {
            ImageTransform.resize(frame, crop);
        }
        byte[] gray = new byte[spec.width() * spec.height()];
        crop.pixels().get(0, gray);
        return LabeledFace.owning(gray, spec.width(), label, file.toString());
    }

    private static BufferedImage decode(Path file) throws IOException {
        try (ImageInputStream stream = ImageIO.createImageInputStream(file.toFile())) {
            Iterator<ImageReader> readers =
                    stream == null ? Collections.emptyIterator() : ImageIO.getImageReaders(stream);
            if (!readers.hasNext()) {
                throw new FaceDataException(file, "not a picture that Java reads (" + FORMATS + ")");
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(stream);
                long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
                if (pixels > MAX_PIXELS) {
                    throw new FaceDataException(file, pixels + " pixels, expected a face of at most " + MAX_PIXELS);
                }
                return reader.read(0);
            } finally {
                reader.dispose();
            }
        } catch (FaceDataException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new FaceDataException(file, "damaged picture: " + e.getMessage(), e);
        }
    }

    private static Optional<Path> child(List<Path> children, List<String> names) {
        return children.stream()
                .filter(child -> names.contains(child.getFileName().toString().toLowerCase(Locale.ROOT)))
                .findFirst();
    }

    private static List<Path> folders(Path folder) throws IOException {
        return children(folder).stream().filter(Files::isDirectory).toList();
    }

    private static List<Path> children(Path folder) throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            return children.filter(child -> !child.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        }
    }
}
