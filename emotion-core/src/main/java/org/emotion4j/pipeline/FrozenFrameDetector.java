package org.emotion4j.pipeline;

import java.nio.ByteBuffer;
import org.emotion4j.frame.Pixels;

/**
 * Detects a frozen camera: tells whether a picture is the very same as the one before, by a hash over 4,096 bytes spread over it. A camera that
 * sees anything at all never gives the same noise twice. Confined to one thread at a time.
 */
final class FrozenFrameDetector {
    private static final int SAMPLES = 4_096;

    /** FNV-1a, 64 bits (Fowler, Noll and Vo). */
    private static final long OFFSET_BASIS = 0xcbf29ce484222325L;

    private static final long PRIME = 0x100000001b3L;

    private long last;

    boolean isNew(Pixels picture) {
        long hash = hash(picture);
        boolean isNew = hash != last;
        last = hash;
        return isNew;
    }

    private static long hash(Pixels picture) {
        ByteBuffer pixels = picture.pixels();
        int bytes = picture.stride() * picture.height();
        int step = Math.max(1, bytes / SAMPLES) | 1;
        long hash = (OFFSET_BASIS ^ picture.width()) * PRIME;
        for (int i = 0; i < bytes; i += step) {
            hash = (hash ^ pixels.get(i)) * PRIME;
        }
        return hash;
    }
}
