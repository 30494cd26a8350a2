package org.emotion4j.ffmpeg;

import java.nio.ByteBuffer;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.Read_packet_Pointer_BytePointer_int;
import org.bytedeco.ffmpeg.avformat.Seek_Pointer_long_int;
import org.bytedeco.ffmpeg.avformat.Write_packet_Pointer_BytePointer_int;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/** Bytes in memory as a file that FFmpeg reads. Confined to one thread. */
final class MemoryInput implements AutoCloseable {
    private static final int CHUNK = 32_768;

    private final ByteBuffer bytes;
    private final Reader reader = new Reader();
    private final Seeker seeker = new Seeker();
    private final AVIOContext io;

    /** @param file the bytes from position 0 to the limit; stays as it is */
    MemoryInput(ByteBuffer file) {
        bytes = file.duplicate().position(0);
        BytePointer buffer = new BytePointer(avutil.av_malloc(CHUNK));
        io = avformat.avio_alloc_context(
                buffer.capacity(CHUNK), CHUNK, 0, null, reader, (Write_packet_Pointer_BytePointer_int) null, seeker);
    }

    AVIOContext io() {
        return io;
    }

    @Override
    public void close() {
        avutil.av_free(io.buffer());
        avformat.avio_context_free(io);
        reader.close();
        seeker.close();
    }

    private final class Reader extends Read_packet_Pointer_BytePointer_int {
        @Override
        public int call(Pointer opaque, BytePointer target, int size) {
            int count = Math.min(size, bytes.remaining());
            if (count == 0) {
                return avutil.AVERROR_EOF;
            }
            target.capacity(size).asBuffer().put(bytes.slice(bytes.position(), count));
            bytes.position(bytes.position() + count);
            return count;
        }
    }

    private final class Seeker extends Seek_Pointer_long_int {
        @Override
        public long call(Pointer opaque, long offset, int whence) {
            long to =
                    switch (whence & ~avformat.AVSEEK_FORCE) {
                        case avformat.AVSEEK_SIZE -> -1;
                        case 0 -> offset;
                        case 1 -> bytes.position() + offset;
                        case 2 -> bytes.limit() + offset;
                        default -> -1;
                    };
            if ((whence & avformat.AVSEEK_SIZE) != 0) {
                return bytes.limit();
            }
            if (to < 0 || to > bytes.limit()) {
                return -1;
            }
            bytes.position((int) to);
            return to;
        }
    }
}
