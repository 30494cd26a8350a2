package org.emotion4j.opencv;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.emotion4j.frame.FrameUnreadableException;

/**
 * Looks through the strips or tiles of a TIFF's first picture (TIFF 6.0): whether the data of each comes to as many bytes as
 * its pixels need. LZW, Deflate, PackBits, JPEG and no compression are looked at; fax compression, which photographs do not
 * have, is left to the decoder.
 */
final class TiffStrips {
    private static final int NONE = 1;
    private static final int LZW = 5;
    private static final int JPEG = 7;
    private static final int DEFLATE = 8;
    private static final int OLD_DEFLATE = 32946;
    private static final int PACK_BITS = 32773;

    private static final int YCBCR = 6;

    /** What writers leave at the end of a strip: an end code, the rest of a byte, bytes to an even address. */
    private static final int MAX_PADDING = 16;

    /** All tags that are asked for below. */
    private static final Set<Integer> USED =
            Set.of(256, 257, 258, 259, 262, 266, 273, 277, 278, 279, 284, 322, 323, 324, 325, 347, 530);

    /** Writers may use one blank part again; a file whose every part is all of it takes the square of its size to read. */
    private static final long MOST_SHARED = 4;

    private final String origin;
    private final ByteBuffer file;
    private final Map<Integer, long[]> tags = new HashMap<>();
    private final byte[] scratch = new byte[8_192];

    private TiffStrips(String origin, ByteBuffer file) {
        this.origin = origin;
        boolean little = file.get(0) == 'I';
        this.file = file.duplicate().order(little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    }

    /**
     * Checks the first picture.
     *
     * @throws FrameUnreadableException if its data is damaged
     */
    static void check(String origin, ByteBuffer file) throws FrameUnreadableException {
        TiffStrips strips = new TiffStrips(origin, file);
        try {
            strips.readDirectory();
            strips.checkAll();
        } catch (IndexOutOfBoundsException | ArithmeticException e) {
            throw strips.damaged("a part of it reaches past its end");
        }
    }

    /** Of a tag that is there more than once the first one counts, as for libtiff. */
    private void readDirectory() {
        int directory = Math.toIntExact(u32(4));
        int entries = u16(directory);
        for (int i = 0; i < entries; i++) {
            int entry = directory + 2 + 12 * i;
            int type = u16(entry + 2);
            int bytes = type == 3 ? 2 : type == 4 ? 4 : type == 1 || type == 7 ? 1 : 0;
            long count = u32(entry + 4);
            int tag = u16(entry);
            if (bytes > 0 && count * bytes <= file.limit() && USED.contains(tag) && !tags.containsKey(tag)) {
                tags.put(tag, values(entry + 8, bytes, (int) count));
            }
        }
    }

    private long[] values(int field, int bytes, int count) {
        int at = bytes * count <= 4 ? field : (int) Math.min(Integer.MAX_VALUE, u32(field));
        long[] values = new long[count];
        for (int i = 0; i < count; i++) {
            values[i] = bytes == 1 ? u8(at + i) : bytes == 2 ? u16(at + 2 * i) : u32(at + 4 * i);
        }
        return values;
    }

    private long tag(int number, long otherwise) {
        long[] values = tags.get(number);
        return values == null || values.length == 0 ? otherwise : values[0];
    }

    private void checkAll() throws FrameUnreadableException {
        boolean tiled = tags.containsKey(322);
        long[] offsets = tags.getOrDefault(tiled ? 324 : 273, new long[0]);
        long[] counts = tags.getOrDefault(tiled ? 325 : 279, new long[0]);
        if (offsets.length == 0 || counts.length != offsets.length) {
            return; // the decoder works out what is missing, or refuses
        }
        long width = tag(tiled ? 322 : 256, 0);
        long height = tag(257, 0);
        long rows = tiled ? tag(323, 0) : Math.min(height, tag(278, height));
        if (width < 1 || rows < 1) {
            throw damaged("its parts have no size");
        }
        if (Arrays.stream(counts).sum() > MOST_SHARED * file.limit()) {
            throw damaged("its parts lie over one another");
        }
        // Where planes are apart, their strips follow one another: first all of one plane.
        long down = tiled ? 1 : (height + rows - 1) / rows;
        for (int i = 0; i < offsets.length; i++) {
            long here = tiled ? rows : Math.min(rows, height - i % down * rows);
            ByteBuffer strip = file.slice(Math.toIntExact(offsets[i]), Math.toIntExact(counts[i]));
            if (!isWhole(strip, bytes(width, here), here == rows)) {
                throw damaged("the data of strip " + (i + 1) + " of " + offsets.length + " makes no pixels");
            }
        }
    }

    /** How many bytes so many rows need. */
    private long bytes(long width, long rows) {
        long bits = tag(258, 1);
        long samples = tag(284, 1) == 2 ? 1 : tag(277, 1);
        if (tag(262, 0) == YCBCR && samples == 3) {
            long[] reduced = tags.getOrDefault(530, new long[] {2, 2});
            long across = Math.max(1, reduced[0]);
            long down = Math.max(1, reduced[reduced.length - 1]);
            return ((width + across - 1) / across * (across * down + 2) * bits + 7) / 8 * ((rows + down - 1) / down);
        }
        return (width * samples * bits + 7) / 8 * rows;
    }

    /** A last strip may be followed by rows that the picture does not have. */
    private boolean isWhole(ByteBuffer strip, long expected, boolean full) throws FrameUnreadableException {
        return switch ((int) tag(259, NONE)) {
            case NONE -> strip.limit() >= expected;
            case LZW -> isWholeLzw(strip, expected, full);
            case DEFLATE, OLD_DEFLATE -> isWholeDeflate(strip, expected);
            case PACK_BITS -> isWholePackBits(strip, expected);
            case JPEG -> isWholeJpeg(strip);
            default -> true;
        };
    }

    private boolean isWholeLzw(ByteBuffer strip, long expected, boolean full) {
        boolean reversed = tag(266, 1) == 2;
        boolean beforeTiff5 = strip.limit() > 1 && strip.get(0) == 0 && (strip.get(1) & 1) != 0;
        if (reversed || beforeTiff5) {
            return true; // kinds of the eighties, with the bits the other way round
        }
        MostSignificantFirst codes = new MostSignificantFirst(strip);
        return LzwStrings.ofTiff().count(codes, expected) == expected && (!full || codes.left() <= MAX_PADDING);
    }

    private boolean isWholeDeflate(ByteBuffer strip, long expected) {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(strip);
            long bytes = 0;
            while (!inflater.finished()) {
                int count = inflater.inflate(scratch);
                if (count == 0 && !inflater.finished()) {
                    return false;
                }
                bytes += count;
            }
            return bytes >= expected;
        } catch (DataFormatException e) {
            return false;
        } finally {
            inflater.end();
        }
    }

