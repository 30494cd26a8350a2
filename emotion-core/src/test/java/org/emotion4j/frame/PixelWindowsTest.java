package org.emotion4j.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PixelWindowsTest {
    private final PixelWindows windows = new PixelWindows();

    /** Another way to the same picture is {@link FloatPlanes}: a window is nine of its pixels, rounded. */
    @Property(tries = 300)
    void aWindowHasTheNinePixelsAroundItsMiddle(
            @ForAll @IntRange(min = 1, max = 70) int width,
            @ForAll @IntRange(min = 1, max = 70) int height,
            @ForAll @IntRange(min = 1, max = 70) int reducedWidth,
            @ForAll @IntRange(min = 1, max = 70) int reducedHeight,
            @ForAll PixelFormat format,
            @ForAll long seed) {
        int columns = Math.min(width, reducedWidth);
        int rows = Math.min(height, reducedHeight);
        int paddedWidth = (columns + 3) / 2 * 2;
        int paddedHeight = (rows + 1) / 2 * 2;
        FloatPlanes planes = new FloatPlanes();
        byte[] pixels = new byte[width * height * format.bytesPerPixel()];
        new Random(seed).nextBytes(pixels);
        try (Frame frame = Frame.of(width, height, format, pixels)) {
            windows.fill(frame, columns, rows, paddedWidth, paddedHeight);
            planes.fill(frame, columns, rows, paddedWidth, paddedHeight);
        }
        assertThat(windows.columns()).isEqualTo(paddedWidth / 2);
        assertThat(windows.rows()).isEqualTo(paddedHeight / 2);
        // of noise, the worst there is, in weights of 256ths
        boolean reduced = columns < width || rows < height;
        int most = reduced ? 1 + (width / columns + height / rows) / 6 : 0;
        FloatBuffer values =
                planes.memory().duplicate().order(ByteOrder.nativeOrder()).asFloatBuffer();
        for (int r = 0; r < windows.rows(); r++) {
            for (int c = 0; c < windows.columns(); c++) {
                assertNear(window(r, c), expected(values, paddedWidth, paddedHeight, r, c), most);
            }
        }
    }

    private static void assertNear(byte[] found, byte[] expected, int most) {
        for (int i = 0; i < expected.length; i++) {
            assertThat(Math.abs((found[i] & 0xFF) - (expected[i] & 0xFF))).isLessThanOrEqualTo(most);
        }
    }

    private static byte[] expected(FloatBuffer values, int width, int height, int r, int c) {
        byte[] window = new byte[PixelWindows.BYTES];
        int at = 0;
        for (int y = 2 * r - 1; y <= 2 * r + 1; y++) {
            for (int x = 2 * c - 1; x <= 2 * c + 1; x++) {
                for (int channel = 0; channel < 3; channel++) {
                    boolean inside = x >= 0 && y >= 0 && x < width && y < height;
                    window[at++] = inside ? (byte) Math.round(values.get((channel * height + y) * width + x)) : 0;
                }
            }
        }
        return window;
    }

    private byte[] window(int r, int c) {
        byte[] window = new byte[PixelWindows.BYTES];
        windows.memory().get((r * windows.columns() + c) * PixelWindows.BYTES, window);
        return window;
    }

    @ParameterizedTest
    @EnumSource(PixelFormat.class)
    void colorsAreRedGreenBlueWhateverTheFormat(PixelFormat format) {
        try (Frame frame = FloatPlanesTest.reddish(format)) {
            windows.fill(frame, 1, 1, 2, 2);
        }
        byte gray = (byte) 200;
        byte[] middle = Arrays.copyOfRange(window(0, 0), 12, 15);
        assertThat(middle)
                .isEqualTo(format == PixelFormat.GRAY8 ? new byte[] {gray, gray, gray} : new byte[] {gray, 2, 3});
    }

    @Test
    void nothingOfTheLastPictureIsLeft() {
        byte[] white = new byte[64 * 64];
        Arrays.fill(white, (byte) 255);
        try (Frame large = Frame.of(64, 64, PixelFormat.GRAY8, white);
                Frame wide = Frame.of(33, 5, PixelFormat.GRAY8, new byte[33 * 5]);
                Frame small = Frame.of(3, 5, PixelFormat.GRAY8, new byte[15])) {
            windows.fill(large, 64, 64, 64, 64);
            windows.fill(wide, 33, 5, 64, 32);
            assertThat(all()).containsOnly(0);
            windows.fill(large, 64, 64, 64, 64);
            windows.fill(small, 3, 5, 32, 32);
            assertThat(all()).containsOnly(0);
        }
    }

    private byte[] all() {
        byte[] bytes = new byte[windows.rows() * windows.columns() * PixelWindows.BYTES];
        windows.memory().get(0, bytes);
        return bytes;
    }

    @Test
    void memoryIsKeptWhileItIsLargeEnough() {
        try (Frame frame = Frame.of(64, 64, PixelFormat.GRAY8, new byte[64 * 64])) {
            windows.fill(frame, 64, 64, 64, 64);
            ByteBuffer memory = windows.memory();
            windows.fill(frame, 32, 32, 32, 32);
            assertThat(windows.memory()).isSameAs(memory);
        }
    }

    @Test
    void sizesOutOfRangeAreNamed() {
        try (Frame frame = Frame.of(4, 4, PixelFormat.GRAY8, new byte[16])) {
            assertThatThrownBy(() -> windows.fill(frame, 5, 4, 32, 32))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("width 4 reduced to 5");
            assertThatThrownBy(() -> windows.fill(frame, 4, 4, 4, 3))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("padded to 4x3, expected even");
        }
    }
}
