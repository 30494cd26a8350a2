package org.emotion4j.djl.data;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** The real collection, for the tests that want it: nobody may pass it on, so most machines do not have it. */
public final class WholeFer2013 {
    private static final String PROPERTY = "emotion4j.fer2013";

    private WholeFer2013() {}

    /** The folder with the standard files; the test is skipped where nobody names one. */
    public static Path folder() {
        String named = System.getProperty(PROPERTY, "");
        Path folder = Path.of(named);
        Assumptions.assumeTrue(
                !named.isEmpty() && Files.isRegularFile(folder.resolve(Fer2013.PICTURES)),
                "no FER2013 here: name the folder of fer2013.csv with -D" + PROPERTY + "=DIR");
        return folder;
    }
}
