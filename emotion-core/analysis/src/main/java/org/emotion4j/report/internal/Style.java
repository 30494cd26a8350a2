package org.emotion4j.report.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The style sheet of pages. */
final class Style {
    private static final String SHEET = "page.css";

    private Style() {}

    /** The colors, and what they are put on. */
    static String css() {
        try (InputStream sheet = Style.class.getResourceAsStream(SHEET)) {
            if (sheet == null) {
                throw new IllegalStateException(SHEET + " is missing beside " + Style.class.getName());
            }
            return Palette.css() + new String(sheet.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
