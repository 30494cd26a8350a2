package org.emotion4j.opencv;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import org.emotion4j.file.FileKind;
import org.emotion4j.frame.FrameUnreadableException;

/**
 * What a picture file says about itself before anything is decoded: so that a picture that is too large costs nothing,
 * and one that ends too early is refused instead of being shown half gray, as decoders do.
 *
 * @param kind the file format
 * @param width columns as stored, before the orientation is applied
 * @param height rows as stored
 * @param orientation the Exif orientation, 1 to 8; 1 where there is none or the decoder applies it (TIFF)
 * @param alpha whether there may be an alpha channel
 */
record PictureHeader(FileKind kind, int width, int height, int orientation, boolean alpha) {
    /**
     * Reads the header and walks through the parts of the file, up to its end mark where the format has one.
     *
     * @param origin the file, for messages
     * @param file its bytes, from position 0 to the limit; big-endian
     * @return what it says
     * @throws FrameUnreadableException if this is no picture of a known kind, or one that is cut short or damaged
     */
    static PictureHeader read(String origin, ByteBuffer file) throws FrameUnreadableException {
        if (file.limit() == 0) {
            throw new FrameUnreadableException(origin, "the file is empty (0 bytes)");
        }
        try {
            return new Reader(origin, file).read();
        } catch (IndexOutOfBoundsException e) {
            // Every read of the walk is at an absolute position: past the limit means that the file ends too early.
            throw new FrameUnreadableException(origin, "the picture is cut short: the file ends within its header", e);
        }
    }

    private static final class Reader {
        private final String origin;
        private final ByteBuffer file;
        private final int size;
        private int width;
        private int height;
        private int orientation = 1;
        private boolean alpha;

        Reader(String origin, ByteBuffer file) {
            this.origin = origin;
            this.file = file;
            this.size = file.limit();
        }

        PictureHeader read() throws FrameUnreadableException {
            FileKind kind = kind();
            switch (kind) {
                case JPEG -> jpeg();
                case PNG -> png();
                case BMP -> bmp();
                case GIF -> gif();
                case TIFF -> tiff();
                case WEBP -> webp();
                default -> throw unreadable(kind.words() + ", whose header is not read here");
            }
            if (width < 1 || height < 1) {
                throw unreadable("the " + kind + " header says " + width + "x" + height + " pixels");
            }
            return new PictureHeader(kind, width, height, orientation, alpha);
        }

        private FileKind kind() throws FrameUnreadableException {
            FileKind kind = FileKind.of(file);
            if (kind.isPicture()) {
                return kind;
            }
            if (kind.isOtherPicture()) {
                throw unreadable(kind.words() + ", which is not read: save it as JPEG or PNG");
            }
            throw unreadable("not a picture" + (kind == FileKind.UNKNOWN ? "" : " but " + kind.words())
                    + "; JPEG, PNG, BMP, GIF, TIFF, WebP, HEIC and AVIF are read, whatever the file is called");
        }

        /** Marker by marker, through the entropy-coded scans as well, up to the end-of-image marker (ITU-T T.81, B). */
        private void jpeg() throws FrameUnreadableException {
            boolean scanSeen = false;
            int at = 2;
            while (true) {
                at = nextMarker(at);
                if (at < 0) {
                    throw unreadable(
                            "the JPEG is cut short: " + size + " bytes without an end-of-image marker; copy it again");
                }
                int marker = u8(at++);
                if (marker == 0xD9) {
                    if (!scanSeen || width == 0) {
                        throw unreadable("the JPEG holds no picture");
                    }
                    return;
                }
                if (marker == 0x01 || marker == 0xD8) {
                    continue; // no length follows
                }
                int length = u16(at);
                if (marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC) {
                    startOfFrame(at + 2);
                } else if (marker == 0xE1 && length > 8 && startsWith(at + 2, "Exif\0\0")) {
                    exif(at + 8, at + length);
                } else if (marker == 0xDA) {
                    scanSeen = true;
                }
                at += length;
            }
        }

