package org.emotion4j.opencv;

import java.nio.ByteBuffer;
import java.util.Arrays;
import javax.imageio.plugins.jpeg.JPEGHuffmanTable;
import org.emotion4j.frame.FrameUnreadableException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the entropy-coded data of a JPEG through to its end, without computing a pixel, and refuses what an encoder cannot
 * have written (ITU-T T.81). A decoder of pictures gives gray where data is missing and goes on where it makes no sense;
 * what it says about that goes to standard error.
 *
 * <p>What is noticed: data that ends early or goes on after the last block, a code that is in no table, a coefficient past
 * the 63rd, values that no samples of 8 bits have, restart markers that are missing or out of turn, scans that are missing,
 * long stretches of one byte that make anything but flat blocks. A changed bit that leads to another valid code is not noticed where the codes after it come to the same number of blocks;
 * nor is the data of arithmetic coding looked at, in which every bit sequence is valid.
 */
final class JpegScans {
    private static final int BLOCK = 64;

    /** The greatest amount of a DC coefficient of 8-bit samples is 8 times 128; twice that is nobody's rounding. */
    private static final int IMPOSSIBLE = 2 * 8 * 128;

    /** Of CMYK; 255 are room in memory for as many pictures. */
    private static final int MOST_COMPONENTS = 4;

    /** Some cameras fill up the data to a whole number of words or sectors. */
    private static final int MAX_PADDING = 512;

    private static final int NO_ZEROS_BEFORE_PADDING = 8;

    /** So many equal bytes one after another are flat blocks, or no picture: what a card gives for lost sectors. */
    private static final int MONOTONOUS = 32;

    private final String origin;
    private final ByteBuffer file;
    private final byte[] data;
    private final int[][] quantization = new int[4][];
    private final HuffmanCodes[] dcCodes = {
        HuffmanCodes.of(JPEGHuffmanTable.StdDCLuminance),
        HuffmanCodes.of(JPEGHuffmanTable.StdDCChrominance),
        HuffmanCodes.NONE,
        HuffmanCodes.NONE
    };
    private final HuffmanCodes[] acCodes = {
        HuffmanCodes.of(JPEGHuffmanTable.StdACLuminance),
        HuffmanCodes.of(JPEGHuffmanTable.StdACChrominance),
        HuffmanCodes.NONE,
        HuffmanCodes.NONE
    };

    private Component[] components = {};
    private boolean progressive;
    private boolean arithmetic;
    private int mcusAcross;
    private int mcusDown;
    private int restartInterval;

    private int at;
    private long bits;
    private int bitCount;
    private byte lastByte;
    private int equalBytes;

    private Component[] inScan = {};
    private int spectralStart;
    private int spectralEnd;
    private int bitHigh;
    private int bitLow;
    private int endOfBandRun;

    private JpegScans(String origin, ByteBuffer file) {
        this.origin = origin;
        this.file = file;
        this.data = new byte[file.limit()];
        file.get(0, data);
    }

    /**
     * Checks a file whose segments lead to an end-of-image marker. Padding that is harmless, and of which libjpeg would
     * complain, is overwritten with fill bytes (T.81, B.1.1.2).
     *
     * @throws FrameUnreadableException if its data is damaged
     */
    static void check(String origin, ByteBuffer file) throws FrameUnreadableException {
        try {
            new JpegScans(origin, file).image();
        } catch (IndexOutOfBoundsException e) {
            throw new FrameUnreadableException(origin, "the JPEG is damaged: a part of it reaches past its end", e);
        }
    }

    private void image() throws FrameUnreadableException {
        at = 2;
        while (true) {
            int marker = nextMarker();
            switch (marker) {
                case 0xD9 -> {
                    requireAllScans();
                    return;
                }
                case 0x01, 0xD0, 0xD1, 0xD2, 0xD3, 0xD4, 0xD5, 0xD6, 0xD7, 0xD8 -> {
                    // no length follows
                }
                case 0xC0, 0xC1, 0xC2, 0xC9, 0xCA -> segment(this::frame, marker);
                case 0xC3, 0xC5, 0xC6, 0xC7, 0xCB, 0xCD, 0xCE, 0xCF -> {
                    return; // lossless and hierarchical: the decoder says that it does not read them
                }
                case 0xC4 -> segment(this::huffmanTables, marker);
                case 0xDB -> segment(this::quantizationTables, marker);
                case 0xDD -> segment((from, to) -> restartInterval = u16(from), marker);
                case 0xDA -> {
                    segment(this::scanHeader, marker);
                    if (arithmetic) {
                        skipScan();
                    } else {
                        scan();
                    }
                }
                default -> segment((from, to) -> {}, marker);
            }
        }
    }

