package org.emotion4j.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileKindTest {
    @ParameterizedTest
    @CsvSource({
        "heic, heicmif1, HEIC",
        "heix, mif1heix, HEIC",
        "mif1, mif1heicMiHE, HEIC",
        "mif1, mif1avifmiaf, AVIF",
        "avif, avifmif1miaf, AVIF",
        "avis, avisavifmsf1, AVIF",
        "msf1, msf1heicmif1, HEIC",
        "avis, avismsf1iso8, MP4",
        "isom, isomiso2avc1, MP4",
        "qt  , 'qt  ', MP4",
        "M4V , mp42isomheic, MP4",
        "crx , crx isom, RAW"
    })
    void tellsStillPicturesFromVideosByTheBrandsOfTheirFirstBox(String major, String compatible, FileKind kind) {
        String brands = major.length() < 4 ? (major + "    ").substring(0, 4) : major;
        while (compatible.length() % 4 != 0) {
            compatible += " ";
        }
        String box = "\0\0\0" + (char) (16 + compatible.length()) + "ftyp" + brands + "\0\0\0\0" + compatible;
        assertThat(of(box + "\0\0\0\u0008free")).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({
        "'BMhello', TEXT",
        "'BM\u0001\u0002\u0003\u0004\u0000\u0000\u0000\u0000\u0036\u0000\u0000\u0000\u0028\u0000\u0000\u0000', BMP",
        "'image,label\n', TEXT",
        "'<?xml version=\"1.0\"?><svg/>', SVG",
        "'%PDF-1.7', PDF",
        "'P5 10 10 255\n', NETPBM",
        "'PK\u0003\u0004', ARCHIVE",
        "'RIFF\u0001\u0002\u0003\u0004WEBPVP8 ', WEBP",
        "'RIFF\u0001\u0002\u0003\u0004AVI LIST', AVI",
        "'RIFF\u0001\u0002\u0003\u0004WAVEfmt ', SOUND",
        "'II*\u0000\u0010\u0000\u0000\u0000CR\u0002', RAW",
        "'II*\u0000\u0010\u0000\u0000\u0000\u0000\u0000', TIFF",
        "'\u0000\u0001\u0002', UNKNOWN"
    })
    void tellsWhatBeginsAlike(String start, FileKind kind) {
        assertThat(of(start)).isEqualTo(kind);
    }

    @ParameterizedTest
    @ValueSource(ints = {188, 192, 204})
    void tellsATransportStreamByThreePackets(int packet) {
        byte[] stream = new byte[3 * packet];
        int first = packet == 192 ? 4 : 0;
        for (int i = 0; i < 3; i++) {
            stream[first + i * packet] = 'G';
        }
        assertThat(FileKind.of(ByteBuffer.wrap(stream))).isEqualTo(FileKind.MPEG);
        stream[first + packet] = 0;
        assertThat(FileKind.of(ByteBuffer.wrap(stream))).isEqualTo(FileKind.UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 8, 11, 13, 17})
    void takesFilesOfAnyLength(int length) {
        String heic = "\0\0\0\u0018ftypheic\0\0\0\0mif1heic";
        assertThat(of(heic.substring(0, length))).isNotNull();
    }

    private static FileKind of(String latin1) {
        return FileKind.of(ByteBuffer.wrap(latin1.getBytes(StandardCharsets.ISO_8859_1)));
    }
}
