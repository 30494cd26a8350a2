package org.emotion4j.opencv;

import java.util.Arrays;
import javax.imageio.plugins.jpeg.JPEGHuffmanTable;
import org.jspecify.annotations.Nullable;

/** A table of Huffman codes of up to 16 bits, as a JPEG defines them (ITU-T T.81, annex C). Immutable. */
final class HuffmanCodes {
    private static final int FAST_BITS = 9;
    private static final int LONGEST = 16;

    /** A table without a code, in place of one that a file has not defined. */
    static final HuffmanCodes NONE = new HuffmanCodes(new byte[0]);

    /** By the next nine bits: length and symbol of the code that they begin with; 0 where it is longer. */
    private final short[] fast = new short[1 << FAST_BITS];

    /** By length: the first code that is longer, as it looks at the front of 16 bits. */
    private final int[] end = new int[LONGEST + 1];

    /** By length: what to add to a code to have the place of its symbol. */
    private final int[] offset = new int[LONGEST + 1];

    private final byte[] symbols;

    private HuffmanCodes(byte[] symbols) {
        this.symbols = symbols;
    }

    /** A standard table of annex K, which Motion JPEG leaves out. */
    static HuffmanCodes of(JPEGHuffmanTable table) {
        short[] lengths = table.getLengths();
        short[] values = table.getValues();
        byte[] definition = new byte[LONGEST + values.length];
        for (int i = 0; i < lengths.length; i++) {
            definition[i] = (byte) lengths[i];
        }
        for (int i = 0; i < values.length; i++) {
            definition[LONGEST + i] = (byte) values[i];
        }
        HuffmanCodes codes = of(definition, 0);
        if (codes == null) {
            throw new IllegalStateException("a standard table has too many codes");
        }
        return codes;
    }

    /**
     * Reads a table: sixteen counts, then the symbols.
     *
     * @return the table, or null if there are more codes than fit
     */
    static @Nullable HuffmanCodes of(byte[] data, int at) {
        int total = 0;
        for (int i = 0; i < LONGEST; i++) {
            total += data[at + i] & 0xFF;
        }
        HuffmanCodes codes = new HuffmanCodes(Arrays.copyOfRange(data, at + LONGEST, at + LONGEST + total));
        int code = 0;
        int symbol = 0;
        for (int length = 1; length <= LONGEST; length++) {
            int count = data[at + length - 1] & 0xFF;
            codes.offset[length] = symbol - code;
            for (int i = 0; i < count; i++) {
                codes.enter(code + i, length, symbol + i);
            }
            code += count;
            symbol += count;
            if (code > 1 << length) {
                return null;
            }
            codes.end[length] = code << LONGEST - length;
            code <<= 1;
        }
        return codes;
    }

    private void enter(int code, int length, int symbol) {
        int spare = FAST_BITS - length;
        if (spare < 0 || code >= 1 << length) {
            return;
        }
        short entry = (short) (length << 8 | symbols[symbol] & 0xFF);
        Arrays.fill(fast, code << spare, code + 1 << spare, entry);
    }

    /**
     * Finds the code that a sequence begins with.
     *
     * @param next the next 16 bits
     * @return its length, times 256, and its symbol; negative if it begins with none
     */
    int find(int next) {
        int entry = fast[next >> LONGEST - FAST_BITS];
        if (entry != 0) {
            return entry;
        }
        for (int length = FAST_BITS + 1; length <= LONGEST; length++) {
            if (next < end[length]) {
                int symbol = (next >> LONGEST - length) + offset[length];
                return length << 8 | symbols[symbol] & 0xFF;
            }
        }
        return -1;
    }
}
