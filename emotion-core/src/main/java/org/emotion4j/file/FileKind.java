package org.emotion4j.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What a file is, told by its first bytes and never by its name: names are wrong as often as people rename files. The
 * marks are those of the formats' own specifications.
 */
public enum FileKind {
    /** A JPEG. */
    JPEG("a JPEG", Group.PICTURE),
    /** A PNG. */
    PNG("a PNG", Group.PICTURE),
    /** A BMP. */
    BMP("a BMP", Group.PICTURE),
    /** A GIF. */
    GIF("a GIF", Group.PICTURE),
    /** A TIFF. */
    TIFF("a TIFF", Group.PICTURE),
    /** A WebP. */
    WEBP("a WebP", Group.PICTURE),
    /** A HEIC picture. */
    HEIC("a HEIC picture", Group.PICTURE),
    /** An AVIF picture. */
    AVIF("an AVIF picture", Group.PICTURE),
    /** A JPEG XL picture. */
    JPEG_XL("a JPEG XL picture", Group.OTHER_PICTURE),
    /** A JPEG 2000 picture. */
    JPEG_2000("a JPEG 2000 picture", Group.OTHER_PICTURE),
    /** A BigTIFF. */
    BIG_TIFF("a BigTIFF", Group.OTHER_PICTURE),
    /** A camera's raw picture. */
    RAW("a camera's raw picture", Group.OTHER_PICTURE),
    /** A Photoshop file. */
    PHOTOSHOP("a Photoshop file", Group.OTHER_PICTURE),
    /** An OpenEXR picture. */
    OPEN_EXR("an OpenEXR picture", Group.OTHER_PICTURE),
    /** A Radiance HDR picture. */
    RADIANCE("a Radiance HDR picture", Group.OTHER_PICTURE),
    /** A Netpbm picture. */
    NETPBM("a Netpbm picture", Group.OTHER_PICTURE),
    /** An icon. */
    ICON("an icon", Group.OTHER_PICTURE),
    /** An SVG drawing. */
    SVG("an SVG drawing", Group.OTHER_PICTURE),
    /** An MP4 or MOV video. */
    MP4("an MP4 or MOV video", Group.VIDEO),
    /** A Matroska or WebM video. */
    MATROSKA("a Matroska or WebM video", Group.VIDEO),
    /** An AVI video. */
    AVI("an AVI video", Group.VIDEO),
    /** An MPEG video. */
    MPEG("an MPEG video", Group.VIDEO),
    /** A Flash video. */
    FLASH_VIDEO("a Flash video", Group.VIDEO),
    /** A Windows Media video. */
    ASF("a Windows Media video", Group.VIDEO),
    /** An Ogg video or sound. */
    OGG("an Ogg video or sound", Group.VIDEO),
    /** A video. */
    OTHER_VIDEO("a video", Group.VIDEO),
    /** Sound. */
    SOUND("sound", Group.SOUND),
    /** A PDF document. */
    PDF("a PDF document", Group.DOCUMENT),
    /** An archive or office document. */
    ARCHIVE("an archive or office document", Group.DOCUMENT),
    /** A text file. */
    TEXT("a text file", Group.DOCUMENT),
    /** An empty file (0 bytes). */
    EMPTY("an empty file (0 bytes)", Group.NOTHING),
    /** A file of unknown kind. */
    UNKNOWN("a file of unknown kind", Group.NOTHING);

    /** What can be done with a file. */
    private enum Group {
        PICTURE,
        OTHER_PICTURE,
        VIDEO,
        SOUND,
        DOCUMENT,
        NOTHING
    }

    private static final int START = 1_024;

    private static final int TRANSPORT_PACKET = 188;

    /** The sizes that the second header of a BMP can have, which is its version. */
    private static final Set<Integer> BMP_HEADERS = Set.of(12, 16, 40, 52, 56, 64, 108, 124);

