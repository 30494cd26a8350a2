package org.emotion4j.ffmpeg;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * H.264 (ITU-T H.264, 7.3 and 7.4): reference pictures are numbered by {@code frame_num}, and a gap is a loss unless the
 * sequence allows gaps. A recovery point may say that pictures are whole only some frames later, where a moving stripe is
 * renewed instead of whole pictures.
 */
final class H264Headers implements PictureHeaders {
    private static final int SLICE = 1;
    private static final int PARTITION = 2;
    private static final int IDR_SLICE = 5;
    private static final int SEI = 6;
    private static final int SEQUENCE = 7;
    private static final int PICTURE = 8;

    private final Map<Integer, Sequence> sequences = new HashMap<>();
    private final Map<Integer, Integer> sequenceOfPicture = new HashMap<>();

    /** Bytes of the length before each NAL unit, or 0 where start codes separate them. */
    private int lengthBytes;

    private int previousReference = -1;
    private boolean broken;
    private boolean afterLoss;
    private boolean reference = true;
    private boolean idr;
    private int recoveryFrames = -1;

    /** The number of the frame with which a recovery is complete, or -1 where none goes on. */
    private int recoversAt = -1;

    private int modulus;
    private int frameNumber;

    /** @param extraData the codec's parameters from the container: avcC, NAL units with start codes, or nothing */
    H264Headers(ByteBuffer extraData) {
        extraData.order(ByteOrder.BIG_ENDIAN);
        if (extraData.remaining() > 6 && extraData.get(extraData.position()) == 1) {
            readAvcC(extraData);
        } else {
            eachUnit(extraData);
        }
    }

    /** ISO/IEC 14496-15, 5.3.3.1.2. */
    private void readAvcC(ByteBuffer data) {
        int at = data.position();
        lengthBytes = (data.get(at + 4) & 3) + 1;
        at += 5;
        for (int set = 0; set < 2; set++) {
            if (at >= data.limit()) {
                return;
            }
            int count = data.get(at) & (set == 0 ? 0x1f : 0xff);
            at++;
            for (int i = 0; i < count && at + 2 <= data.limit(); i++) {
                int size = data.getShort(at) & 0xffff;
                at += 2;
                if (at + size > data.limit()) {
                    return;
                }
                unit(data, at, at + size);
                at += size;
            }
        }
    }

    @Override
    public void read(ByteBuffer packet) {
        afterLoss = false;
        idr = false;
        reference = true;
        recoveryFrames = -1;
        broken = NalUnits.areBroken(packet, lengthBytes);
        eachUnit(packet);
    }

    /** Up to the first slice, whose header has all that is needed. */
    private void eachUnit(ByteBuffer data) {
        int at = data.position();
        int end = data.limit();
        if (lengthBytes > 0) {
            while (at + lengthBytes < end) {
                long size = NalUnits.length(data, at, lengthBytes);
                at += lengthBytes;
                if (size > end - at || unit(data, at, at + (int) size)) {
                    return;
                }
                at += (int) size;
            }
            return;
        }
        int start = afterStartCode(data, at, end);
        while (start < end) {
            int next = afterStartCode(data, start, end);
            if (unit(data, start, next)) {
                return;
            }
            start = next;
        }
    }

    private static int afterStartCode(ByteBuffer data, int from, int end) {
        for (int at = from; at + 3 < end; at++) {
            if (data.get(at) == 0 && data.get(at + 1) == 0 && data.get(at + 2) == 1) {
                return at + 3;
            }
        }
        return end;
    }

    /** Returns whether this was a slice. */
    private boolean unit(ByteBuffer data, int from, int to) {
        if (from >= to) {
            return false;
        }
        int header = data.get(from);
        BitReader bits = new BitReader(data, from + 1, to);
        switch (header & 0x1f) {
            case SEQUENCE -> sequence(bits);
            case PICTURE -> sequenceOfPicture.put(bits.unsigned(), bits.unsigned());
            case SEI -> supplement(bits);
            case SLICE, PARTITION, IDR_SLICE -> {
                slice(bits, (header & 0x1f) == IDR_SLICE, (header >> 5 & 3) != 0);
                return true;
            }
            default -> {
                // says nothing of other pictures
            }
        }
        return false;
    }