        private void startOfFrame(int at) throws FrameUnreadableException {
            int bits = u8(at);
            if (width > 0 || bits != 8 && bits != 12 && bits != 16) {
                throw unreadable("the JPEG is damaged: its frame header makes no sense; copy it again");
            }
            if (bits != 8) {
                throw unreadable("a JPEG with " + bits + " bits a channel; only 8 are read: convert it");
            }
            height = u16(at + 1);
            width = u16(at + 3);
        }

        /** Returns where the next marker's code lies, or -1. Skips entropy-coded data, restarts and stuffed zeros. */
        private int nextMarker(int at) {
            while (at + 1 < size) {
                if (u8(at) != 0xFF) {
                    at++;
                } else {
                    int code = u8(at + 1);
                    if (code == 0xFF) {
                        at++;
                    } else if (code == 0 || (code >= 0xD0 && code <= 0xD7)) {
                        at += 2;
                    } else {
                        return at + 1;
                    }
                }
            }
            return -1;
        }

        private void png() throws FrameUnreadableException {
            int at = 8;
            CRC32 crc = new CRC32();
            while (true) {
                if (at + 12 > size) {
                    throw unreadable("the PNG is cut short: " + size + " bytes without an end chunk; copy it again");
                }
                int length = file.getInt(at);
                if (length < 0 || length > size - at - 12) {
                    throw unreadable("the PNG is cut short: a part of it reaches past the file's " + size + " bytes");
                }
                if (startsWith(at + 4, "IHDR")) {
                    width = file.getInt(at + 8);
                    height = file.getInt(at + 12);
                    alpha = (u8(at + 17) & 4) != 0;
                } else if (startsWith(at + 4, "tRNS")) {
                    alpha = true;
                } else if (startsWith(at + 4, "eXIf")) {
                    exif(at + 8, at + 8 + length);
                }
                boolean critical = (u8(at + 4) & 0x20) == 0;
                if (critical) {
                    crc.reset();
                    crc.update(file.duplicate().position(at + 4).limit(at + 8 + length));
                    if ((int) crc.getValue() != file.getInt(at + 8 + length)) {
                        throw unreadable("the PNG is damaged: a checksum is wrong; copy it again");
                    }
                }
                if (startsWith(at + 4, "IEND")) {
                    return;
                }
                at += 12 + length;
            }
        }

        private void bmp() throws FrameUnreadableException {
            long pixelsAt = u32Little(10);
            long bytesARow;
            if (u32Little(14) == 12) {
                width = u16Little(18);
                height = u16Little(20);
                bytesARow = (width * (long) u16Little(24) + 31) / 32 * 4;
            } else {
                width = (int) u32Little(18);
                height = Math.abs((int) u32Little(22));
                long compression = u32Little(30);
                bytesARow = compression == 0 || compression == 3 ? (width * (long) u16Little(28) + 31) / 32 * 4 : 0;
            }
            if (width > 0 && pixelsAt + bytesARow * height > size && (long) width * height < Integer.MAX_VALUE) {
                throw unreadable("the BMP is cut short: " + size + " bytes, its header promises "
                        + (pixelsAt + bytesARow * height));
            }
        }

        private void gif() throws FrameUnreadableException {
            width = u16Little(6);
            height = u16Little(8);
            if (u8(size - 1) != 0x3B) {
                throw unreadable("the GIF is cut short: " + size + " bytes without a trailer; copy it again");
            }
        }

        /** Of a tag that is there more than once the first one counts, as for libtiff. */
        private void tiff() throws FrameUnreadableException {
            boolean little = u8(0) == 'I';
            long[] offsets = {};
            long[] counts = {};
            int directory = (int) u32(4, little);
            int entries = u16(directory, little);
            for (int i = 0; i < entries; i++) {
                int entry = directory + 2 + 12 * i;
                switch (u16(entry, little)) {
                    case 256 -> width = width == 0 ? (int) tiffValues(entry, little)[0] : width;
                    case 257 -> height = height == 0 ? (int) tiffValues(entry, little)[0] : height;
                    case 273, 324 -> offsets = offsets.length == 0 ? tiffValues(entry, little) : offsets;
                    case 279, 325 -> counts = counts.length == 0 ? tiffValues(entry, little) : counts;
                    default -> {}
                }
            }
            for (int i = 0; i < Math.min(offsets.length, counts.length); i++) {
                if (offsets[i] + counts[i] > size) {
                    throw unreadable("the TIFF is cut short: a strip reaches past the file's " + size + " bytes");
                }
            }
        }

