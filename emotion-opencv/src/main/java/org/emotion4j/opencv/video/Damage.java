package org.emotion4j.opencv.video;

import org.bytedeco.ffmpeg.global.avcodec;

/** How hard decoders look for damage. */
final class Damage {
    /** What breaks the syntax or a checksum is an error, and an error ends the picture instead of being painted over. */
    static final int RECOGNITION = avcodec.AV_EF_CRCCHECK
            | avcodec.AV_EF_BITSTREAM
            | avcodec.AV_EF_BUFFER
            | avcodec.AV_EF_EXPLODE
            | avcodec.AV_EF_CAREFUL;

    private Damage() {}
}
