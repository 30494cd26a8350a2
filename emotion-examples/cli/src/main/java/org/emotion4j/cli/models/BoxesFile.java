package org.emotion4j.cli.models;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.emotion4j.cli.io.BadInputException;
import org.emotion4j.cli.io.CsvTable;
import org.emotion4j.evaluation.MarkedFace;
import org.emotion4j.face.BoundingBox;
import org.emotion4j.face.Landmarks;

/**
 * A CSV file of the faces in pictures, one row a face: header {@code image,x,y,w,h} in any order and with any further
 * columns, of which {@code invalid} (0 or 1) counts; boxes in pixels of the picture, paths relative to the file. A row
 * without extent ({@code w} or {@code h} is 0) says that the picture belongs to the list. The file is checked as a whole
 * before the first picture is looked at.
 */
final class BoxesFile {
    private static final List<String> COLUMNS = List.of("image", "x", "y", "w", "h");
    private static final List<String> LANDMARK_COLUMNS = Stream.concat(
                    Stream.of("image"), IntStream.rangeClosed(1, 5).boxed().flatMap(i -> Stream.of("x" + i, "y" + i)))
            .toList();

    private final Path file;
    private final Map<String, Picture> pictures = new LinkedHashMap<>();

    private BoxesFile(Path file) {
        this.file = file;
    }

    /**
     * Reads a file.
     *
     * @param file the CSV file
     * @param wanted which pictures count, by their path in the file
     * @throws BadInputException if the file, a number or a picture is not what it should be; the message says where
     */
    static BoxesFile read(Path file, Predicate<String> wanted) {
        BoxesFile boxes = new BoxesFile(file);
        CsvTable.read(file, COLUMNS, row -> {
            if (wanted.test(row.text("image"))) {
                boxes.add(row);
            }
        });
        return boxes;
    }

    private void add(CsvTable.Row row) {
        Picture picture = pictures.computeIfAbsent(
                row.text("image"), image -> new Picture(row.line(), row.picture("image"), new ArrayList<>()));
        double width = row.number("w");
        double height = row.number("h");
        if (width < 0 || height < 0) {
            throw row.at("the box is " + width + " by " + height + " pixels, expected sides of 0 or more");
        }
        BoundingBox box =
                width == 0 || height == 0 ? null : new BoundingBox(row.number("x"), row.number("y"), width, height);
        if (box != null) {
            picture.faces.add(new MarkedFace(box, row.has("invalid") && row.number("invalid") != 0, Optional.empty()));
        }
    }

    /**
     * Gives faces the points of another file: header {@code image,x1,y1} to {@code x5,y5} (left and right eye as seen in
     * the picture, tip of the nose, left and right corner of the mouth). Points belong to the smallest box of their picture
     * that has their mean in it.
     *
     * @param landmarks the CSV file
     * @return how many rows belong to a face of a picture that counts
     * @throws BadInputException if the file is not what it should be; the message says where
     */
    int addLandmarks(Path landmarks) {
        int[] placed = {0};
        CsvTable.read(landmarks, LANDMARK_COLUMNS, row -> {
            Picture picture = pictures.get(row.text("image"));
            if (picture != null && picture.place(points(row))) {
                placed[0]++;
            }
        });
        return placed[0];
    }

    private static Landmarks points(CsvTable.Row row) {
        return Landmarks.of(
                Landmarks.Scheme.FIVE_POINTS,
                LANDMARK_COLUMNS.stream().skip(1).mapToDouble(row::number).toArray());
    }

    List<Picture> pictures() {
        return List.copyOf(pictures.values());
    }

    /** A failure at a picture, with file and line. */
    BadInputException at(Picture picture, String reason) {
        return CsvTable.at(file, picture.line, reason);
    }

    /**
     * One picture.
     *
     * @param line where it stands first in the file; the header is line 1
     * @param path the picture
     * @param faces what is marked in it
     */
    record Picture(long line, Path path, List<MarkedFace> faces) {
        private boolean place(Landmarks points) {
            double x = IntStream.range(0, 5).mapToDouble(points::x).average().orElseThrow();
            double y = IntStream.range(0, 5).mapToDouble(points::y).average().orElseThrow();
            Optional<MarkedFace> owner = faces.stream()
                    .filter(face -> face.landmarks().isEmpty() && has(face.box(), x, y))
                    .min(Comparator.comparingDouble(face -> face.box().area()));
            owner.ifPresent(face ->
                    faces.set(faces.indexOf(face), new MarkedFace(face.box(), face.invalid(), Optional.of(points))));
            return owner.isPresent();
        }

        private static boolean has(BoundingBox box, double x, double y) {
            return x >= box.x() && x <= box.right() && y >= box.y() && y <= box.bottom();
        }
    }
}
