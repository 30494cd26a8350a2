package org.emotion4j.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileEndTest {
    private static final byte[] DATA = new byte[100];

    @TempDir
    Path folder;

    @Test
    void matroskaEndsWithAWholeElement() throws IOException {
        byte[] open =
                bytes(0x1A, 0x45, 0xDF, 0xA3, 0x81, 0, 0x18, 0x53, 0x80, 0x67, 0xFF, 0x1F, 0x43, 0xB6, 0x75, 0xFF);
        byte[] block = concat(bytes(0xA3, 0x40, 100), DATA);
        byte[] whole = concat(open, block, block);
        requireTold("matroska,webm", whole, open.length, open.length + block.length);
        byte[] closed = concat(bytes(0x1F, 0x43, 0xB6, 0x75, 0x40, block.length), block);
        requireTold("matroska,webm", concat(whole, closed), whole.length);
        assertThat(isMissing("matroska,webm", concat(whole, bytes(0, 0, 0, 0))))
                .as("what follows is no element")
                .isFalse();
    }

    @Test
    void oggEndsWithAPageThatSaysSo() throws IOException {
        byte[] film = page(0, 7);
        byte[] sound = page(4, 8);
        byte[] last = page(4, 7);
        byte[] whole = concat(film, film, sound, last);
        for (int length = 1; length < whole.length; length++) {
            assertThat(isMissing("ogg", Arrays.copyOf(whole, length)))
                    .as("of %d bytes", length)
                    .isTrue();
        }
        assertThat(isMissing("ogg", whole)).isFalse();
        assertThat(isMissing("ogg", concat(whole, page(0, 9)))).isFalse();
        assertThat(isMissing(
                        "ogg",
                        concat(film, "something else, of which nothing is known".getBytes(StandardCharsets.UTF_8))))
                .isFalse();
    }

    /** Whatever lies between the packets: four bytes before each in AVCHD, sixteen after each in broadcasts. */
    @ParameterizedTest
    @CsvSource({"0, 0", "4, 0", "0, 16"})
    void aTransportStreamEndsWithAWholePacket(int before, int after) throws IOException {
        byte[] packet = new byte[before + 188 + after];
        packet[before] = 0x47;
        byte[] whole = concat(packet, packet, packet, packet, packet, packet, packet);
        assertThat(isMissing("mpegts", whole)).isFalse();
        for (int less : new int[] {1, 100, packet.length - 1}) {
            assertThat(isMissing("mpegts", Arrays.copyOf(whole, whole.length - less)))
                    .as("%d bytes less", less)
                    .isTrue();
        }
        assertThat(isMissing("mpegts", Arrays.copyOf(whole, whole.length - packet.length)))
                .isFalse();
        assertThat(isMissing("mpegts", Arrays.copyOf(whole, whole.length + 5_000)))
                .as("padded")
                .isFalse();
    }

    @Test
    void flvEndsWithAWholeTag() throws IOException {
        byte[] head = bytes('F', 'L', 'V', 1, 1, 0, 0, 0, 9, 0, 0, 0, 0);
        byte[] tag = concat(bytes(9, 0, 0, 100, 0, 0, 0, 0, 0, 0, 0), DATA, bytes(0, 0, 0, 111));
        byte[] whole = concat(head, tag, tag);
        for (int length = head.length; length <= whole.length; length++) {
            int ofTag = (length - head.length) % tag.length;
            assertThat(isMissing("flv", Arrays.copyOf(whole, length)))
                    .as("of %d bytes", length)
                    .isEqualTo(ofTag > 0 && ofTag < tag.length - 4);
        }
        assertThat(isMissing("flv", concat(head, bytes(0, 0, 0, 0))))
                .as("no tag")
                .isFalse();
    }

    /** A header of 100 bytes and data of 150; an index may follow, which no picture needs. */
    @Test
    void asfHoldsAllOfItsData() throws IOException {
        ByteBuffer file = ByteBuffer.allocate(300).order(ByteOrder.LITTLE_ENDIAN);
        file.putLong(16, 100);
        file.putLong(116, 150);
        assertThat(isMissing("asf", file.array())).isFalse();
        assertThat(isMissing("asf", Arrays.copyOf(file.array(), 250))).isFalse();
        assertThat(isMissing("asf", Arrays.copyOf(file.array(), 249))).isTrue();
        file.putLong(116, 0);
        assertThat(isMissing("asf", Arrays.copyOf(file.array(), 249)))
                .as("of a broadcast")
                .isFalse();
    }

    @Test
    void apngEndsWithAChunkThatSaysSo() throws IOException {
        byte[] text = bytes(0, 0, 0, 2, 't', 'E', 'X', 't', 'a', 0, 1, 2, 3, 4);
        byte[] end = bytes(0, 0, 0, 0, 'I', 'E', 'N', 'D', 1, 2, 3, 4);
        byte[] whole = concat(DATA, text, end);
        for (int length = DATA.length; length < whole.length; length++) {
            assertThat(isMissing("apng", Arrays.copyOf(whole, length)))
                    .as("of %d bytes", length)
                    .isTrue();
        }
        assertThat(isMissing("apng", whole)).isFalse();
        assertThat(isMissing("apng", concat(whole, text))).isFalse();
    }

    @Test
    void uncompressedFilmsEndWithAWholePicture() throws IOException {
        assertThat(isMissing("yuv4mpegpipe", DATA)).isFalse();
        assertThat(isMissing("yuv4mpegpipe", Arrays.copyOf(DATA, 101))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\r\n", "\r\n--frame\r\n", "\r\n--frame--", "\r\n--frame--\r\n", "\r\nno part"})
    void whatACameraSentMayEndBeforeAPart(String end) throws IOException {
        assertThat(isMissing("mpjpeg", concat(DATA, end.getBytes(StandardCharsets.US_ASCII))))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\r\n-",
                "\r\n--",
                "\r\n--fra",
                "\r\n--frame\r\nConten",
                "\r\n--frame\r\nContent-Type: image/jpeg\r\n\r\n"
            })
    void whatACameraSentMayNotEndWithinThePartsHeader(String end) throws IOException {
        assertThat(isMissing("mpjpeg", concat(DATA, end.getBytes(StandardCharsets.US_ASCII))))
                .isTrue();
    }

    @Test
    void saysNothingOfOtherFormatsAndOfAFileThatIsGone() throws IOException {
        assertThat(isMissing("nut", DATA)).isFalse();
        assertThat(FileEnd.isMissing(folder.resolve("gone"), "flv", 0, 0)).isFalse();
    }

    /** Every length is missing something but those after a whole part. */
    private void requireTold(String format, byte[] whole, int... wholeParts) throws IOException {
        for (int length = wholeParts[0]; length <= whole.length; length++) {
            int tried = length;
            boolean isWhole =
                    length == whole.length || Arrays.stream(wholeParts).anyMatch(part -> part == tried);
            assertThat(isMissing(format, Arrays.copyOf(whole, length)))
                    .as("of %d bytes", length)
                    .isEqualTo(!isWhole);
        }
    }

    private boolean isMissing(String format, byte[] content) throws IOException {
        Path file = Files.write(folder.resolve("file"), content);
        return FileEnd.isMissing(file, format, 0, DATA.length);
    }

    private static byte[] page(int flags, int serial) {
        byte[] header = new byte[27];
        System.arraycopy("OggS".getBytes(StandardCharsets.US_ASCII), 0, header, 0, 4);
        header[5] = (byte) flags;
        header[14] = (byte) serial;
        header[26] = 1;
        return concat(header, bytes(20), new byte[20]);
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
