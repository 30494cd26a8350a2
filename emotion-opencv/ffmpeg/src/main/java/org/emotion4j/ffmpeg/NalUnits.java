package org.emotion4j.ffmpeg;

import java.nio.ByteBuffer;

/**
 * The units that packets of H.264 and HEVC consist of (ITU-T H.264, 7.3.1 and annex B). No unit has three zero bytes in a
 * row, because encoders put a byte between them: where there are some, a part of the file was not written or is lost.
 */
final class NalUnits {
    private NalUnits() {}

    /**
     * Looks for what no encoder writes.
     *
     * @param data a packet, from position to limit
     * @param lengthBytes how many bytes before each unit are its length, or 0 where start codes separate them
     */
    static boolean areBroken(ByteBuffer data, int lengthBytes) {
        int at = data.position();
        int end = data.limit();
        if (lengthBytes == 0) {
            return hasHole(data, at, end, true);
        }
        while (at + lengthBytes <= end) {
            long size = length(data, at, lengthBytes);
            at += lengthBytes;
            if (size > end - at) {
                return true;
            }
            if (hasHole(data, at, at + (int) size, false)) {
                return true;
            }
            at += (int) size;
        }
        return false;
    }

    static long length(ByteBuffer data, int at, int lengthBytes) {
        long size = 0;
        for (int i = 0; i < lengthBytes; i++) {
            size = size << 8 | data.get(at + i) & 0xff;
        }
        return size;
    }

    /** Some muxers leave a few zeros behind a unit; between start codes, any number is allowed. */
    private static boolean hasHole(ByteBuffer data, int from, int to, boolean startCodes) {
        int at = from + 1;
        while (at < to) {
            // Of three zeros in a row, one is at every other place.
            if (data.get(at) != 0) {
                at += 2;
                continue;
            }
            int first = data.get(at - 1) == 0 ? at - 1 : at;
            int next = at + 1;
            while (next < to && data.get(next) == 0) {
                next++;
            }
            if (next - first >= 3) {
                boolean fill = next == to ? startCodes || next - first <= 8 : startCodes && data.get(next) == 1;
                if (!fill) {
                    return true;
                }
            }
            at = next + 1;
        }
        return false;
    }
}