    /** The content of a segment, between two positions. */
    private interface Content {
        void read(int from, int to) throws FrameUnreadableException;
    }

    private void segment(Content content, int marker) throws FrameUnreadableException {
        int length = u16(at);
        if (length < 2 || at + length > data.length) {
            throw damaged("the segment " + Integer.toHexString(marker) + " has a length of " + length);
        }
        content.read(at + 2, at + length);
        at += length;
    }

    /** Passes over fill bytes; anything but zeros between two segments is no JPEG. */
    private int nextMarker() throws FrameUnreadableException {
        int start = at;
        while (data[at] == 0) {
            at++;
        }
        if (at - start > MAX_PADDING || data[at] != (byte) 0xFF) {
            throw damaged("there is no marker where one has to be, at byte " + start);
        }
        fill(start, at);
        while (data[at] == (byte) 0xFF) {
            at++;
        }
        int marker = u8(at++);
        if (marker == 0) {
            throw damaged("there is no marker where one has to be, at byte " + start);
        }
        return marker;
    }

    private void fill(int from, int to) {
        for (int i = from; i < to; i++) {
            file.put(i, (byte) 0xFF);
        }
    }

    private void frame(int from, int to) throws FrameUnreadableException {
        if (components.length > 0) {
            throw damaged("it has two frame headers");
        }
        int marker = u8(from - 3);
        progressive = marker == 0xC2 || marker == 0xCA;
        arithmetic = marker >= 0xC9;
        int height = u16(from + 1);
        int width = u16(from + 3);
        Component[] found = new Component[u8(from + 5)];
        if (found.length > MOST_COMPONENTS) {
            throw damaged("it has " + found.length + " components");
        }
        int most = 1;
        int mostDown = 1;
        for (int i = 0; i < found.length; i++) {
            found[i] = new Component(u8(from + 6 + 3 * i), u8(from + 7 + 3 * i), u8(from + 8 + 3 * i) & 3);
            if (found[i].across < 1 || found[i].across > 4 || found[i].down < 1 || found[i].down > 4) {
                throw damaged("a component has " + found[i].across + "x" + found[i].down + " samples");
            }
            most = Math.max(most, found[i].across);
            mostDown = Math.max(mostDown, found[i].down);
        }
        mcusAcross = ceilDiv(width, 8 * most);
        mcusDown = ceilDiv(height, 8 * mostDown);
        for (Component component : found) {
            component.blocksAcross = ceilDiv(ceilDiv(width * component.across, most), 8);
            component.blocksDown = ceilDiv(ceilDiv(height * component.down, mostDown), 8);
            component.stride = mcusAcross * component.across;
            if (progressive && !arithmetic) {
                component.nonZero = new long[component.stride * mcusDown * component.down];
            }
        }
        components = found;
    }

    private void huffmanTables(int from, int to) throws FrameUnreadableException {
        int read = from;
        while (read < to) {
            int kind = u8(read);
            int codes = 0;
            for (int i = 1; i <= 16; i++) {
                codes += u8(read + i);
            }
            if (codes > 256 || read + 17 + codes > to || (kind & 0xEC) != 0) {
                throw damaged("a table of its codes makes no sense");
            }
            HuffmanCodes table = HuffmanCodes.of(data, read + 1);
            if (table == null) {
                throw damaged("a table has more codes than there can be");
            }
            ((kind & 0x10) == 0 ? dcCodes : acCodes)[kind & 3] = table;
            read += 17 + codes;
        }
    }

