package org.emotion4j.ffmpeg;

import java.nio.ByteBuffer;

/**
 * What the headers of coded pictures say of those that should have come before: decoders paint over a picture that is
 * missing and do not tell. Gets the packets of a stream in the order of the file. Not thread-safe.
 */
interface PictureHeaders {
    /** Knows nothing: for codecs that do not number their pictures. */
    PictureHeaders NONE = new PictureHeaders() {};

    /**
     * Looks at a packet.
     *
     * @param packet its bytes from position to limit; stays as it is
     */
    default void read(ByteBuffer packet) {}

    /** Whether a picture that others are made from is missing before the packet that was read last. */
    default boolean isAfterLoss() {
        return false;
    }

    /** Whether the packet that was read last is damaged itself. */
    default boolean isBroken() {
        return false;
    }

    /** Whether the loss came one packet earlier already, which only this one betrays. */
    default boolean wasLossBefore() {
        return false;
    }

    /** Whether other pictures may be made from the one that was read last. */
    default boolean isReference() {
        return true;
    }

    /**
     * Whether all pictures from the one that was read last on can be decoded without those before it.
     *
     * @param key whether the container or FFmpeg's parser calls it a key frame
     */
    default boolean isEntry(boolean key) {
        return key;
    }

    /** Whether the mark with which a stream of this codec ends did not come yet. */
    default boolean lacksEnd() {
        return false;
    }

    /** Takes note that something before the next packet is damaged, however that was found. */
    default void afterDamage() {}

    /** Forgets what was read, because the file is read on at another place. */
    default void reset() {}
}
