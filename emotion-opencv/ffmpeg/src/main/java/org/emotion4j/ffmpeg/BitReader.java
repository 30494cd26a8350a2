package org.emotion4j.ffmpeg;

import java.nio.ByteBuffer;

/** The bits of one NAL unit of H.264, without the bytes that only keep start codes out of it. */
final class BitReader {
    private final ByteBuffer bytes;
    private final int end;
    private int at;
    private int zeros;
    private int current;
    private int left;

    /** From an index to another, exclusive. */
    BitReader(ByteBuffer bytes, int from, int to) {
        this.bytes = bytes;
        this.at = from;
        this.end = to;
    }

    /** The next bit; behind the end, ones, so that no number grows for ever. */
    int bit() {
        if (left == 0) {
            if (zeros >= 2 && at < end && bytes.get(at) == 3) {
                at++;
                zeros = 0;
            }
            current = at < end ? bytes.get(at) & 0xff : 0xff;
            zeros = current == 0 ? zeros + 1 : 0;
            at++;
            left = 8;
        }
        left--;
        return current >> left & 1;
    }

    int bits(int count) {
        int value = 0;
        for (int i = 0; i < count; i++) {
            value = value << 1 | bit();
        }
        return value;
    }

    /** An unsigned number in Exp-Golomb code (H.264, 9.1). */
    int unsigned() {
        int length = 0;
        while (length < 31 && bit() == 0) {
            length++;
        }
        return (1 << length) - 1 + bits(length);
    }

    /** A signed one. */
    int signed() {
        int code = unsigned();
        return (code & 1) == 1 ? (code + 1) / 2 : -code / 2;
    }

    boolean isBehindEnd() {
        return at > end;
    }
}