    /** 7.3.2.1.1, up to the flags that matter. */
    private void sequence(BitReader bits) {
        int profile = bits.bits(8);
        bits.bits(16);
        int id = bits.unsigned();
        boolean separatePlanes = false;
        switch (profile) {
            case 100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135 -> {
                int chroma = bits.unsigned();
                separatePlanes = chroma == 3 && bits.bit() == 1;
                bits.unsigned();
                bits.unsigned();
                bits.bit();
                if (bits.bit() == 1) {
                    for (int i = 0; i < (chroma == 3 ? 12 : 8); i++) {
                        if (bits.bit() == 1) {
                            scalingList(bits, i < 6 ? 16 : 64);
                        }
                    }
                }
            }
            default -> {
                // these fields are not there
            }
        }
        int frameNumberBits = bits.unsigned() + 4;
        int orderType = bits.unsigned();
        if (orderType == 0) {
            bits.unsigned();
        } else if (orderType == 1) {
            bits.bit();
            bits.signed();
            bits.signed();
            int cycle = Math.min(255, bits.unsigned());
            for (int i = 0; i < cycle; i++) {
                bits.signed();
            }
        }
        bits.unsigned();
        boolean gaps = bits.bit() == 1;
        if (frameNumberBits <= 16 && !bits.isBehindEnd()) {
            sequences.put(id, new Sequence(frameNumberBits, separatePlanes, gaps));
        }
    }

    /** 7.3.2.1.1.1. */
    private static void scalingList(BitReader bits, int size) {
        int last = 8;
        int next = 8;
        for (int i = 0; i < size; i++) {
            if (next != 0) {
                next = (last + bits.signed() + 256) & 0xff;
            }
            last = next == 0 ? last : next;
        }
    }

    /** 7.3.2.3: messages of a type and a size; the recovery point is number 6 (D.1.8). */
    private void supplement(BitReader bits) {
        while (!bits.isBehindEnd()) {
            int type = number(bits);
            int size = number(bits);
            if (bits.isBehindEnd()) {
                return;
            }
            if (type == 6) {
                recoveryFrames = bits.unsigned();
                return;
            }
            for (int i = 0; i < size && !bits.isBehindEnd(); i++) {
                bits.bits(8);
            }
        }
    }

    private static int number(BitReader bits) {
        int value = 0;
        int part = bits.bits(8);
        while (part == 255 && !bits.isBehindEnd()) {
            value += part;
            part = bits.bits(8);
        }
        return value + part;
    }

    /** 7.3.3, its first fields. */
    private void slice(BitReader bits, boolean isIdr, boolean isReference) {
        bits.unsigned();
        bits.unsigned();
        Sequence sequence = sequenceOf(bits.unsigned());
        idr = isIdr;
        reference = isReference;
        if (sequence == null) {
            previousReference = -1;
            recoversAt = -1;
            return;
        }
        if (sequence.separatePlanes()) {
            bits.bits(2);
        }
        int number = bits.bits(sequence.frameNumberBits());
        modulus = 1 << sequence.frameNumberBits();
        if (previousReference >= 0 && !isIdr && !sequence.gapsAllowed()) {
            int step = Math.floorMod(number - previousReference, modulus);
            afterLoss = step > 1;
        }
        frameNumber = number;
        if (isReference) {
            previousReference = number;
        }
    }

    private @Nullable Sequence sequenceOf(int picture) {
        Integer sequence = sequenceOfPicture.get(picture);
        return sequence == null ? null : sequences.get(sequence);
    }

    @Override
    public boolean isAfterLoss() {
        return afterLoss;
    }

    @Override
    public boolean isBroken() {
        return broken;
    }

    @Override
    public boolean isReference() {
        return reference;
    }

    @Override
    public boolean isEntry(boolean key) {
        if (idr) {
            recoversAt = -1;
            return true;
        }
        if (recoveryFrames > 0 && modulus > 0) {
            // Counted from the first such point after a loss; a later one can only be later.
            if (recoversAt < 0) {
                recoversAt = (frameNumber + recoveryFrames) % modulus;
            }
            return false;
        }
        if (recoversAt >= 0 && frameNumber == recoversAt) {
            recoversAt = -1;
            return true;
        }
        return recoveryFrames == 0 || recoveryFrames < 0 && key && recoversAt < 0;
    }

    /** A recovery that was begun before does not hold. */
    @Override
    public void afterDamage() {
        recoversAt = -1;
    }

    @Override
    public void reset() {
        previousReference = -1;
        recoversAt = -1;
    }

    private record Sequence(int frameNumberBits, boolean separatePlanes, boolean gapsAllowed) {}
}
