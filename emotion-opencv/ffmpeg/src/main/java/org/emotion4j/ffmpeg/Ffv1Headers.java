package org.emotion4j.ffmpeg;

import java.nio.ByteBuffer;

/**
 * FFV1 (RFC 9043, 4.8 and 4.9): each slice ends with its length and, where the encoder was asked to, with a checksum. FFmpeg's
 * decoder computes it, and where it is wrong paints the slice over from the picture before without telling.
 */
final class Ffv1Headers implements PictureHeaders {
    private static final int LENGTH_BYTES = 3;
    /** Length, a byte of status, checksum. */
    private static final int FOOTER = 8;

    private static final int POLYNOMIAL = 0x04C11DB7;
    private static final int[] TABLE = table();

    private boolean hasChecksums;
    private boolean broken;

    @Override
    public void read(ByteBuffer packet) {
        int start = packet.position();
        int end = packet.limit();
        boolean right = end - start > FOOTER;
        while (right && end > start) {
            if (end - start <= FOOTER) {
                right = false;
                break;
            }
            int length = 0;
            for (int i = 0; i < LENGTH_BYTES; i++) {
                length = length << 8 | packet.get(end - FOOTER + i) & 0xff;
            }
            int from = end - FOOTER - length;
            right = from >= start && checksum(packet, from, end) == 0;
            end = from;
        }
        hasChecksums |= right;
        broken = hasChecksums && !right;
    }

    @Override
    public boolean isBroken() {
        return broken;
    }

    /** Over a slice with its own checksum it is zero. */
    static int checksum(ByteBuffer data, int from, int to) {
        int sum = 0;
        for (int i = from; i < to; i++) {
            sum = sum << 8 ^ TABLE[(sum >>> 24 ^ data.get(i)) & 0xff];
        }
        return sum;
    }

    private static int[] table() {
        int[] table = new int[256];
        for (int i = 0; i < table.length; i++) {
            int value = i << 24;
            for (int bit = 0; bit < 8; bit++) {
                value = value < 0 ? value << 1 ^ POLYNOMIAL : value << 1;
            }
            table[i] = value;
        }
        return table;
    }
}