    private void quantizationTables(int from, int to) throws FrameUnreadableException {
        int read = from;
        while (read < to) {
            boolean words = u8(read) >> 4 != 0;
            int[] table = new int[BLOCK];
            for (int i = 0; i < BLOCK; i++) {
                table[i] = words ? u16(read + 1 + 2 * i) : u8(read + 1 + i);
            }
            quantization[u8(read) & 3] = table;
            read += 1 + (words ? 2 : 1) * BLOCK;
        }
    }

    private void scanHeader(int from, int to) throws FrameUnreadableException {
        int count = u8(from);
        Component[] found = new Component[count];
        for (int i = 0; i < count; i++) {
            int id = u8(from + 1 + 2 * i);
            found[i] = Arrays.stream(components)
                    .filter(component -> component.id == id)
                    .findFirst()
                    .orElseThrow(() -> damaged("a scan is of a component that the picture does not have"));
            int tables = u8(from + 2 + 2 * i);
            found[i].dc = dcCodes[tables >> 4 & 3];
            found[i].ac = acCodes[tables & 3];
            found[i].quantization = quantization[found[i].table];
        }
        int rest = from + 1 + 2 * count;
        spectralStart = progressive ? u8(rest) : 0;
        spectralEnd = progressive ? u8(rest + 1) : BLOCK - 1;
        bitHigh = progressive ? u8(rest + 2) >> 4 : 0;
        bitLow = progressive ? u8(rest + 2) & 15 : 0;
        if (!progressive) {
            // These say nothing in a sequential JPEG, and libjpeg complains where they are not as the standard has
            // them.
            file.put(rest, (byte) 0).put(rest + 1, (byte) (BLOCK - 1)).put(rest + 2, (byte) 0);
        }
        boolean sound = count >= 1
                && spectralStart <= spectralEnd
                && spectralEnd < BLOCK
                && bitLow < 14
                && (!progressive || (spectralStart == 0) == (spectralEnd == 0))
                && (spectralStart == 0 || count == 1);
        if (!sound) {
            throw damaged("a scan makes no sense");
        }
        for (Component component : found) {
            component.note(spectralStart, spectralEnd, bitHigh, bitLow, this);
        }
        inScan = found;
    }

    private void skipScan() {
        while (data[at] != (byte) 0xFF
                || data[at + 1] == 0
                || data[at + 1] == (byte) 0xFF
                || (data[at + 1] & 0xF8) == 0xD0) {
            at++;
        }
    }

    private void scan() throws FrameUnreadableException {
        equalBytes = 0;
        bits = 0;
        bitCount = 0;
        endOfBandRun = 0;
        Arrays.stream(inScan).forEach(component -> component.predicted = 0);
        boolean alone = inScan.length == 1;
        int across = alone ? inScan[0].blocksAcross : mcusAcross;
        int down = alone ? inScan[0].blocksDown : mcusDown;
        int untilRestart = restartInterval;
        int restarts = 0;
        for (int y = 0; y < down; y++) {
            for (int x = 0; x < across; x++) {
                if (restartInterval > 0 && untilRestart-- == 0) {
                    restart(restarts++ & 7);
                    untilRestart = restartInterval - 1;
                }
                if (alone) {
                    block(inScan[0], y * inScan[0].stride + x);
                } else {
                    minimumCodedUnit(x, y);
                }
            }
        }
        endOfData();
    }

    private void minimumCodedUnit(int x, int y) throws FrameUnreadableException {
        for (Component component : inScan) {
            for (int v = 0; v < component.down; v++) {
                for (int h = 0; h < component.across; h++) {
                    block(component, (y * component.down + v) * component.stride + x * component.across + h);
                }
            }
        }
    }

    private void block(Component component, int index) throws FrameUnreadableException {
        if (!progressive) {
            dc(component, component.dc);
            sequentialAc(component, component.ac);
        } else if (spectralStart == 0) {
            if (bitHigh == 0) {
                dc(component, component.dc);
            } else {
                bits(1);
            }
        } else if (bitHigh == 0) {
            firstAc(component, component.ac, index);
        } else {
            refineAc(component.ac, component.nonZero, index);
        }
    }

