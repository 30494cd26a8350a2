package org.emotion4j.ffmpeg;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Reads the code of a JPEG picture (ITU-T T.81, annex F) without making a picture of it: decoders fill up with gray what
 * ends early, and go on after what makes no sense. Looks through pictures of one scan with Huffman codes and 8 bits, which
 * is what cameras write; of others it only looks for the end. Not thread-safe.
 */
final class JpegScan {
    private static final int START_OF_IMAGE = 0xD8;
    private static final int END_OF_IMAGE = 0xD9;
    private static final int START_OF_SCAN = 0xDA;
    private static final int HUFFMAN_TABLES = 0xC4;
    private static final int RESTART_INTERVAL = 0xDD;
    private static final int BLOCK = 64;

    /** Encoders fill the last byte; some add one or two. */
    private static final int MOST_PADDING = 3;

    /** By class (DC, AC) and number; each code by 16 bits of look-ahead: its length times 256 and its value. */
    private final short[][] tables = new short[8][0];

    private final short[][] dc = new short[4][0];
    private final short[][] ac = new short[4][0];

    private ByteBuffer data = ByteBuffer.allocate(0);
    private int at;
    private int end;
    private int held;
    private int heldBits;
    private boolean ranOut;

    /** Of the bits held, those that were made up after the code had ended. */
    private int overdrawn;

    private int width;
    private int height;
    private int components;
    private final int[] ids = new int[4];
    private final int[] blocks = new int[4];
    private final int[] horizontal = new int[4];
    private final int[] vertical = new int[4];
    private int restartEvery;
    private boolean readable;
    private boolean tablesInPicture;

    /**
     * Looks through a packet.
     *
     * @param packet one picture, or two that are its fields, from position to limit; stays as it is
     * @return false if its code breaks off, makes no sense or is left over, or its end is missing
     */
    boolean isWhole(ByteBuffer packet) {
        data = packet;
        at = packet.position();
        end = packet.limit();
        readable = false;
        restartEvery = 0;
        tablesInPicture = false;
        boolean scanned = false;
        while (true) {
            int marker = nextMarker();
            if (marker < 0) {
                return false;
            }
            if (marker == END_OF_IMAGE) {
                return scanned;
            }
            if (marker == START_OF_IMAGE || marker == 0x01 || marker >= 0xD0 && marker <= 0xD7) {
                continue;
            }
            if (at + 2 > end) {
                return false;
            }
            int length = unsignedShort(at);
            int next = at + length;
            if (length < 2 || next > end) {
                return false;
            }
            if (marker == HUFFMAN_TABLES) {
                readTables(at + 2, next);
            } else if (marker == RESTART_INTERVAL && length >= 4) {
                restartEvery = unsignedShort(at + 2);
            } else if (marker >= 0xC0 && marker <= 0xCF && marker != 0xC8 && marker != 0xCC) {
                readFrame(marker, at + 2, next);
            } else if (marker == START_OF_SCAN) {
                int header = at + 2;
                at = next;
                if (readable && tablesInPicture && hasOneScan(header, next)) {
                    if (!readsWholeScan()) {
                        return false;
                    }
                } else {
                    skipScan();
                }
                scanned = true;
                continue;
            }
            at = next;
        }
    }

    private int nextMarker() {
        while (at + 1 < end) {
            if (data.get(at) == (byte) 0xFF) {
                int code = data.get(at + 1) & 0xff;
                if (code != 0 && code != 0xFF) {
                    at += 2;
                    return code;
                }
            }
            at++;
        }
        return -1;
    }

    private int unsignedShort(int index) {
        return (data.get(index) & 0xff) << 8 | data.get(index + 1) & 0xff;
    }

    /** B.2.4.2. */
    private void readTables(int from, int to) {
        int index = from;
        while (index + 17 <= to) {
            int which = data.get(index) & 0xff;
            int slot = (which >> 4 & 1) * 4 + (which & 3);
            short[] table = tables[slot].length == 0 ? new short[1 << 16] : tables[slot];
            Arrays.fill(table, (short) 0);
            int value = index + 17;
            int code = 0;
            for (int length = 1; length <= 16; length++) {
                int count = data.get(index + length) & 0xff;
                for (int i = 0; i < count && value < to && code < 1 << length; i++) {
                    short entry = (short) (length << 8 | data.get(value) & 0xff);
                    int first = code << 16 - length;
                    Arrays.fill(table, first, first + (1 << 16 - length), entry);
                    code++;
                    value++;
                }
                code <<= 1;
            }
            tables[slot] = table;
            index = value;
            tablesInPicture = true;
        }
    }

    /** B.2.2. */
    private void readFrame(int marker, int from, int to) {
        readable = false;
        if (marker > 0xC1 || from + 6 > to || data.get(from) != 8) {
            return;
        }
        height = unsignedShort(from + 1);
        width = unsignedShort(from + 3);
        components = data.get(from + 5) & 0xff;
        if (components < 1 || components > 4 || from + 6 + 3 * components > to || width == 0 || height == 0) {
            return;
        }
        for (int i = 0; i < components; i++) {
            ids[i] = data.get(from + 6 + 3 * i) & 0xff;
            int sampling = data.get(from + 7 + 3 * i) & 0xff;
            horizontal[i] = sampling >> 4;
            vertical[i] = sampling & 15;
            if (horizontal[i] < 1 || vertical[i] < 1 || horizontal[i] > 4 || vertical[i] > 4) {
                return;
            }
        }
        readable = true;
    }

