package org.emotion4j.ffmpeg;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the primary picture of a HEIC or AVIF file is turned and mirrored (ISO/IEC 23008-12, 6.5.10 and 6.5.12; the boxes are
 * those of ISO/IEC 14496-12, 8.11). Steps are carried out in the order of the file; FFmpeg knows each of them, but not the
 * order. The orientation in Exif data is not asked: the format says that it has no meaning there.
 */
final class HeifTransformations {
    private static final int BOX_HEADER = 8;
    private static final int LARGE_BOX_HEADER = 16;

    private final ByteBuffer file;

    private HeifTransformations(ByteBuffer file) {
        this.file = file;
    }

    /**
     * Reads the steps.
     *
     * @param file the file's bytes, from position 0 to the limit; big-endian
     * @return what they come to; upright where there are none
     * @throws IndexOutOfBoundsException if the file ends within its index
     */
    static Orientation of(ByteBuffer file) {
        return new HeifTransformations(file.duplicate()).ofPrimaryPicture();
    }

    private Orientation ofPrimaryPicture() {
        Orientation orientation = Orientation.UPRIGHT;
        for (Box meta : boxes(0, file.limit(), "meta")) {
            int content = meta.from + 4;
            Box primary = last(boxes(content, meta.to, "pitm"));
            Box properties = last(boxes(content, meta.to, "iprp"));
            if (primary != null && properties != null) {
                long item = u8(primary.from) == 0 ? u16(primary.from + 4) : u32(primary.from + 4);
                orientation = ofItem(item, properties);
            }
        }
        return orientation;
    }

    /** There is one of each; whoever has thousands does not have all of them looked at with each other. */
    private static @Nullable Box last(List<Box> boxes) {
        return boxes.isEmpty() ? null : boxes.get(boxes.size() - 1);
    }

    private Orientation ofItem(long item, Box properties) {
        List<Box> known = new ArrayList<>();
        for (Box container : boxes(properties.from, properties.to, "ipco")) {
            known.addAll(boxes(container.from, container.to, ""));
        }
        Orientation orientation = Orientation.UPRIGHT;
        for (Box associations : boxes(properties.from, properties.to, "ipma")) {
            for (int number : numbersOf(item, associations)) {
                if (number >= 1 && number <= known.size()) {
                    orientation = after(orientation, known.get(number - 1));
                }
            }
        }
        return orientation;
    }

    /** The properties of an item, counted from 1. */
    private List<Integer> numbersOf(long item, Box associations) {
        int at = associations.from;
        boolean longItems = u8(at) > 0;
        boolean longNumbers = (u8(at + 3) & 1) != 0;
        long entries = u32(at + 4);
        at += 8;
        List<Integer> numbers = new ArrayList<>();
        for (long entry = 0; entry < entries; entry++) {
            long id = longItems ? u32(at) : u16(at);
            at += longItems ? 4 : 2;
            int count = u8(at++);
            for (int i = 0; i < count; i++) {
                int number = longNumbers ? u16(at) & 0x7FFF : u8(at) & 0x7F;
                at += longNumbers ? 2 : 1;
                if (id == item) {
                    numbers.add(number);
                }
            }
        }
        return numbers;
    }

    private Orientation after(Orientation orientation, Box property) {
        return switch (property.type) {
            case "irot" -> {
                Orientation turned = orientation;
                for (int i = u8(property.from) & 3; i > 0; i--) {
                    turned = turned.turnedLeft();
                }
                yield turned;
            }
            case "imir" -> (u8(property.from) & 1) == 0 ? orientation.flippedDown() : orientation.flippedAcross();
            default -> orientation;
        };
    }

    /** A box without its header. */
    private record Box(String type, int from, int to) {}

    /** The boxes of a type between two positions, or all of them where no type is given. */
    private List<Box> boxes(int from, int to, String type) {
        List<Box> found = new ArrayList<>();
        int at = from;
        while (at + BOX_HEADER <= to) {
            byte[] name = new byte[4];
            file.get(at + 4, name);
            long size = u32(at);
            int header = BOX_HEADER;
            if (size == 1) {
                size = file.getLong(at + BOX_HEADER);
                header = LARGE_BOX_HEADER;
            } else if (size == 0) {
                size = to - (long) at;
            }
            if (size < header || at + size > to) {
                return found; // FFmpeg says what is wrong with it
            }
            String letters = new String(name, StandardCharsets.ISO_8859_1);
            if (type.isEmpty() || type.equals(letters)) {
                found.add(new Box(letters, at + header, (int) (at + size)));
            }
            at += (int) size;
        }
        return found;
    }

    private int u8(int at) {
        return file.get(at) & 0xFF;
    }

    private int u16(int at) {
        return file.getShort(at) & 0xFFFF;
    }

    private long u32(int at) {
        return file.getInt(at) & 0xFFFF_FFFFL;
    }
}