    private void dc(Component component, HuffmanCodes codes) throws FrameUnreadableException {
        int size = symbol(codes);
        if (size > 11) {
            throw damaged("a difference of brightness has " + size + " bits");
        }
        component.predicted += signed(size);
        requirePossible(component, 0, component.predicted << bitLow);
    }

    private void sequentialAc(Component component, HuffmanCodes codes) throws FrameUnreadableException {
        for (int k = 1; k < BLOCK; k++) {
            int symbol = symbol(codes);
            int size = symbol & 15;
            if (size == 0) {
                if (symbol != 0xF0) {
                    return;
                }
                k += 15;
            } else {
                k += symbol >> 4;
                if (k >= BLOCK) {
                    throw pastBlock();
                }
                requirePossible(component, k, signed(size));
            }
        }
    }

    private void firstAc(Component component, HuffmanCodes codes, int index) throws FrameUnreadableException {
        if (endOfBandRun > 0) {
            endOfBandRun--;
            return;
        }
        for (int k = spectralStart; k <= spectralEnd; k++) {
            int symbol = symbol(codes);
            int run = symbol >> 4;
            int size = symbol & 15;
            if (size == 0) {
                if (run != 15) {
                    endOfBandRun = (1 << run) + bits(run) - 1;
                    return;
                }
                k += 15;
            } else {
                k += run;
                if (k > spectralEnd) {
                    throw pastBlock();
                }
                requirePossible(component, k, signed(size) << bitLow);
                component.nonZero[index] |= 1L << k;
            }
        }
    }

    /** Correction bits of what is not zero yet, and coefficients that become so (T.81, G.1.2.3). */
    private void refineAc(HuffmanCodes codes, long[] nonZero, int index) throws FrameUnreadableException {
        int k = spectralStart;
        if (endOfBandRun == 0) {
            for (; k <= spectralEnd; k++) {
                int symbol = symbol(codes);
                int run = symbol >> 4;
                int size = symbol & 15;
                if (size == 0 && run != 15) {
                    endOfBandRun = (1 << run) + bits(run);
                    break;
                } else if (size > 1) {
                    throw damaged("a correction has " + size + " bits");
                }
                bits(size);
                for (; k <= spectralEnd; k++) {
                    if ((nonZero[index] >> k & 1) != 0) {
                        bits(1);
                    } else if (--run < 0) {
                        break;
                    }
                }
                if (size == 1) {
                    if (k > spectralEnd) {
                        throw pastBlock();
                    }
                    nonZero[index] |= 1L << k;
                }
            }
        }
        if (endOfBandRun > 0) {
            for (; k <= spectralEnd; k++) {
                bits((int) (nonZero[index] >> k & 1));
            }
            endOfBandRun--;
        }
    }

    private void requirePossible(Component component, int k, int value) throws FrameUnreadableException {
        if (k > 0 && equalBytes >= MONOTONOUS) {
            throw damaged("a stretch of it was overwritten");
        }
        int step = component.quantization == null ? 0 : component.quantization[k];
        if ((long) Math.abs(value) * step > IMPOSSIBLE + (long) step) {
            throw damaged("it holds values that no picture has");
        }
    }

    private FrameUnreadableException pastBlock() {
        return damaged("a block has more than its " + BLOCK + " coefficients");
    }

    private void restart(int expected) throws FrameUnreadableException {
        endOfData();
        int marker = nextMarker();
        if (marker != 0xD0 + expected) {
            throw damaged("a restart marker is missing or out of turn");
        }
        bits = 0;
        bitCount = 0;
        Arrays.stream(inScan).forEach(component -> component.predicted = 0);
    }

    /** After the last block there may be the rest of a byte, and a camera's padding, but no data. */
    private void endOfData() throws FrameUnreadableException {
        if (endOfBandRun > 0) {
            throw damaged("a scan ends within a run of empty blocks");
        }
        int start = at - bitCount / 8;
        long unread = bitCount < 8 ? 0 : bits & (1L << bitCount / 8 * 8) - 1;
        int end = at;
        while (data[end] == 0 && end - start <= MAX_PADDING) {
            end++;
        }
        if (end == start) {
            return;
        }
        boolean padding = unread == 0 && end - start <= MAX_PADDING && data[end] == (byte) 0xFF && data[end + 1] != 0;
        if (!padding || onlyZerosBefore(start)) {
            throw damaged("there is data left when all its blocks are read");
        }
        fill(start, end);
        at = end;
    }

