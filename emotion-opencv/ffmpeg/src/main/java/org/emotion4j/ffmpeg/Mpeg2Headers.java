package org.emotion4j.ffmpeg;

import java.nio.ByteBuffer;

/**
 * MPEG-1 and MPEG-2 (ISO/IEC 13818-2, 6.2.3 and 6.3.9): pictures are numbered within their group in the order in which they
 * are shown, {@code temporal_reference}. Pictures that others are made from (I and P) come first in the file, those between
 * them (B) after.
 */
final class Mpeg2Headers implements PictureHeaders {
    private static final int PICTURE_CODE = 0x00;
    private static final int GROUP_CODE = 0xB8;
    private static final int TYPE_P = 2;
    private static final int TYPE_B = 3;
    private static final int MODULUS = 1_024;

    private int anchor = -1;
    private int anchorBefore = -1;
    private boolean between;
    private boolean lost;
    private boolean before;
    private boolean anchorIsPredicted;
    private int type;

    @Override
    public void read(ByteBuffer packet) {
        lost = false;
        before = false;
        type = 0;
        int end = packet.limit();
        for (int at = packet.position(); at + 5 < end; at++) {
            if (packet.get(at) != 0 || packet.get(at + 1) != 0 || packet.get(at + 2) != 1) {
                continue;
            }
            int code = packet.get(at + 3) & 0xff;
            if (code == GROUP_CODE) {
                anchor = -1;
                anchorBefore = -1;
            } else if (code == PICTURE_CODE) {
                int bits = (packet.get(at + 4) & 0xff) << 8 | packet.get(at + 5) & 0xff;
                picture(bits >> 6, bits >> 3 & 7);
                return;
            }
        }
    }

    private void picture(int number, int codingType) {
        type = codingType;
        if (codingType == TYPE_B) {
            between = true;
            // Not between the two that it is made from: one of them is not there.
            lost = anchor >= 0 && ahead(anchor, number) || anchorBefore >= 0 && ahead(number, anchorBefore);
            return;
        }
        if (anchor == number) {
            // the second field
            return;
        }
        boolean gap = anchor >= 0 && anchorBefore >= 0 && Math.floorMod(anchor - anchorBefore, MODULUS) > 1;
        if (gap && !between && anchorIsPredicted) {
            lost = true;
            before = true;
        }
        // Counted from nought again: the beginning of the group is not there.
        lost |= anchor >= 0 && !ahead(anchor, number);
        anchorIsPredicted = codingType == TYPE_P;
        anchorBefore = anchor;
        anchor = number;
        between = false;
    }

    private static boolean ahead(int of, int number) {
        int step = Math.floorMod(number - of, MODULUS);
        return step > 0 && step < MODULUS / 2;
    }

    @Override
    public boolean isAfterLoss() {
        return lost;
    }

    @Override
    public boolean wasLossBefore() {
        return before;
    }

    @Override
    public boolean isReference() {
        return type != TYPE_B;
    }

    @Override
    public void reset() {
        anchor = -1;
        anchorBefore = -1;
        between = false;
    }
}
