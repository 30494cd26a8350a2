package org.emotion4j.ffmpeg;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.javacpp.Pointer;

/**
 * The decoders that a stranger's file may start. FFmpeg's build holds some two hundred for pictures, most of them for
 * formats that no camera has written for decades, and a fault in any of them would be at the mercy of whoever names it
 * in a file. Those of this list are what cameras, phones, browsers and editing programs write; docs/sources.md names
 * them.
 */
final class Codecs {
    /** FFmpeg's names of decoders, not of codecs. */
    private static final List<String> DECODERS = List.of(
            // today's cameras, phones and browsers, HEIC and AVIF
            "h264",
            "hevc",
            "vp8",
            "vp9",
            "libdav1d",
            "av1",
            "libaom-av1",
            "mjpeg",
            // older cameras, DVDs, 3GP, FLV, WMV, OGV, DV
            "mpeg1video",
            "mpeg2video",
            "mpeg4",
            "msmpeg4",
            "h263",
            "flv",
            "wmv1",
            "wmv2",
            "wmv3",
            "vc1",
            "theora",
            "dvvideo",
            // editing programs and laboratories
            "prores",
            "dnxhd",
            "ffv1",
            "huffyuv",
            "ffvhuff",
            "rawvideo",
            // animations, and pictures that stand beside HEIC's tiles
            "png",
            "apng",
            "gif");

    private Codecs() {}

    /** The list as FFmpeg's option {@code codec_whitelist} takes it. */
    static String whitelist() {
        return String.join(",", DECODERS);
    }

    /**
     * Finds the decoder for a codec, among those of the list.
     *
     * @return the decoder, or a null pointer where the codec is not on the list or this build cannot decode it
     */
    static AVCodec decoder(int codecId) {
        AVCodec preferred = avcodec.avcodec_find_decoder(codecId);
        if (isListed(preferred)) {
            return preferred;
        }
        for (String name : DECODERS) {
            AVCodec candidate = avcodec.avcodec_find_decoder_by_name(Streams.utf8(name));
            if (!Pointer.isNull(candidate) && candidate.id() == codecId) {
                return candidate;
            }
        }
        return new AVCodec((Pointer) null);
    }

    private static boolean isListed(AVCodec decoder) {
        return !Pointer.isNull(decoder) && DECODERS.contains(decoder.name().getString(StandardCharsets.UTF_8));
    }
}