    /** Files of ISO/IEC 14496-12 whose first picture is a still one, by the brands of ISO/IEC 23008-12 and MIAF. */
    private static final Set<String> STILL_BRANDS =
            Set.of("heic", "heix", "heim", "heis", "mif1", "mif2", "avif", "jpeg", "avci", "miaf", "MiHE", "MiHB");

    private static final Set<String> SEQUENCE_BRANDS = Set.of("hevc", "hevx", "hevm", "hevs", "msf1", "avis", "avcs");

    private final String words;
    private final Group group;

    FileKind(String words, Group group) {
        this.words = words;
        this.group = group;
    }

    /**
     * Looks at how a file begins.
     *
     * @param file a regular file
     * @return what it is
     * @throws IOException if it cannot be read
     */
    public static FileKind of(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return of(in.readNBytes(START));
        }
    }

    /**
     * Looks at how a file begins.
     *
     * @param file its bytes from position 0 to the limit, which stay as they are
     * @return what it is
     */
    public static FileKind of(ByteBuffer file) {
        byte[] start = new byte[Math.min(START, file.limit())];
        file.get(0, start);
        return of(start);
    }

    private static FileKind of(byte[] start) {
        if (start.length == 0) {
            return EMPTY;
        }
        String text = new String(start, StandardCharsets.ISO_8859_1);
        FileKind picture = picture(text);
        if (picture != UNKNOWN) {
            return picture;
        }
        FileKind film = film(text);
        return film == UNKNOWN ? document(text) : film;
    }

    private static FileKind picture(String start) {
        if (start.startsWith("\u00ff\u00d8\u00ff")) {
            return JPEG;
        } else if (start.startsWith("\u0089PNG\r\n\u001a\n")) {
            return PNG;
        } else if (start.startsWith("BM")
                && start.startsWith("\0\0\0", 15)
                && BMP_HEADERS.contains((int) start.charAt(14))) {
            return BMP;
        } else if (start.startsWith("GIF87a") || start.startsWith("GIF89a")) {
            return GIF;
        } else if (start.startsWith("II*\0") || start.startsWith("MM\0*")) {
            return start.startsWith("CR", 8) ? RAW : TIFF;
        } else if (start.startsWith("RIFF") && start.startsWith("WEBP", 8)) {
            return WEBP;
        } else if (start.startsWith("ftyp", 4)) {
            return isoMedia(start);
        } else if (start.startsWith("\u00ff\n") || start.startsWith("\0\0\0\fJXL ")) {
            return JPEG_XL;
        } else if (start.startsWith("\0\0\0\fjP  ") || start.startsWith("\u00ff\u004f\u00ff\u0051")) {
            return JPEG_2000;
        } else if (start.startsWith("II+\0") || start.startsWith("MM\0+")) {
            return BIG_TIFF;
        } else if (start.startsWith("FUJIFILMCCD-RAW") || start.startsWith("IIRO") || start.startsWith("IIU\0")) {
            return RAW;
        } else if (start.startsWith("8BPS")) {
            return PHOTOSHOP;
        } else if (start.startsWith("v/1\u0001")) {
            return OPEN_EXR;
        } else if (start.startsWith("#?RADIANCE") || start.startsWith("#?RGBE")) {
            return RADIANCE;
        } else if (start.length() > 2 && start.charAt(0) == 'P' && "1234567".indexOf(start.charAt(1)) >= 0) {
            return Character.isWhitespace(start.charAt(2)) ? NETPBM : UNKNOWN;
        } else if (start.startsWith("\0\0\u0001\0") && start.length() > 5 && start.charAt(5) == 0) {
            return ICON;
        }
        return UNKNOWN;
    }

    /** By the brands in the first box: the major one, and those that the file is compatible with. */
    private static FileKind isoMedia(String start) {
        int size = start.charAt(2) << 8 | start.charAt(3);
        int end = Math.min(start.length(), Math.max(16, size));
        if (end < 12) {
            return MP4;
        }
        String major = start.substring(8, 12);
        List<String> brands = IntStream.iterate(8, at -> at + 4 <= end, at -> at + 4)
                .filter(at -> at != 12)
                .mapToObj(at -> start.substring(at, at + 4))
                .toList();
        if (major.equals("crx ")) {
            return RAW;
        }
        boolean still = STILL_BRANDS.contains(major)
                || SEQUENCE_BRANDS.contains(major) && brands.stream().anyMatch(STILL_BRANDS::contains);
        if (!still) {
            return MP4;
        }
        return brands.contains("avif") || brands.contains("avis") ? AVIF : HEIC;
    }

    private static FileKind film(String start) {
        if (List.of("moov", "mdat", "wide", "free", "skip", "pnot", "styp", "moof")
                .contains(part(start, 4))) {
            return MP4;
        } else if (start.startsWith("\u001a\u0045\u00df\u00a3")) {
            return MATROSKA;
        } else if (start.startsWith("RIFF")) {
            return start.startsWith("AVI ", 8) ? AVI : start.startsWith("WAVE", 8) ? SOUND : UNKNOWN;
        } else if (start.startsWith("\0\0\u0001\u00ba")
                || start.startsWith("\0\0\u0001\u00b3")
                || isTransportStream(start, 0, TRANSPORT_PACKET)
                || isTransportStream(start, 4, TRANSPORT_PACKET + 4)
                || isTransportStream(start, 0, TRANSPORT_PACKET + 16)) {
            return MPEG;
        } else if (start.startsWith("FLV\u0001")) {
            return FLASH_VIDEO;
        } else if (start.startsWith("\u0030\u0026\u00b2\u0075\u008e\u0066\u00cf\u0011")) {
            return ASF;
        } else if (start.startsWith("OggS")) {
            return OGG;
        } else if (start.startsWith("DKIF") || start.startsWith("YUV4MPEG2 ") || start.startsWith("\0\0\0\u0001")) {
            return OTHER_VIDEO;
        } else if (start.startsWith("ID3") || start.startsWith("fLaC") || start.startsWith("FORM")) {
            return SOUND;
        }
        return UNKNOWN;
    }

    private static String part(String start, int at) {
        return start.length() < at + 4 ? "" : start.substring(at, at + 4);
    }

    private static boolean isTransportStream(String start, int first, int distance) {
        return start.length() > first + 2 * distance
                && start.charAt(first) == 'G'
                && start.charAt(first + distance) == 'G'
                && start.charAt(first + 2 * distance) == 'G';
    }

    private static FileKind document(String start) {
        if (start.startsWith("%PDF")) {
            return PDF;
        } else if (start.startsWith("PK\u0003\u0004")
                || start.startsWith("\u001f\u008b")
                || start.startsWith("7z\u00bc\u00af")
                || start.startsWith("Rar!")
                || start.startsWith("\u00d0\u00cf\u0011\u00e0")) {
            return ARCHIVE;
        } else if (start.contains("<svg")) {
            return SVG;
        }
        // Bytes from 0x80 on may be letters of any encoding; control characters are none.
        boolean controls = start.chars().anyMatch(c -> c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f');
        return controls ? UNKNOWN : TEXT;
    }

    /**
     * Returns what it is in words, with its article.
     *
     * @return for example "a HEIC picture"
     */
    public String words() {
        return words;
    }

    /**
     * Tells a picture that this library reads.
     *
     * @return true for the formats of {@code Pictures} (emotion-opencv)
     */
    public boolean isPicture() {
        return group == Group.PICTURE;
    }

    /**
     * Tells a picture that this library does not read.
     *
     * @return true for a picture of a format that is known and not read
     */
    public boolean isOtherPicture() {
        return group == Group.OTHER_PICTURE;
    }

    /**
     * Tells a video.
     *
     * @return true for a container that usually holds one
     */
    public boolean isVideo() {
        return group == Group.VIDEO;
    }

    /**
     * Tells whether a file is a document: text, an archive, a PDF.
     *
     * @return true if it is neither a picture nor a video nor sound for certain
     */
    public boolean isDocument() {
        return group == Group.DOCUMENT;
    }
}
