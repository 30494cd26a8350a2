package org.emotion4j.ffmpeg;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.javacpp.Pointer;

/** Where the pictures of a file lie. */
final class Packets {
    private Packets() {}

    /** Start and end of each picture's bytes, in the order of the file. */
    static List<int[]> of(Path file) throws IOException {
        Ffmpeg.load();
        AVFormatContext container = new AVFormatContext((Pointer) null);
        if (avformat.avformat_open_input(container, file.toString(), null, (AVDictionary) null) < 0) {
            throw new IOException(file + " does not open");
        }
        AVPacket packet = avcodec.av_packet_alloc();
        List<int[]> found = new ArrayList<>();
        while (avformat.av_read_frame(container, packet) >= 0) {
            found.add(new int[] {(int) packet.pos(), (int) packet.pos() + packet.size()});
            avcodec.av_packet_unref(packet);
        }
        avcodec.av_packet_free(packet);
        avformat.avformat_close_input(container);
        return found;
    }
}
