package org.emotion4j.opencv;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.emotion4j.frame.PixelFormat;
import org.emotion4j.frame.Pixels;

/** Picture files of all kinds, made on the spot. */
final class Oddities {
    private Oddities() {}

    /** Red, green over blue, white: four quarters that tell every turn and flip apart. */
    static BufferedImage quarters(int width, int height, int type) {
        BufferedImage image = new BufferedImage(width, height, type);
        Graphics2D g = image.createGraphics();
        g.setColor(Color.RED);
        g.fillRect(0, 0, width / 2, height / 2);
        g.setColor(Color.GREEN);
        g.fillRect(width / 2, 0, width, height / 2);
        g.setColor(Color.BLUE);
        g.fillRect(0, height / 2, width / 2, height);
        g.setColor(Color.WHITE);
        g.fillRect(width / 2, height / 2, width, height);
        g.dispose();
        return image;
    }

    /** Reads the middles of the four quarters as letters: "RG/BW" is the picture as drawn. */
    static String lettersOf(Pixels pixels) {
        int w = pixels.width();
        int h = pixels.height();
        return letter(pixels, w / 4, h / 4)
                + letter(pixels, 3 * w / 4, h / 4)
                + "/"
                + letter(pixels, w / 4, 3 * h / 4)
                + letter(pixels, 3 * w / 4, 3 * h / 4);
    }

    private static String letter(Pixels pixels, int x, int y) {
        int rgb = rgb(pixels, x, y);
        boolean r = (rgb >> 16 & 0xFF) > 128;
        boolean g = (rgb >> 8 & 0xFF) > 128;
        boolean b = (rgb & 0xFF) > 128;
        return r && g && b ? "W" : r && !g && !b ? "R" : g && !r && !b ? "G" : b && !r && !g ? "B" : "?";
    }

    static int rgb(Pixels pixels, int x, int y) {
        if (pixels.format() != PixelFormat.BGR24) {
            throw new IllegalArgumentException("not BGR24");
        }
        int at = y * pixels.stride() + 3 * x;
        ByteBuffer bytes = pixels.pixels();
        return (bytes.get(at + 2) & 0xFF) << 16 | (bytes.get(at + 1) & 0xFF) << 8 | bytes.get(at) & 0xFF;
    }

    static byte[] encode(BufferedImage image, String format) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            if (!ImageIO.write(image, format, out)) {
                throw new IllegalArgumentException("ImageIO writes no " + format + " of this image");
            }
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] jpeg(int width, int height) {
        return encode(quarters(width, height, BufferedImage.TYPE_INT_RGB), "jpg");
    }

    /** Puts an Exif segment with nothing but an orientation behind the start of a JPEG. */
    static byte[] withOrientation(byte[] jpeg, int orientation, ByteOrder order) {
        byte[] tiff = exif(orientation, order);
        ByteBuffer out = ByteBuffer.allocate(jpeg.length + 10 + tiff.length);
        out.put(jpeg, 0, 2);
        out.putShort((short) 0xFFE1).putShort((short) (8 + tiff.length));
        out.put("Exif\0\0".getBytes(StandardCharsets.US_ASCII)).put(tiff);
        out.put(jpeg, 2, jpeg.length - 2);
        return out.array();
    }

    static byte[] exif(int orientation, ByteOrder order) {
        ByteBuffer out = ByteBuffer.allocate(26).order(order);
        out.put((order == ByteOrder.LITTLE_ENDIAN ? "II" : "MM").getBytes(StandardCharsets.US_ASCII));
        out.putShort((short) 42).putInt(8).putShort((short) 1);
        out.putShort((short) 0x0112).putShort((short) 3).putInt(1).putShort((short) orientation);
        out.putShort((short) 0).putInt(0);
        return out.array();
    }

    /** Puts a chunk behind the header of a PNG. */
    static byte[] withChunk(byte[] png, String type, byte[] data) {
        int header = 8 + 25;
        ByteBuffer out = ByteBuffer.allocate(png.length + 12 + data.length);
        out.put(png, 0, header).put(chunk(type, data)).put(png, header, png.length - header);
        return out.array();
    }

    /** A PNG that says how large it is and holds next to nothing. */
    static byte[] pngThatClaims(int width, int height) {
        ByteBuffer header = ByteBuffer.allocate(13);
        header.putInt(width).putInt(height).put((byte) 8).put((byte) 2);
        ByteBuffer out = ByteBuffer.allocate(8 + 25 + 12 + 12);
        out.putLong(0x89504E470D0A1A0AL).put(chunk("IHDR", header.array()));
        out.put(chunk("IDAT", new byte[0])).put(chunk("IEND", new byte[0]));
        return out.array();
    }

    private static byte[] chunk(String type, byte[] data) {
        ByteBuffer out = ByteBuffer.allocate(12 + data.length);
        out.putInt(data.length).put(type.getBytes(StandardCharsets.US_ASCII)).put(data);
        CRC32 crc = new CRC32();
        crc.update(out.array(), 4, 4 + data.length);
        out.putInt((int) crc.getValue());
        return out.array();
    }

    /** Red, green over blue, white in inverted CMYK, as Adobe's programs write it. */
    static byte[] cmykJpeg(int width, int height, boolean adobeMarker) throws IOException {
        BufferedImage rgb = quarters(width, height, BufferedImage.TYPE_INT_RGB);
        WritableRaster raster = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, width, height, 4, null);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                Color color = new Color(rgb.getRGB(x, y));
                // C = 255 - R and so on, K = 0; inverted, that is R, G, B and 255.
                raster.setPixel(x, y, new int[] {color.getRed(), color.getGreen(), color.getBlue(), 255});
            }
        }
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
            writer.setOutput(stream);
            writer.write(new IIOImage(raster, null, null));
        } finally {
            writer.dispose();
        }
        byte[] jpeg = out.toByteArray();
        if (!adobeMarker) {
            return jpeg;
        }
        byte[] marker = {(byte) 0xFF, (byte) 0xEE, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, 0};
        ByteBuffer with = ByteBuffer.allocate(jpeg.length + marker.length);
        return with.put(jpeg, 0, 2).put(marker).put(jpeg, 2, jpeg.length - 2).array();
    }

    static BufferedImage sixteenBit(int width, int height, int red, int green, int blue) {
        ColorModel model = new ComponentColorModel(
                ColorSpace.getInstance(ColorSpace.CS_sRGB), false, false, Transparency.OPAQUE, DataBuffer.TYPE_USHORT);
        WritableRaster raster = model.createCompatibleWritableRaster(width, height);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                raster.setPixel(x, y, new int[] {red, green, blue});
            }
        }
        return new BufferedImage(model, raster, false, null);
    }
}
