package org.emotion4j.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FloatPlanesTest {
    private final FloatPlanes planes = new FloatPlanes();

    /** One pixel, red 200, green 2, blue 3; in gray 200. */
    static Frame reddish(PixelFormat format) {
        byte[] pixel =
                switch (format) {
                    case GRAY8 -> new byte[] {(byte) 200};
                    case BGR24 -> new byte[] {3, 2, (byte) 200};
                    case RGB24 -> new byte[] {(byte) 200, 2, 3};
                };
        return Frame.of(1, 1, format, pixel);
    }

    @ParameterizedTest
    @EnumSource(PixelFormat.class)
    void planesAreRedGreenBlueWhateverTheFormat(PixelFormat format) {
        try (Frame frame = reddish(format)) {
            planes.fill(frame, 1, 1, 2, 2);
        }
        boolean gray = format == PixelFormat.GRAY8;
        assertThat(values()).containsExactly(200, 0, 0, 0, gray ? 200 : 2, 0, 0, 0, gray ? 200 : 3, 0, 0, 0);
    }

    @Test
    void aReducedPixelIsTheMeanOfTheAreaItCovers() {
        byte[] pixels = {0, 30, 60, 90, 120, (byte) 150};
        try (Frame frame = Frame.of(3, 2, PixelFormat.GRAY8, pixels)) {
            planes.fill(frame, 2, 1, 2, 1);
        }
        // columns 0 and half of 1, then half of 1 and 2: means of both rows
        assertThat(values()[0]).isEqualTo((0 + 15 + 90 + 60) / 3f, within(1e-4f));
        assertThat(values()[1]).isEqualTo((15 + 60 + 60 + 150) / 3f, within(1e-4f));
    }

    @Test
    void nothingOfTheLastPictureIsLeft() {
        byte[] white = new byte[64 * 64];
        Arrays.fill(white, (byte) 255);
        try (Frame large = Frame.of(64, 64, PixelFormat.GRAY8, white);
                Frame small = Frame.of(3, 5, PixelFormat.GRAY8, new byte[15])) {
            planes.fill(large, 64, 64, 64, 64);
            planes.fill(small, 3, 5, 32, 32);
        }
        assertThat(planes.width()).isEqualTo(32);
        assertThat(planes.height()).isEqualTo(32);
        assertThat(values()).containsOnly(0);
    }

    @Test
    void theMemoryStaysTheSameObject() {
        try (Frame frame = Frame.of(40, 30, PixelFormat.GRAY8, new byte[1200])) {
            planes.fill(frame, 40, 30, 64, 32);
            Object memory = planes.memory();
            planes.fill(frame, 20, 15, 32, 32);
            planes.fill(frame, 40, 30, 64, 32);
            assertThat(planes.memory()).isSameAs(memory);
        }
    }

    @Property(tries = 60)
    void theMeanOfThePictureStays(
            @ForAll @IntRange(min = 1, max = 70) int width,
            @ForAll @IntRange(min = 1, max = 70) int height,
            @ForAll @IntRange(min = 1, max = 70) int columns,
            @ForAll @IntRange(min = 1, max = 70) int rows,
            @ForAll long seed) {
        int reducedWidth = Math.min(width, columns);
        int reducedHeight = Math.min(height, rows);
        byte[] pixels = new byte[3 * width * height];
        new Random(seed).nextBytes(pixels);
        double sum = 0;
        for (byte value : pixels) {
            sum += value & 0xff;
        }
        try (Frame frame = Frame.of(width, height, PixelFormat.RGB24, pixels)) {
            planes.fill(frame, reducedWidth, reducedHeight, reducedWidth, reducedHeight);
        }
        double reduced = 0;
        for (float value : values()) {
            reduced += value;
        }
        assertThat(reduced / (3.0 * reducedWidth * reducedHeight)).isEqualTo(sum / pixels.length, within(0.01));
    }

    @Property(tries = 60)
    void everyPixelIsTheMeanOfItsArea(
            @ForAll PixelFormat format,
            @ForAll @IntRange(min = 1, max = 40) int width,
            @ForAll @IntRange(min = 1, max = 40) int height,
            @ForAll @IntRange(min = 1, max = 40) int columns,
            @ForAll @IntRange(min = 1, max = 40) int rows,
            @ForAll long seed) {
        int reducedWidth = Math.min(width, columns);
        int reducedHeight = Math.min(height, rows);
        int channels = format.bytesPerPixel();
        byte[] pixels = new byte[channels * width * height];
        new Random(seed).nextBytes(pixels);
        try (Frame frame = Frame.of(width, height, format, pixels)) {
            planes.fill(frame, reducedWidth, reducedHeight, reducedWidth + 3, reducedHeight + 2);
        }
        float[] values = values();
        for (int channel = 0; channel < 3; channel++) {
            int of = channels == 1 ? 0 : format == PixelFormat.BGR24 ? 2 - channel : channel;
            for (int y = 0; y < planes.height(); y++) {
                for (int x = 0; x < planes.width(); x++) {
                    double expected = 0;
                    if (x < reducedWidth && y < reducedHeight) {
                        for (int row = 0; row < height; row++) {
                            double down = overlap(y, row, (double) height / reducedHeight);
                            for (int column = 0; column < width; column++) {
                                expected += down
                                        * overlap(x, column, (double) width / reducedWidth)
                                        * (pixels[(row * width + column) * channels + of] & 0xff);
                            }
                        }
                    }
                    assertThat(values[(channel * planes.height() + y) * planes.width() + x])
                            .isEqualTo((float) expected, within(1e-2f));
                }
            }
        }
    }

    /** The share of a reduced row that one of the picture has. */
    private static double overlap(int reduced, int original, double scale) {
        return Math.max(0, Math.min((reduced + 1) * scale, original + 1) - Math.max(reduced * scale, original)) / scale;
    }

    @Test
    void wrongSizesAreRefused() {
        try (Frame frame = Frame.of(4, 3, PixelFormat.GRAY8, new byte[12])) {
            assertThatThrownBy(() -> planes.fill(frame, 5, 3, 32, 32))
                    .hasMessageStartingWith("width 4 reduced to 5 and padded to 32, expected");
            assertThatThrownBy(() -> planes.fill(frame, 4, 3, 32, 2))
                    .hasMessageStartingWith("height 3 reduced to 3 and padded to 2, expected");
        }
    }

    private float[] values() {
        FloatBuffer floats = planes.memory().asFloatBuffer();
        float[] values = new float[3 * planes.width() * planes.height()];
        floats.get(0, values);
        return values;
    }
}
