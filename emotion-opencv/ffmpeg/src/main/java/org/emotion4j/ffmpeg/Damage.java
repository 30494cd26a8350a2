package org.emotion4j.ffmpeg;

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

    /**
     * How hard a codec's decoder looks.
     *
     * @param codecId the codec
     * @return flags of {@code err_recognition}
     */
    static int recognition(int codecId) {
        // H.264's decoder marks the pictures that it has to paint over. An error there would also be what many cameras
        // write into the messages beside the pictures.
        return codecId == avcodec.AV_CODEC_ID_H264
                ? avcodec.AV_EF_CRCCHECK | avcodec.AV_EF_BITSTREAM | avcodec.AV_EF_BUFFER
                : RECOGNITION;
    }
}
