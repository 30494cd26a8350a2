package org.emotion4j.opencv;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.emotion4j.frame.FrameUnreadableException;

/** Looks through the first picture of a GIF, which is the one that is read (GIF89a, sections 20 to 26). */
final class GifPicture {
    private static final int HEADER = 13;

    private final ByteBuffer file;
    private int at = HEADER;
    private int blockEnd;
    private long bits;
    private int bitCount;

    private GifPicture(ByteBuffer file) {
        this.file = file.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Checks that its data comes to as many samples as it has pixels.
     *
     * @throws FrameUnreadableException if it does not
     */
    static void check(String origin, ByteBuffer file) throws FrameUnreadableException {
        try {
            if (new GifPicture(file).isWhole()) {
                return;
            }
        } catch (IndexOutOfBoundsException e) {
            throw new FrameUnreadableException(
                    origin, "the GIF is damaged: it ends within its picture; copy it again", e);
        }
        throw new FrameUnreadableException(
                origin, "the GIF is damaged: its data makes no whole picture; copy it again");
    }

    private boolean isWhole() {
        skipColors(u8(10));
        while (u8(at) == 0x21) {
            at += 2;
            skipBlocks();
        }
        if (u8(at) != 0x2C) {
            return false;
        }
        long pixels = (long) (file.getShort(at + 5) & 0xFFFF) * (file.getShort(at + 7) & 0xFFFF);
        int flags = u8(at + 9);
        at += 10;
        skipColors(flags);
        int literalBits = u8(at++);
        if (literalBits < 1 || literalBits > 8) {
            return false;
        }
        blockEnd = at;
        return LzwStrings.ofGif(literalBits).count(this::code, pixels) == pixels && onlyTheEndIsLeft();
    }

    private void skipColors(int flags) {
        if ((flags & 0x80) != 0) {
            at += 3 << (flags & 7) + 1;
        }
    }

    private void skipBlocks() {
        while (u8(at) != 0) {
            at += 1 + u8(at);
        }
        at++;
    }

    private int code(int length) {
        while (bitCount < length) {
            if (at == blockEnd) {
                int size = u8(at);
                if (size == 0) {
                    return LzwStrings.NO_MORE;
                }
                at++;
                blockEnd = at + size;
            }
            bits |= (long) u8(at++) << bitCount;
            bitCount += 8;
        }
        int code = (int) bits & (1 << length) - 1;
        bits >>>= length;
        bitCount -= length;
        return code;
    }

    /** An end code and the rest of its byte; some programs leave the code out, or write a clear code before it. */
    private boolean onlyTheEndIsLeft() {
        int bytes = blockEnd - at;
        at = blockEnd;
        while (u8(at) != 0) {
            bytes += u8(at);
            at += 1 + u8(at);
        }
        return bytes <= 4;
    }

    private int u8(int index) {
        return file.get(index) & 0xFF;
    }
}
