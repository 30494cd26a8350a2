package org.emotion4j.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.emotion4j.frame.Frame;
import org.emotion4j.frame.PixelFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntegralImageTest {
    private static final int WIDTH = 37;
    private static final int HEIGHT = 29;

    private final IntegralImage means = new IntegralImage();

    /** Shrinking, growing, one pixel, the whole picture. */
    @ParameterizedTest
    @CsvSource({"0,0,37,29,12,12", "3,5,30,20,24,24", "36,28,37,29,12,12", "0,0,37,29,29,37", "10,0,13,29,7,5"})
    void everyCellIsTheMeanOfThePixelsThatItTouches(int left, int top, int right, int bottom, int rows, int columns) {
        byte[] rgb = noise(1);
        try (Frame frame = Frame.of(WIDTH, HEIGHT, PixelFormat.RGB24, rgb)) {
            means.load(frame);
        }
        float[] target = new float[3 * rows * columns];
        means.write(left, top, right, bottom, rows, columns, target);
        for (int c = 0; c < 3; c++) {
            for (int y = 0; y < rows; y++) {
                for (int x = 0; x < columns; x++) {
                    int firstX = left + x * (right - left) / columns;
                    int lastX = left + (int) Math.ceil((x + 1.0) * (right - left) / columns);
                    int firstY = top + y * (bottom - top) / rows;
                    int lastY = top + (int) Math.ceil((y + 1.0) * (bottom - top) / rows);
                    double sum = 0;
                    for (int py = firstY; py < lastY; py++) {
                        for (int px = firstX; px < lastX; px++) {
                            sum += rgb[(py * WIDTH + px) * 3 + c] & 0xff;
                        }
                    }
                    double mean = sum / ((lastX - firstX) * (lastY - firstY));
                    assertThat((double) target[(y * columns + x) * 3 + c])
                            .isCloseTo((mean - 127.5) / 128, within(1e-5));
                }
            }
        }
    }

    @Test
    void theOrderOfTheColorsMakesNoDifferenceAndGrayIsThreeTimesTheSame() {
        byte[] rgb = noise(2);
        byte[] bgr = rgb.clone();
        byte[] gray = new byte[WIDTH * HEIGHT];
        byte[] gray3 = new byte[rgb.length];
        for (int i = 0; i < rgb.length; i += 3) {
            bgr[i] = rgb[i + 2];
            bgr[i + 2] = rgb[i];
            gray[i / 3] = rgb[i];
            gray3[i] = rgb[i];
            gray3[i + 1] = rgb[i];
            gray3[i + 2] = rgb[i];
        }
        assertThat(written(PixelFormat.BGR24, bgr)).isEqualTo(written(PixelFormat.RGB24, rgb));
        assertThat(written(PixelFormat.GRAY8, gray)).isEqualTo(written(PixelFormat.RGB24, gray3));
    }

    @Test
    void aSmallerPictureAfterALargerOneIsNotMixedWithIt() {
        float[] fresh = written(PixelFormat.RGB24, noise(3));
        try (Frame large = Frame.of(64, 64, PixelFormat.GRAY8, new byte[64 * 64])) {
            means.load(large);
        }
        assertThat(written(PixelFormat.RGB24, noise(3))).isEqualTo(fresh);
    }

    private float[] written(PixelFormat format, byte[] pixels) {
        try (Frame frame = Frame.of(WIDTH, HEIGHT, format, pixels)) {
            means.load(frame);
        }
        float[] target = new float[3 * 12 * 12];
        means.write(0, 0, WIDTH, HEIGHT, 12, 12, target);
        return target;
    }

    private static byte[] noise(long seed) {
        byte[] pixels = new byte[WIDTH * HEIGHT * 3];
        new Random(seed).nextBytes(pixels);
        return pixels;
    }
}
