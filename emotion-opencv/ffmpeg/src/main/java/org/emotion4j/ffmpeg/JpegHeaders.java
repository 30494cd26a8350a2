package org.emotion4j.ffmpeg;

import java.nio.ByteBuffer;

/** Motion JPEG: each picture stands on its own, and is damaged where its code does not end with its last block. */
final class JpegHeaders implements PictureHeaders {
    private final JpegScan scan = new JpegScan();
    private boolean broken;

    @Override
    public void read(ByteBuffer packet) {
        broken = !scan.isWhole(packet);
    }

    @Override
    public boolean isBroken() {
        return broken;
    }

    @Override
    public boolean isReference() {
        return false;
    }

    @Override
    public boolean isEntry(boolean key) {
        return true;
    }
}