    /** Whether this scan has all components, and their tables are known. */
    private boolean hasOneScan(int header, int headerEnd) {
        int count = data.get(header) & 0xff;
        if (count != components || header + 1 + 2 * count > headerEnd) {
            return false;
        }
        for (int i = 0; i < count; i++) {
            int chosen = data.get(header + 2 + 2 * i) & 0xff;
            dc[i] = tables[chosen >> 4 & 3];
            ac[i] = tables[4 + (chosen & 3)];
            if (dc[i].length == 0 || ac[i].length == 0 || (data.get(header + 1 + 2 * i) & 0xff) != ids[i]) {
                return false;
            }
            blocks[i] = count == 1 ? 1 : horizontal[i] * vertical[i];
        }
        return true;
    }

    /** All blocks of all components. */
    private boolean readsWholeScan() {
        int count = components;
        int most = Arrays.stream(horizontal, 0, components).max().orElse(1);
        int mostRows = Arrays.stream(vertical, 0, components).max().orElse(1);
        int unitWidth = count == 1 ? 8 : 8 * most;
        int unitHeight = count == 1 ? 8 : 8 * mostRows;
        long units = (long) ((width + unitWidth - 1) / unitWidth) * ((height + unitHeight - 1) / unitHeight);
        restart();
        for (long unit = 0; unit < units; unit++) {
            if (restartEvery > 0 && unit > 0 && unit % restartEvery == 0 && !readsRestart()) {
                return false;
            }
            for (int i = 0; i < count; i++) {
                for (int block = 0; block < blocks[i]; block++) {
                    if (!readsBlock(dc[i], ac[i])) {
                        return false;
                    }
                }
            }
        }
        return endsHere();
    }

    /** F.2.2: the sizes are needed, the values are not. */
    private boolean readsBlock(short[] dc, short[] ac) {
        int symbol = symbol(dc);
        if (symbol < 0 || symbol > 15) {
            return false;
        }
        skip(symbol);
        int k = 1;
        while (k < BLOCK) {
            symbol = symbol(ac);
            if (symbol < 0) {
                return false;
            }
            int size = symbol & 15;
            int run = symbol >> 4;
            if (size == 0) {
                if (run != 15) {
                    return !ranOut;
                }
                k += 16;
                if (k > BLOCK) {
                    return false;
                }
            } else {
                k += run + 1;
                if (k > BLOCK) {
                    return false;
                }
                skip(size);
            }
        }
        return !ranOut;
    }

    private void restart() {
        held = 0;
        heldBits = 0;
        overdrawn = 0;
        ranOut = false;
    }

    private boolean readsRestart() {
        if (!endsHere()) {
            return false;
        }
        int marker = data.get(at + 1) & 0xff;
        at += 2;
        restart();
        return marker >= 0xD0 && marker <= 0xD7;
    }

    /** Whether a marker comes next, but for some padding. */
    private boolean endsHere() {
        // Bytes that were taken ahead and not used are padding as well.
        int padding = Math.max(0, heldBits - overdrawn) / 8;
        while (at + 1 < end) {
            if (data.get(at) == (byte) 0xFF) {
                int code = data.get(at + 1) & 0xff;
                if (code != 0 && code != 0xFF) {
                    return padding <= MOST_PADDING;
                }
            }
            at++;
            padding++;
        }
        return false;
    }

    private int symbol(short[] table) {
        fill();
        int entry = table[held >>> heldBits - 16 & 0xffff];
        int length = entry >> 8;
        if (length == 0) {
            return -1;
        }
        take(length);
        return entry & 0xff;
    }

    private void skip(int count) {
        fill();
        take(count);
    }

    private void take(int count) {
        heldBits -= count;
        if (heldBits < overdrawn) {
            ranOut = true;
        }
    }

    /** At least 16 bits; behind the end, ones. */
    private void fill() {
        while (heldBits < 16) {
            int value = 0xff;
            boolean there = false;
            if (at < end) {
                value = data.get(at) & 0xff;
                if (value != 0xff) {
                    at++;
                    there = true;
                } else if (at + 1 < end && data.get(at + 1) == 0) {
                    at += 2;
                    there = true;
                }
            }
            held = held << 8 | value;
            heldBits += 8;
            overdrawn = there ? 0 : overdrawn + 8;
        }
    }

    private void skipScan() {
        while (at + 1 < end) {
            if (data.get(at) == (byte) 0xFF) {
                int code = data.get(at + 1) & 0xff;
                if (code != 0 && (code < 0xD0 || code > 0xD7) && code != 0xFF) {
                    return;
                }
            }
            at++;
        }
    }
}
