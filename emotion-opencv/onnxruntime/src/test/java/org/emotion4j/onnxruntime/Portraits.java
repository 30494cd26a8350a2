package org.emotion4j.onnxruntime;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.emotion4j.frame.Frame;
import org.emotion4j.opencv.Pictures;

/** Real pictures: the eight portraits of the AdminLTE web jar. */
final class Portraits {
    static final List<String> NAMES = List.of(
            "user1-128x128.jpg",
            "user2-160x160.jpg",
            "user3-128x128.jpg",
            "user4-128x128.jpg",
            "user5-128x128.jpg",
            "user6-128x128.jpg",
            "user7-128x128.jpg",
            "user8-128x128.jpg");

    private static final String FOLDER = "/META-INF/resources/webjars/AdminLTE/3.2.0/dist/img/";

    private Portraits() {}

    static Frame frame(String name) {
        try (InputStream in = Portraits.class.getResourceAsStream(FOLDER + name)) {
            if (in == null) {
                throw new IOException(FOLDER + name + " is not on the test class path");
            }
            return Pictures.decode(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