    private static boolean isWholePackBits(ByteBuffer strip, long expected) {
        long bytes = 0;
        int at = 0;
        while (at < strip.limit() && bytes < expected) {
            int count = strip.get(at++);
            if (count >= 0) {
                at += count + 1;
                bytes += count + 1;
            } else if (count != Byte.MIN_VALUE) {
                at++;
                bytes += 1 - count;
            }
        }
        return bytes >= expected && at <= strip.limit();
    }

    /** Its tables stand in a tag of their own, which ends where the strip's own markers begin. */
    private boolean isWholeJpeg(ByteBuffer strip) throws FrameUnreadableException {
        long[] tables = tags.getOrDefault(347, new long[0]);
        int shared = Math.max(2, tables.length - 2);
        if (strip.limit() < 4) {
            return false;
        }
        ByteBuffer whole = ByteBuffer.allocate(shared + strip.limit() - 2);
        whole.put((byte) 0xFF).put((byte) 0xD8);
        for (int i = 2; i < shared; i++) {
            whole.put((byte) tables[i]);
        }
        whole.put(strip.slice(2, strip.limit() - 2)).flip();
        JpegScans.check(origin, whole);
        return true;
    }

    private FrameUnreadableException damaged(String what) {
        return new FrameUnreadableException(origin, "the TIFF is damaged: " + what + "; copy it again");
    }

    private int u8(int at) {
        return file.get(at) & 0xFF;
    }

    private int u16(int at) {
        return file.getShort(at) & 0xFFFF;
    }

    private long u32(int at) {
        return file.getInt(at) & 0xFFFF_FFFFL;
    }

    /** Codes whose highest bit comes first. */
    private static final class MostSignificantFirst implements LzwStrings.Codes {
        private final byte[] strip;
        private int at;
        private long bits;
        private int bitCount;

        MostSignificantFirst(ByteBuffer strip) {
            this.strip = new byte[strip.limit()];
            strip.get(0, this.strip);
        }

        @Override
        public int next(int length) {
            while (bitCount < length) {
                if (at == strip.length) {
                    return LzwStrings.NO_MORE;
                }
                bits = bits << 8 | strip[at++] & 0xFF;
                bitCount += 8;
            }
            bitCount -= length;
            return (int) (bits >>> bitCount) & (1 << length) - 1;
        }

        int left() {
            return strip.length - at;
        }
    }
}