        private long[] tiffValues(int entry, boolean little) throws FrameUnreadableException {
            boolean isShort = u16(entry + 2, little) == 3;
            long count = u32(entry + 4, little);
            int bytes = isShort ? 2 : 4;
            if (count < 1 || count * bytes > size) {
                throw unreadable("the TIFF is damaged: an entry of its directory has " + count + " values");
            }
            int at = count * bytes <= 4 ? entry + 8 : (int) u32(entry + 8, little);
            long[] values = new long[(int) count];
            for (int i = 0; i < count; i++) {
                values[i] = isShort ? u16(at + 2 * i, little) : u32(at + 4 * i, little);
            }
            return values;
        }

        private void webp() throws FrameUnreadableException {
            long end = 8 + u32Little(4);
            if (end > size) {
                throw unreadable("the WebP is cut short: " + size + " bytes, its header promises " + end);
            }
            int at = 12;
            while (at + 8 <= end) {
                long length = u32Little(at + 4);
                if (at + 8 + length > size) {
                    throw unreadable("the WebP is cut short: a part of it reaches past the file's " + size + " bytes");
                }
                if (startsWith(at, "VP8X")) {
                    if ((u8(at + 8) & 0x02) != 0) {
                        throw unreadable("an animated WebP; only still ones are read");
                    }
                    alpha = (u8(at + 8) & 0x10) != 0;
                    width = 1 + u16Little(at + 12) + (u8(at + 14) << 16);
                    height = 1 + u16Little(at + 15) + (u8(at + 17) << 16);
                } else if (startsWith(at, "VP8 ") && width == 0) {
                    width = u16Little(at + 14) & 0x3FFF;
                    height = u16Little(at + 16) & 0x3FFF;
                } else if (startsWith(at, "VP8L") && width == 0) {
                    int bits = (int) u32Little(at + 9);
                    width = 1 + (bits & 0x3FFF);
                    height = 1 + (bits >>> 14 & 0x3FFF);
                    alpha = true;
                } else if (startsWith(at, "EXIF")) {
                    int skip = startsWith(at + 8, "Exif\0\0") ? 6 : 0;
                    exif(at + 8 + skip, at + 8 + (int) length);
                }
                at += 8 + (int) (length + 1 & ~1L);
            }
        }

        /** Looks for tag 0x0112 in the first directory. Damaged Exif data does not make a picture unreadable. */
        private void exif(int start, int end) {
            try {
                boolean little = u8(start) == 'I';
                int directory = start + (int) u32(start + 4, little);
                int entries = directory < start || directory >= end ? 0 : u16(directory, little);
                for (int i = 0; i < entries && directory + 14 + 12 * i <= end; i++) {
                    int entry = directory + 2 + 12 * i;
                    if (u16(entry, little) == 0x0112) {
                        int value = u16(entry + 8, little);
                        orientation = value >= 1 && value <= 8 ? value : 1;
                    }
                }
            } catch (IndexOutOfBoundsException e) {
                orientation = 1;
            }
        }

        private boolean startsWith(int at, String latin1) {
            byte[] expected = latin1.getBytes(StandardCharsets.ISO_8859_1);
            if (at + expected.length > size) {
                return false;
            }
            for (int i = 0; i < expected.length; i++) {
                if (file.get(at + i) != expected[i]) {
                    return false;
                }
            }
            return true;
        }

        private int u8(int at) {
            return file.get(at) & 0xFF;
        }

        private int u16(int at) {
            return file.getShort(at) & 0xFFFF;
        }

        private int u16Little(int at) {
            return Short.reverseBytes(file.getShort(at)) & 0xFFFF;
        }

        private long u32Little(int at) {
            return Integer.reverseBytes(file.getInt(at)) & 0xFFFFFFFFL;
        }

        private int u16(int at, boolean little) {
            return little ? u16Little(at) : u16(at);
        }

        private long u32(int at, boolean little) {
            return little ? u32Little(at) : file.getInt(at) & 0xFFFFFFFFL;
        }

        private FrameUnreadableException unreadable(String reason) {
            return new FrameUnreadableException(origin, reason);
        }
    }
}
