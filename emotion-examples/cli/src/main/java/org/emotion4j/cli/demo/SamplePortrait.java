package org.emotion4j.cli.demo;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.emotion4j.frame.Frame;
import org.emotion4j.opencv.Pictures;
import org.emotion4j.stage.StageException;

/**
 * One of the eight portraits that the web jar of AdminLTE 3.2.0 (MIT licence) brings along, decoded.
 *
 * @param name the file's name
 * @param picture its pixels; whoever has the portrait closes it
 */
public record SamplePortrait(String name, Frame picture) implements AutoCloseable {
    /** The portraits in the order of the session. */
    public static final List<String> NAMES = List.of(
            "user1-128x128.jpg",
            "user2-160x160.jpg",
            "user3-128x128.jpg",
            "user4-128x128.jpg",
            "user5-128x128.jpg",
            "user6-128x128.jpg",
            "user7-128x128.jpg",
            "user8-128x128.jpg");

    private static final String FOLDER = "META-INF/resources/webjars/AdminLTE/3.2.0/dist/img/";

    /**
     * Loads all eight.
     *
     * @return the portraits, decoded once
     * @throws IOException if one cannot be read
     * @throws StageException if the web jar is not on the class path
     */
    public static List<SamplePortrait> loadAll() throws IOException {
        List<SamplePortrait> portraits = new ArrayList<>();
        for (String name : NAMES) {
            portraits.add(load(name));
        }
        return portraits;
    }

    /**
     * Loads one.
     *
     * @param name one of {@link #NAMES}
     * @return the portrait
     * @throws IOException if it cannot be read
     * @throws StageException if the web jar is not on the class path
     */
    public static SamplePortrait load(String name) throws IOException {
        return new SamplePortrait(name, Pictures.decode(encoded(name)));
    }

    /**
     * Reads one as it lies in the web jar.
     *
     * @param name one of {@link #NAMES}
     * @return the bytes of a JPEG file
     * @throws IOException if it cannot be read
     * @throws StageException if the web jar is not on the class path
     */
    public static byte[] encoded(String name) throws IOException {
        try (InputStream stream = SamplePortrait.class.getClassLoader().getResourceAsStream(FOLDER + name)) {
            if (stream == null) {
                throw new StageException("the sample portrait " + name
                        + " is not on the class path; it comes with org.webjars:AdminLTE:3.2.0");
            }
            return stream.readAllBytes();
        }
    }

    /** Frees the pixels. */
    @Override
    public void close() {
        picture.close();
    }
}
