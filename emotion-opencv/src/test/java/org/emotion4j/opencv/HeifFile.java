package org.emotion4j.opencv;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.emotion4j.ffmpeg.Clip;

/** Writes AVIF files as phones write HEIC: of tiles, cut to size, turned and mirrored (ISO/IEC 23008-12). */
final class HeifFile {
    /** The colors of {@link Oddities#quarters}, in blue, green, red. */
    static final List<byte[]> QUARTERS =
            List.of(bytes(0, 0, 255), bytes(0, 255, 0), bytes(255, 0, 0), bytes(255, 255, 255));

    private final List<byte[]> tiles = new ArrayList<>();
    private final List<byte[]> transformations = new ArrayList<>();
    private byte[] configuration = {};
    private int tileWidth;
    private int tileHeight;
    private int across = 1;
    private int width;
    private int height;
    private boolean grid;

    private HeifFile() {}

    /** Codes one picture for each color. */
    static HeifFile ofTiles(Path folder, int tileWidth, int tileHeight, List<byte[]> colors) throws IOException {
        HeifFile file = new HeifFile();
        file.tileWidth = tileWidth;
        file.tileHeight = tileHeight;
        file.width = tileWidth;
        file.height = tileHeight;
        for (byte[] color : colors) {
            byte[] avif = Files.readAllBytes(Clip.of(1)
                    .encoder("libaom-av1")
                    .size(tileWidth, tileHeight)
                    .painted((index, canvas) -> {
                        for (int i = 0; i < canvas.pixels().capacity(); i++) {
                            canvas.pixels().put(i, color[i % 3]);
                        }
                    })
                    .write(folder.resolve("tile.avif")));
            file.configuration = boxIn(avif, "av1C");
            byte[] data = boxIn(avif, "mdat");
            file.tiles.add(Arrays.copyOfRange(data, 8, data.length));
        }
        return file;
    }

    /** Lays the tiles side by side, and cuts right and bottom off. */
    HeifFile grid(int tilesAcross, int shownWidth, int shownHeight) {
        grid = true;
        across = tilesAcross;
        width = shownWidth;
        height = shownHeight;
        return this;
    }

    /** Turns the picture counterclockwise, after what was said before. */
    HeifFile turned(int quarters) {
        transformations.add(box("irot", bytes(quarters)));
        return this;
    }

    /** Swaps top and bottom (axis 0, Exif orientation 4) or left and right (axis 1, Exif orientation 2), after what was said before. */
    HeifFile mirrored(int axis) {
        transformations.add(box("imir", bytes(axis)));
        return this;
    }

    byte[] write() {
        byte[] layout = join(bytes(0, 0, tiles.size() / across - 1, across - 1), u16(width), u16(height));
        List<byte[]> items = new ArrayList<>(tiles);
        if (grid) {
            items.add(layout);
        }
        // The offsets are of fixed length, so the first pass says where the data begins.
        int start = file(items, 0).length - join(items.toArray(byte[][]::new)).length;
        return file(items, start);
    }

    private byte[] file(List<byte[]> items, int start) {
        int shown = items.size();
        byte[] meta = join(
                u32(0),
                box("hdlr", u32(0), u32(0), text("pict"), new byte[13]),
                box("pitm", u32(0), u16(shown)),
                locations(items, start),
                informations(items),
                references(),
                box("iprp", properties(), associations(items)));
        return join(
                box("ftyp", text("avif"), u32(0), text("avifmif1miaf")),
                box("meta", meta),
                box("mdat", items.toArray(byte[][]::new)));
    }

    private static byte[] locations(List<byte[]> items, int start) {
        List<byte[]> parts = new ArrayList<>(List.of(u32(0), bytes(0x44, 0), u16(items.size())));
        int at = start;
        for (int i = 0; i < items.size(); i++) {
            parts.add(join(u16(i + 1), u16(0), u16(1), u32(at), u32(items.get(i).length)));
            at += items.get(i).length;
        }
        return box("iloc", parts.toArray(byte[][]::new));
    }

    private byte[] informations(List<byte[]> items) {
        List<byte[]> parts = new ArrayList<>(List.of(u32(0), u16(items.size())));
        for (int i = 0; i < items.size(); i++) {
            String kind = i < tiles.size() ? "av01" : "grid";
            parts.add(box("infe", u32(0x0200_0000), u16(i + 1), u16(0), text(kind), bytes(0)));
        }
        return box("iinf", parts.toArray(byte[][]::new));
    }

    private byte[] references() {
        if (!grid) {
            return new byte[0];
        }
        List<byte[]> parts = new ArrayList<>(List.of(u16(tiles.size() + 1), u16(tiles.size())));
        for (int i = 0; i < tiles.size(); i++) {
            parts.add(u16(i + 1));
        }
        return box("iref", u32(0), box("dimg", parts.toArray(byte[][]::new)));
    }

    private byte[] properties() {
        List<byte[]> parts = new ArrayList<>(List.of(
                configuration,
                box("ispe", u32(0), u32(tileWidth), u32(tileHeight)),
                box("ispe", u32(0), u32(width), u32(height))));
        parts.addAll(transformations);
        return box("ipco", parts.toArray(byte[][]::new));
    }

    private byte[] associations(List<byte[]> items) {
        List<byte[]> parts = new ArrayList<>(List.of(u32(0), u32(items.size())));
        for (int i = 0; i < items.size(); i++) {
            List<Integer> numbers = new ArrayList<>(i < tiles.size() ? List.of(0x81, 2) : List.of(3));
            for (int t = 0; i == items.size() - 1 && t < transformations.size(); t++) {
                numbers.add(0x84 + t);
            }
            parts.add(join(u16(i + 1), bytes(numbers.size())));
            numbers.forEach(number -> parts.add(bytes(number)));
        }
        return box("ipma", parts.toArray(byte[][]::new));
    }

    private static byte[] boxIn(byte[] file, String type) {
        int at = new String(file, StandardCharsets.ISO_8859_1).indexOf(type) - 4;
        int size = ByteBuffer.wrap(file).getInt(at);
        return Arrays.copyOfRange(file, at, at + size);
    }

    private static byte[] box(String type, byte[]... content) {
        byte[] joined = join(content);
        return join(u32(8 + joined.length), text(type), joined);
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static byte[] text(String letters) {
        return letters.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] u16(int value) {
        return bytes(value >> 8, value);
    }

    private static byte[] u32(int value) {
        return bytes(value >> 24, value >> 16, value >> 8, value);
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }
}
