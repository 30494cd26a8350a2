package org.emotion4j.recording;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The lines of a file as bytes came in. Unlike a {@code BufferedReader} it tells a line that ends from one that the file
 * ends in the middle of. Confined to one thread.
 */
final class LineInput implements Closeable {
    /** The longest line that is believed; a row has 300 bytes, and an origin a few thousand at most. */
    private static final int LONGEST = 1 << 20;

    private final InputStream input;
    private byte[] buffer = new byte[1 << 16];
    private int start;
    private int end;
    private int lineStart;
    private int lineEnd;
    private boolean terminated;
    private boolean hole;

    LineInput(InputStream input) {
        this.input = input;
    }

    /** Goes to the next line. Returns false at the end of the file. */
    boolean next() throws IOException {
        int from = start;
        hole = false;
        while (true) {
            for (int i = from; i < end; i++) {
                byte each = buffer[i];
                if (each > '\n') {
                    continue; // nearly all are
                }
                if (each == '\n') {
                    take(i, i + 1, true);
                    return true;
                }
                hole |= each == 0;
            }
            from = end;
            if (end - start > LONGEST) {
                throw new SessionFormatException("a line is longer than " + LONGEST + " bytes: not a session's rows");
            }
            if (end == buffer.length) {
                from -= start;
                makeRoom();
            }
            int read = input.read(buffer, end, buffer.length - end);
            if (read < 0) {
                if (start == end) {
                    return false;
                }
                take(end, end, false);
                return true;
            }
            end += read;
        }
    }

    /** Tells whether the line ends with a line break. */
    boolean isTerminated() {
        return terminated;
    }

    /** Tells whether the line has a zero byte: no writer of text leaves one, a power cut in the middle of one does. */
    boolean hasHole() {
        return hole;
    }

    /** Returns the line without its line break. */
    String text() {
        return new String(buffer, lineStart, textEnd() - lineStart, StandardCharsets.UTF_8);
    }

    /** Gives out the cells of the line, until the next one is read. */
    void splitInto(RowCells cells) {
        cells.take(buffer, lineStart, textEnd());
    }

    private int textEnd() {
        return lineEnd > lineStart && buffer[lineEnd - 1] == '\r' ? lineEnd - 1 : lineEnd;
    }

    /** Returns the line with its line break, as it stands in the file. */
    byte[] bytes() {
        return Arrays.copyOfRange(buffer, lineStart, terminated ? lineEnd + 1 : lineEnd);
    }

    @Override
    public void close() throws IOException {
        input.close();
    }

    private void take(int to, int next, boolean ends) {
        lineStart = start;
        lineEnd = to;
        terminated = ends;
        start = next;
    }

    private void makeRoom() {
        int held = end - start;
        byte[] target = held > buffer.length / 2 ? new byte[buffer.length * 2] : buffer;
        System.arraycopy(buffer, start, target, 0, held);
        buffer = target;
        start = 0;
        end = held;
    }
}
