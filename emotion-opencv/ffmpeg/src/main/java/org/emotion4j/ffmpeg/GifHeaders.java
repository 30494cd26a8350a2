package org.emotion4j.ffmpeg;

import java.nio.ByteBuffer;

/**
 * GIF (89a, sections 15 to 27): its pictures' data are blocks of a length each, with an empty one at their end. FFmpeg's
 * decoder paints what there is of a picture whose blocks run out.
 */
final class GifHeaders implements PictureHeaders {
    private static final int SIGNATURE = 6;
    private static final int SCREEN = 7;
    private static final int IMAGE = 10;
    private static final int EXTENSION_BLOCK = 0x21;
    private static final int IMAGE_BLOCK = 0x2C;
    private static final int TRAILER = 0x3B;

    private boolean broken;
    private boolean ended;

    @Override
    public void read(ByteBuffer packet) {
        broken = false;
        int at = packet.position();
        if (packet.remaining() > SIGNATURE + SCREEN && packet.get(at) == 'G') {
            at += SIGNATURE + SCREEN + tableBytes(packet.get(at + SIGNATURE + 4));
        }
        while (at < packet.limit() && !broken && !ended) {
            switch (packet.get(at) & 0xff) {
                case EXTENSION_BLOCK -> at = afterBlocks(packet, at + 2);
                case IMAGE_BLOCK ->
                    at = at + IMAGE > packet.limit()
                            ? afterBlocks(packet, packet.limit())
                            : afterBlocks(packet, at + IMAGE + tableBytes(packet.get(at + IMAGE - 1)) + 1);
                case TRAILER -> ended = true;
                // What is between blocks is passed over.
                default -> at++;
            }
        }
    }

    /** How long a table of colors is, by the flags before it. */
    private static int tableBytes(byte flags) {
        return (flags & 0x80) == 0 ? 0 : 3 << (flags & 7) + 1;
    }

    private int afterBlocks(ByteBuffer data, int from) {
        int at = from;
        while (at < data.limit()) {
            int length = data.get(at) & 0xff;
            at += 1 + length;
            if (length == 0) {
                return at;
            }
        }
        broken = true;
        return data.limit();
    }

    @Override
    public boolean isBroken() {
        return broken;
    }

    /** {@inheritDoc} A GIF has a trailer. */
    @Override
    public boolean lacksEnd() {
        return !ended;
    }

    @Override
    public void reset() {
        ended = false;
    }
}
