package org.emotion4j.ffmpeg;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacketSideData;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.Pointer;

/** What FFmpeg says of a stream, whether it comes from a file or over the network. */
final class Streams {
    private static final int MATRIX = 9;

    private Streams() {}

    /** The codec's short name, for records. */
    static String codecName(AVCodecParameters parameters) {
        return avcodec.avcodec_get_name(parameters.codec_id()).getString(StandardCharsets.UTF_8);
    }

    /** The mean rate in pictures a second, or 0 where it is not known. */
    static double framesPerSecond(AVStream stream) {
        return ratio(stream.avg_frame_rate());
    }

    static double ratio(AVRational rational) {
        return rational.num() > 0 && rational.den() > 0 ? (double) rational.num() / rational.den() : 0;
    }

    /** How the picture is turned for display. */
    static Orientation orientation(AVStream stream) {
        AVCodecParameters parameters = stream.codecpar();
        AVPacketSideData data = avcodec.av_packet_side_data_get(
                parameters.coded_side_data(), parameters.nb_coded_side_data(), avcodec.AV_PKT_DATA_DISPLAYMATRIX);
        if (Pointer.isNull(data) || data.size() < MATRIX * Integer.BYTES) {
            return Orientation.UPRIGHT;
        }
        int[] matrix = new int[MATRIX];
        new IntPointer(data.data()).get(matrix);
        return Orientation.ofDisplayMatrix(matrix);
    }

    /** Text as C has it: UTF-8, with a zero at its end. */
    static BytePointer utf8(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new BytePointer(ByteBuffer.allocateDirect(bytes.length + 1).put(0, bytes));
    }
}
