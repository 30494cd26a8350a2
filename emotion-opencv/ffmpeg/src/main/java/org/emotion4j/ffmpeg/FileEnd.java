package org.emotion4j.ffmpeg;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Tells by its bytes whether a file ends in the middle, for containers that do not say how long they play, or whose length
 * FFmpeg measures in what is left of them. A file that ends right after a whole part of a container without an end mark
 * looks whole.
 */
final class FileEnd {
    private static final int OGG_HEADER = 27;
    private static final int OGG_SERIAL = 14;
    private static final int OGG_LAST_PAGE = 4;

    private static final long SEGMENT = 0x18538067L;
    private static final long CLUSTER = 0x1F43B675L;

    private static final int TS_PACKET = 188;
    private static final int TS_TAIL = 5;

    private static final int FLV_HEADER = 9;
    private static final int FLV_TAG = 15;

    private static final int ASF_OBJECT = 24;
    private static final int ASF_DATA = 50;

    private static final int MOST_TEXT = 4_096;

    private FileEnd() {}

    /**
     * Looks at the end of a file.
     *
     * @param format FFmpeg's name of its format
     * @param packetAt where the last packet of the video that was read begins, or a negative number
     * @param packetSize how many bytes it has; counts only in formats that store packets in one piece
     * @return true if more should follow; false also where that cannot be told
     */
    static boolean isMissing(Path file, String format, long packetAt, int packetSize) {
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            return switch (format) {
                case "ogg" -> packetAt >= 0 && lacksLastPage(channel, packetAt);
                case "matroska,webm" -> endsInElement(channel);
                case "mpegts" -> endsInTransportPacket(channel);
                case "flv", "live_flv" -> endsInTag(channel);
                case "asf" -> endsInAsfData(channel);
                case "apng" -> packetAt >= 0 && lacksEndChunk(channel, packetAt + packetSize);
                case "yuv4mpegpipe" -> packetAt >= 0 && packetAt + packetSize < channel.size();
                case "mpjpeg" -> packetAt >= 0 && endsInPartHeader(channel, packetAt + packetSize);
                default -> false;
            };
        } catch (IOException e) {
            // Whoever reads the file has noticed that already.
            return false;
        }
    }

    /** RFC 3533, 6: the last page of each logical stream has a flag. */
    private static boolean lacksLastPage(SeekableByteChannel file, long firstPage) throws IOException {
        long at = firstPage;
        int serial = 0;
        while (true) {
            ByteBuffer header = read(file, at, OGG_HEADER + 255);
            if (header.limit() < OGG_HEADER) {
                return true;
            }
            if (header.getInt(0) != 0x4F676753) {
                // Damage or something else after the stream: not where FFmpeg says, or not any more.
                return false;
            }
            int number = header.getInt(OGG_SERIAL);
            serial = at == firstPage ? number : serial;
            int segments = header.get(OGG_HEADER - 1) & 0xff;
            if (header.limit() < OGG_HEADER + segments) {
                return true;
            }
            long end = at + OGG_HEADER + segments;
            for (int i = 0; i < segments; i++) {
                end += header.get(OGG_HEADER + i) & 0xff;
            }
            if (end > file.size()) {
                return true;
            }
            if (number == serial && (header.get(5) & OGG_LAST_PAGE) != 0) {
                return false;
            }
            at = end;
        }
    }

    /** RFC 8794: elements with a length each; of the two that may have none, what they hold is looked at. */
    private static boolean endsInElement(SeekableByteChannel file) throws IOException {
        long at = 0;
        while (at < file.size()) {
            ByteBuffer header = read(file, at, 12);
            int idBytes = Integer.numberOfLeadingZeros(header.get(0) & 0xff) - 23;
            if (idBytes > 4) {
                return false;
            }
            if (idBytes >= header.limit()) {
                return true;
            }
            int sizeBytes = Integer.numberOfLeadingZeros(header.get(idBytes) & 0xff) - 23;
            if (sizeBytes > 8) {
                return false;
            }
            if (idBytes + sizeBytes > header.limit()) {
                return true;
            }
            long id = number(header, 0, idBytes);
            long unknown = (1L << 7 * sizeBytes) - 1;
            long size = number(header, idBytes, sizeBytes) & unknown;
            at += idBytes + sizeBytes;
            if (size == unknown) {
                if (id != SEGMENT && id != CLUSTER) {
                    return false;
                }
            } else if (size > file.size() - at) {
                return true;
            } else {
                at += size;
            }
        }
        return false;
    }

    private static long number(ByteBuffer data, int from, int bytes) {
        long value = 0;
        for (int i = from; i < from + bytes; i++) {
            value = value << 8 | data.get(i) & 0xff;
        }
        return value;
    }

    /** ISO/IEC 13818-1, 2.4.3: packets of 188 bytes, with 4 before or 16 after them in some files. */
    private static boolean endsInTransportPacket(SeekableByteChannel file) throws IOException {
        for (int step : new int[] {TS_PACKET, 192, 204}) {
            int tail = step * TS_TAIL;
            if (file.size() < tail) {
                continue;
            }
            ByteBuffer bytes = read(file, file.size() - tail, tail);
            for (int phase = 0; phase < step; phase++) {
                if (hasSyncBytes(bytes, phase, step)) {
                    int lastPacket = tail - (phase + step * (TS_TAIL - 1));
                    return lastPacket != (step == 192 ? TS_PACKET : step);
                }
            }
        }
        return false;
    }

    private static boolean hasSyncBytes(ByteBuffer bytes, int phase, int step) {
        for (int at = phase; at < bytes.limit(); at += step) {
            if (bytes.get(at) != 0x47) {
                return false;
            }
        }
        return true;
    }

    /** Tags of a kind, a length of three bytes and seven more, their data, and the length of it all again. */
    private static boolean endsInTag(SeekableByteChannel file) throws IOException {
        ByteBuffer start = read(file, 0, FLV_HEADER);
        if (start.limit() < FLV_HEADER || start.get(0) != 'F' || start.get(1) != 'L' || start.get(2) != 'V') {
            return false;
        }
        long at = (start.getInt(5) & 0xffff_ffffL) + Integer.BYTES;
        while (at < file.size()) {
            ByteBuffer tag = read(file, at, Integer.BYTES);
            if (tag.limit() < Integer.BYTES) {
                return true;
            }
            int kind = tag.get(0) & 0x1f;
            if (kind != 8 && kind != 9 && kind != 18) {
                return false;
            }
            at += FLV_TAG + (tag.getInt(0) & 0xff_ffff);
        }
        return at - Integer.BYTES > file.size();
    }

    /** ASF 3.1: after the header come the data, with a length unless they were written before their end was known. */
    private static boolean endsInAsfData(SeekableByteChannel file) throws IOException {
        ByteBuffer header = read(file, 0, ASF_OBJECT).order(ByteOrder.LITTLE_ENDIAN);
        if (header.limit() < ASF_OBJECT) {
            return true;
        }
        long data = header.getLong(16);
        ByteBuffer object = data < ASF_OBJECT || data > file.size() - ASF_DATA
                ? ByteBuffer.allocate(0)
                : read(file, data, ASF_DATA).order(ByteOrder.LITTLE_ENDIAN);
        return object.limit() == ASF_DATA && object.getLong(16) > Math.max(ASF_DATA, file.size() - data);
    }

    /** PNG, 11.2.5: chunks of a length and a kind, with the one called IEND as the last. */
    private static boolean lacksEndChunk(SeekableByteChannel file, long afterPicture) throws IOException {
        long at = afterPicture;
        while (true) {
            ByteBuffer chunk = read(file, at, 2 * Integer.BYTES);
            if (chunk.limit() < 2 * Integer.BYTES) {
                return true;
            }
            at += 3L * Integer.BYTES + (chunk.getInt(0) & 0xffff_ffffL);
            if (chunk.getInt(Integer.BYTES) == 0x49454E44) {
                return at > file.size();
            }
        }
    }

    /**
     * RFC 2046, 5.1.1. Cameras send the line between two pictures right after the first of them, so a file may well end
     * there.
     */
    private static boolean endsInPartHeader(SeekableByteChannel file, long afterPicture) throws IOException {
        ByteBuffer bytes = read(file, afterPicture, MOST_TEXT);
        String text = StandardCharsets.ISO_8859_1.decode(bytes).toString().stripLeading();
        if (!text.startsWith("-") || afterPicture + bytes.limit() < file.size()) {
            return false;
        }
        int line = text.indexOf('\n');
        return line < 0
                ? !text.stripTrailing().endsWith("--") || text.length() <= 2
                : !text.substring(line).isBlank();
    }

    private static ByteBuffer read(SeekableByteChannel file, long at, int most) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(most);
        file.position(at);
        while (bytes.hasRemaining() && file.read(bytes) >= 0) {
            // reads on until there is enough or the file ends
        }
        return bytes.flip();
    }
}
