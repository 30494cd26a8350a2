package org.emotion4j.opencv;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** The parts of a PNG whose checksums were found right. */
final class PngChunks {
    private static final int SIGNATURE = 8;
    private static final int FRAME = 12;

    private static final Set<String> PIXELS = Set.of("IHDR", "PLTE", "IDAT", "IEND", "tRNS");

    private PngChunks() {}

    /**
     * Takes all chunks out that have no part in the pixels: libpng writes to standard error what it thinks of color
     * profiles and texts, none of which are used.
     *
     * @param file a whole PNG; afterwards it ends behind its end chunk
     */
    static void keepPixels(ByteBuffer file) {
        int from = SIGNATURE;
        int to = SIGNATURE;
        byte[] name = new byte[4];
        while (from + FRAME <= file.limit()) {
            int size = FRAME + file.getInt(from);
            file.get(from + 4, name);
            String type = new String(name, StandardCharsets.ISO_8859_1);
            if (PIXELS.contains(type)) {
                if (from != to) {
                    file.put(to, file, from, size);
                }
                to += size;
            }
            from += size;
            if (type.equals("IEND")) {
                break;
            }
        }
        file.limit(to);
    }
}