    /** Then zeros were taken for blocks: the data itself was overwritten with them. */
    private boolean onlyZerosBefore(int end) {
        for (int i = end - NO_ZEROS_BEFORE_PADDING; i < end; i++) {
            if (data[i] != 0) {
                return false;
            }
        }
        return true;
    }

    private void requireAllScans() throws FrameUnreadableException {
        for (int i = 0; i < components.length; i++) {
            if (!components[i].isComplete(i == 0)) {
                throw damaged("scans are missing");
            }
        }
    }

    private int symbol(HuffmanCodes codes) throws FrameUnreadableException {
        refill();
        int next = (int) (bitCount >= 16 ? bits >>> bitCount - 16 : bits << 16 - bitCount) & 0xFFFF;
        int found = codes.find(next);
        int length = found >> 8;
        if (found < 0) {
            throw damaged(bitCount < 16 ? "its data ends early" : "it holds a code that is in no table");
        }
        if (length > bitCount) {
            throw damaged("its data ends early");
        }
        bitCount -= length;
        return found & 0xFF;
    }

    private int bits(int count) throws FrameUnreadableException {
        if (count == 0) {
            return 0;
        }
        refill();
        if (count > bitCount) {
            throw damaged("its data ends early");
        }
        bitCount -= count;
        return (int) (bits >>> bitCount) & (1 << count) - 1;
    }

    private int signed(int size) throws FrameUnreadableException {
        int value = bits(size);
        return size == 0 || value >> size - 1 != 0 ? value : value - (1 << size) + 1;
    }

    /** At least 32 bits, as long as there are some before the next marker. */
    private void refill() {
        while (bitCount <= 32) {
            if (at >= data.length) {
                return;
            }
            byte next = data[at];
            if (next == (byte) 0xFF) {
                int code = at + 1;
                while (code < data.length && data[code] == (byte) 0xFF) {
                    code++;
                }
                if (code >= data.length || data[code] != 0) {
                    return;
                }
                at = code;
            }
            at++;
            equalBytes = next == lastByte ? equalBytes + 1 : 0;
            lastByte = next;
            bits = bits << 8 | next & 0xFF;
            bitCount += 8;
        }
    }

    private int u8(int index) {
        return data[index] & 0xFF;
    }

    private int u16(int index) {
        return u8(index) << 8 | u8(index + 1);
    }

    private static int ceilDiv(int value, int by) {
        return (value + by - 1) / by;
    }

    private FrameUnreadableException damaged(String what) {
        return new FrameUnreadableException(origin, "the JPEG is damaged: " + what + "; copy it again");
    }

    /** One plane of the picture. */
    private static final class Component {
        final int id;
        final int across;
        final int down;
        final int table;

        /** The lowest bit that was sent of each coefficient; -1 where none was. */
        final int[] sent = new int[BLOCK];

        int blocksAcross;
        int blocksDown;
        int stride;
        int predicted;
        long[] nonZero = {};
        int @Nullable [] quantization;

        HuffmanCodes dc = HuffmanCodes.NONE;
        HuffmanCodes ac = HuffmanCodes.NONE;

        Component(int id, int sampling, int table) {
            this.id = id;
            this.across = sampling >> 4;
            this.down = sampling & 15;
            this.table = table;
            Arrays.fill(sent, -1);
        }

        void note(int from, int to, int high, int low, JpegScans scans) throws FrameUnreadableException {
            for (int k = from; k <= to; k++) {
                if (scans.progressive && high != Math.max(0, sent[k])) {
                    throw scans.damaged("a scan is missing or comes twice");
                }
                sent[k] = low;
            }
        }

        /** Encoders may leave out fine detail of color, but neither brightness nor what they have begun. */
        boolean isComplete(boolean brightness) {
            return sent[0] == 0 && Arrays.stream(sent).allMatch(low -> low == 0 || low < 0 && !brightness);
        }
    }
}
