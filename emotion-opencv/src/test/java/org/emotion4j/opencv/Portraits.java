package org.emotion4j.opencv;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import org.emotion4j.SharedFiles;
import org.emotion4j.frame.Frame;

/** Real pictures: the eight portraits of the AdminLTE web jar, and, where they are at hand, the shared photos. */
public final class Portraits {
    public static final List<String> NAMES = List.of(
            "user1-128x128.jpg",
            "user2-160x160.jpg",
            "user3-128x128.jpg",
            "user4-128x128.jpg",
            "user5-128x128.jpg",
            "user6-128x128.jpg",
            "user7-128x128.jpg",
            "user8-128x128.jpg");

    private Portraits() {}

    public static byte[] bytes(String name) throws IOException {
        String path = "/META-INF/resources/webjars/AdminLTE/3.2.0/dist/img/" + name;
        try (InputStream in = Portraits.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IOException(path + " is not on the test class path");
            }
            return in.readAllBytes();
        }
    }

    public static Frame frame(String name) throws IOException {
        return Pictures.decode(bytes(name));
    }

    /** Returns a file beside the repository, and skips the test where it is absent. */
    public static Path shared(String path) {
        return SharedFiles.at(path);
    }
}
