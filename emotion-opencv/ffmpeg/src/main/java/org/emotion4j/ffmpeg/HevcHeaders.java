package org.emotion4j.ffmpeg;

import java.nio.ByteBuffer;

/**
 * HEVC (ITU-T H.265, 7.3.1 and 7.4.2): each picture lists those that it is made from, so FFmpeg notices a loss by itself.
 * What is left is a hole in the data, which it decodes as if it were a picture.
 */
final class HevcHeaders implements PictureHeaders {
    private static final int LENGTH_AT = 21;
    private static final int FIRST_REFERENCE_ONLY = 16;
    private static final int FIRST_NOT_A_SLICE = 32;

    private final int lengthBytes;

    private boolean broken;
    private boolean reference;
    private boolean layered;

    /** @param extraData the codec's parameters from the container: hvcC, NAL units with start codes, or nothing */
    HevcHeaders(ByteBuffer extraData) {
        boolean record = extraData.remaining() > LENGTH_AT && extraData.get(extraData.position()) == 1;
        lengthBytes = record ? (extraData.get(extraData.position() + LENGTH_AT) & 3) + 1 : 0;
    }

    @Override
    public void read(ByteBuffer packet) {
        broken = NalUnits.areBroken(packet, lengthBytes);
        reference = true;
        int at = firstSlice(packet);
        if (at >= 0) {
            int type = packet.get(at) >> 1 & 0x3f;
            layered |= (packet.get(at + 1) & 7) > 1;
            // Without layers, pictures of an even type below 16 are used by no other.
            reference = layered || type >= FIRST_REFERENCE_ONLY || (type & 1) == 1;
        }
    }

    private int firstSlice(ByteBuffer data) {
        int at = data.position();
        int end = data.limit();
        while (lengthBytes > 0 && at + lengthBytes + 2 <= end) {
            long size = NalUnits.length(data, at, lengthBytes);
            at += lengthBytes;
            if (size < 2 || size > end - at) {
                return -1;
            }
            if (isSlice(data.get(at))) {
                return at;
            }
            at += (int) size;
        }
        for (; lengthBytes == 0 && at + 5 <= end; at++) {
            if (data.get(at) == 0 && data.get(at + 1) == 0 && data.get(at + 2) == 1 && isSlice(data.get(at + 3))) {
                return at + 3;
            }
        }
        return -1;
    }

    private static boolean isSlice(byte header) {
        return (header >> 1 & 0x3f) < FIRST_NOT_A_SLICE;
    }

    @Override
    public boolean isBroken() {
        return broken;
    }

    @Override
    public boolean isReference() {
        return reference;
    }
}
