package org.emotion4j.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.emotion4j.frame.PixelFormat.BGR24;
import static org.emotion4j.frame.PixelFormat.GRAY8;
import static org.emotion4j.frame.PixelFormat.RGB24;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Random;
import java.util.function.IntBinaryOperator;
import net.jqwik.api.Assume;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ImageTransformTest {
    private static final AffineTransform IDENTITY = new AffineTransform(1, 0, 0, 0, 1, 0);

    @ParameterizedTest
    @EnumSource(PixelFormat.class)
    void convertingToTheSameFormatCopies(PixelFormat format) {
        FrameBuffer source = noise(7, 5, format, 1);
        FrameBuffer target = blank(7, 5, format);
        ImageTransform.convert(source, target);
        assertThat(bytes(target)).isEqualTo(bytes(source));
    }

    @Test
    void convertingBetweenColorOrdersSwapsRedAndBlue() {
        FrameBuffer target = blank(1, 1, RGB24);
        ImageTransform.convert(Frame.of(1, 1, BGR24, new byte[] {10, 20, 30}), target);
        assertThat(bytes(target)).containsExactly(30, 20, 10);
    }

    @Test
    void grayBecomesEqualColors() {
        FrameBuffer target = blank(1, 1, BGR24);
        ImageTransform.convert(Frame.of(1, 1, GRAY8, new byte[] {(byte) 200}), target);
        assertThat(bytes(target)).containsOnly((byte) 200);
    }

    @Property
    void grayIsOpenCvsIntegerLuma(
            @ForAll @IntRange(max = 255) int r,
            @ForAll @IntRange(max = 255) int g,
            @ForAll @IntRange(max = 255) int b) {
        FrameBuffer converted = blank(1, 1, GRAY8);
        Frame pixel = Frame.of(1, 1, BGR24, new byte[] {(byte) b, (byte) g, (byte) r});
        ImageTransform.convert(pixel, converted);
        assertThat(value(converted, 0, 0)).isEqualTo((4899 * r + 9617 * g + 1868 * b + 8192) >> 14);

        FrameBuffer warped = blank(1, 1, GRAY8);
        ImageTransform.warp(pixel, IDENTITY, warped);
        assertThat(value(warped, 0, 0)).as("warp agrees").isEqualTo(value(converted, 0, 0));
    }

    @Test
    void convertingRefusesAnotherSize() {
        assertThatThrownBy(() -> ImageTransform.convert(blank(2, 2, GRAY8), blank(2, 3, GRAY8)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("sizes differ: 2x2 to 2x3");
    }

    @ParameterizedTest
    @EnumSource(PixelFormat.class)
    void theIdentityMapCopies(PixelFormat format) {
        FrameBuffer source = noise(9, 4, format, 2);
        FrameBuffer target = blank(9, 4, format);
        ImageTransform.warp(source, IDENTITY, target);
        assertThat(bytes(target)).isEqualTo(bytes(source));
    }

    @ParameterizedTest
    @EnumSource(PixelFormat.class)
    void resizingToTheSameSizeCopies(PixelFormat format) {
        FrameBuffer source = noise(9, 4, format, 3);
        FrameBuffer target = blank(9, 4, format);
        ImageTransform.resize(source, target);
        assertThat(bytes(target)).isEqualTo(bytes(source));
    }

    @Test
    void aMirrorSwapsColumnsExactly() {
        FrameBuffer source = noise(8, 3, GRAY8, 4);
        FrameBuffer target = blank(8, 3, GRAY8);
        ImageTransform.warp(source, new AffineTransform(-1, 0, 8, 0, 1, 0), target);
        for (int y = 0; y < 3; y++) {
            for (int x = 0; x < 8; x++) {
                assertThat(value(target, x, y)).isEqualTo(value(source, 7 - x, y));
            }
        }
    }

    @Test
    void aQuarterTurnMovesPixelsExactly() {
        FrameBuffer source = noise(5, 4, GRAY8, 5);
        FrameBuffer target = blank(4, 5, GRAY8);
        ImageTransform.warp(source, new AffineTransform(0, -1, 4, 1, 0, 0), target);
        for (int y = 0; y < 4; y++) {
            for (int x = 0; x < 5; x++) {
                assertThat(value(target, 3 - y, x)).isEqualTo(value(source, x, y));
            }
        }
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void anEvenPictureStaysEvenAtEverySize(
            @ForAll @IntRange(max = 255) int value,
            @ForAll @IntRange(min = 1, max = 90) int width,
            @ForAll @IntRange(min = 1, max = 90) int height,
            @ForAll PixelFormat from,
            @ForAll PixelFormat to) {
        FrameBuffer source = drawn(width, height, from, (x, y) -> value);
        FrameBuffer target = blank(13, 7, to);
        ImageTransform.resize(source, target);
        assertThat(bytes(target)).containsOnly((byte) value);
    }

    @Test
    void shrinkingACheckerboardGivesItsMean() {
        FrameBuffer source = drawn(16, 16, GRAY8, (x, y) -> (x + y) % 2 == 0 ? 0 : 200);
        FrameBuffer target = blank(4, 4, GRAY8);
        ImageTransform.resize(source, target);
        assertThat(bytes(target)).containsOnly((byte) 100);
    }

    @Property
    void shrinkingByAWholeNumberGivesTheRoundedMeanOfTheArea(
            @ForAll @IntRange(min = 1, max = 16) int ratio, @ForAll int seed) {
        FrameBuffer source = noise(2 * ratio, 3 * ratio, GRAY8, seed);
        FrameBuffer target = blank(2, 3, GRAY8);
        ImageTransform.resize(source, target);
        for (int y = 0; y < 3; y++) {
            for (int x = 0; x < 2; x++) {
                double sum = 0;
                for (int i = 0; i < ratio * ratio; i++) {
                    sum += value(source, x * ratio + i % ratio, y * ratio + i / ratio);
                }
                assertThat((double) value(target, x, y)).isEqualTo(sum / (ratio * ratio), within(0.5001));
            }
        }
    }

    @Test
    void shrinkingFarKeepsTheMeanOfASlope() {
        FrameBuffer source = drawn(250, 50, GRAY8, (x, y) -> x);
        FrameBuffer target = blank(5, 1, GRAY8);
        ImageTransform.resize(source, target);
        assertThat(bytes(target)).containsExactly(25, 75, 125, (byte) 175, (byte) 225);
    }

    @Test
    void enlargingInterpolatesBetweenPixelCenters() {
        FrameBuffer target = blank(8, 1, GRAY8);
        ImageTransform.resize(Frame.of(2, 1, GRAY8, new byte[] {0, 80}), target);
        assertThat(bytes(target)).containsExactly(0, 0, 10, 30, 50, 70, 80, 80);
    }

    @Property
    void aSlopeStaysASlopeUnderEveryMap(
            @ForAll @DoubleRange(min = 0.6, max = 3) double scale,
            @ForAll @DoubleRange(min = -3.2, max = 3.2) double angle) {
        FrameBuffer source = drawn(64, 64, GRAY8, (x, y) -> 2 * x + y);
        double c = scale * Math.cos(angle);
        double s = scale * Math.sin(angle);
        AffineTransform aboutTheMiddle = new AffineTransform(c, -s, 8 - 32 * c + 32 * s, s, c, 8 - 32 * s - 32 * c);
        AffineTransform back = aboutTheMiddle.inverse();
        FrameBuffer target = blank(16, 16, GRAY8);
        ImageTransform.warp(source, aboutTheMiddle, target);
        for (int y = 0; y < 16; y++) {
            for (int x = 0; x < 16; x++) {
                double fromX = back.applyX(x + 0.5, y + 0.5) - 0.5;
                double fromY = back.applyY(x + 0.5, y + 0.5) - 0.5;
                assertThat((double) value(target, x, y)).isEqualTo(2 * fromX + fromY, within(0.501));
            }
        }
    }

    @Test
    void outsideThePictureTheNearestPixelOfTheBorderIsTaken() {
        Frame source = Frame.of(2, 2, GRAY8, new byte[] {10, 20, 30, 40});
        FrameBuffer target = blank(6, 6, GRAY8);
        ImageTransform.warp(source, new AffineTransform(1, 0, 2, 0, 1, 2), target);
        assertThat(value(target, 0, 0)).isEqualTo(10);
        assertThat(value(target, 5, 0)).isEqualTo(20);
        assertThat(value(target, 0, 5)).isEqualTo(30);
        assertThat(value(target, 5, 5)).isEqualTo(40);
        assertThat(value(target, 2, 2)).isEqualTo(10);
        assertThat(value(target, 3, 5)).isEqualTo(40);
    }

    @Test
    void aTargetFarOutsideIsFilledFromTheCorner() {
        Frame source = Frame.of(2, 2, RGB24, new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12});
        FrameBuffer target = blank(3, 3, RGB24);
        ImageTransform.warp(source, new AffineTransform(1, 0, -1e9, 0, 1, -1e9), target);
        assertThat(bytes(target)).startsWith(10, 11, 12).endsWith(10, 11, 12);
    }

    @Test
    void warpsAndConvertsAtOnce() {
        Frame source = Frame.of(2, 1, BGR24, new byte[] {1, 2, 3, 4, 5, 6});
        FrameBuffer target = blank(2, 1, RGB24);
        ImageTransform.warp(source, new AffineTransform(-1, 0, 2, 0, 1, 0), target);
        assertThat(bytes(target)).containsExactly(6, 5, 4, 3, 2, 1);
    }

    @Test
    void refusesAMapThatFlattensThePicture() {
        AffineTransform flat = new AffineTransform(1, 1, 0, 1, 1, 0);
        assertThatThrownBy(() -> ImageTransform.warp(blank(2, 2, GRAY8), flat, blank(2, 2, GRAY8)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** Gray targets have a way of their own: it must end at the luma of what the colors give. */
    @Property(tries = 200)
    void grayIsTheLumaOfTheColors(
            @ForAll @IntRange(min = 1, max = 90) int width,
            @ForAll @IntRange(min = 1, max = 90) int height,
            @ForAll @DoubleRange(min = -30, max = 30) double scaleX,
            @ForAll @DoubleRange(min = -30, max = 30) double scaleY,
            @ForAll @DoubleRange(min = -1, max = 1) double shear,
            @ForAll @DoubleRange(min = -100, max = 100) double moved,
            @ForAll boolean upright,
            @ForAll long seed) {
        Assume.that(Math.abs(scaleX * scaleY) > 0.01);
        AffineTransform map = new AffineTransform(
                1 / scaleX,
                upright ? 0 : shear / scaleX,
                moved / 10,
                upright ? 0 : -shear / scaleY,
                1 / scaleY,
                -moved / 20);
        FrameBuffer color = blank(19, 23, BGR24);
        FrameBuffer gray = blank(19, 23, GRAY8);
        FrameBuffer source = noise(width, height, BGR24, seed);
        ImageTransform.warp(source, map, color);
        ImageTransform.warp(source, map, gray);
        for (int i = 0; i < 19 * 23; i++) {
            double luma = 0.114 * (color.pixels().get(3 * i) & 0xff)
                    + 0.587 * (color.pixels().get(3 * i + 1) & 0xff)
                    + 0.299 * (color.pixels().get(3 * i + 2) & 0xff);
            assertThat((double) (gray.pixels().get(i) & 0xff)).isCloseTo(luma, within(1.02));
        }
    }

    @Test
    void allocatesNoMemoryForPixels() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        assumeTrue(threads.isThreadAllocatedMemorySupported(), "this virtual machine does not count allocations");
        FrameBuffer source = noise(160, 120, BGR24, 6);
        FrameBuffer crop = blank(48, 48, GRAY8);
        FrameBuffer copy = blank(160, 120, RGB24);
        AffineTransform map = new AffineTransform(0.4, 0.1, 3, -0.1, 0.4, 2);
        Runnable work = () -> {
            ImageTransform.warp(source, map, crop);
            ImageTransform.resize(source, crop);
            ImageTransform.convert(source, copy);
        };
        work.run();
        long thread = Thread.currentThread().getId();
        long before = threads.getThreadAllocatedBytes(thread);
        for (int i = 0; i < 100; i++) {
            work.run();
        }
        long perCall = (threads.getThreadAllocatedBytes(thread) - before) / 100;
        assertThat(perCall)
                .as("bytes a call: the inverse map, no row and no pixel")
                .isLessThan(128);
    }

    @ParameterizedTest
    @EnumSource(PixelFormat.class)
    void aWholeNumberOfPixelsGivesTheirMean(PixelFormat format) {
        // what is drawn is three times as large, and sticks out of the picture on all sides
        FrameBuffer source = noise(61, 47, format, 3);
        FrameBuffer target = blank(25, 20, format);
        ImageTransform.warp(source, new AffineTransform(1 / 3.0, 0, 2, 0, 1 / 3.0, 1), target);
        int channels = format.bytesPerPixel();
        for (int y = 0; y < 20; y++) {
            for (int x = 0; x < 25; x++) {
                for (int channel = 0; channel < channels; channel++) {
                    int sum = 0;
                    for (int i = 0; i < 9; i++) {
                        int column = Math.max(0, Math.min(60, 3 * (x - 2) + i % 3));
                        int row = Math.max(0, Math.min(46, 3 * (y - 1) + i / 3));
                        sum += source.pixels().get(row * source.stride() + column * channels + channel) & 0xff;
                    }
                    int drawn = target.pixels().get(y * target.stride() + x * channels + channel) & 0xff;
                    assertThat(drawn).as("%d, %d", x, y).isEqualTo((int) Math.floor(sum / 9.0 + 0.5));
                }
            }
        }
    }

    /** Large targets are drawn in tiles; a part of one has to be what the whole has there. */
    @Property(tries = 30)
    void aPartIsDrawnLikeTheWhole(
            @ForAll @DoubleRange(min = -180, max = 180) double degrees,
            @ForAll @DoubleRange(min = 0.2, max = 3) double scale,
            @ForAll @IntRange(max = 200) int left,
            @ForAll @IntRange(max = 100) int top) {
        FrameBuffer source = noise(320, 240, BGR24, 5);
        double cosine = scale * Math.cos(Math.toRadians(degrees));
        double sine = scale * Math.sin(Math.toRadians(degrees));
        FrameBuffer whole = blank(300, 200, BGR24);
        ImageTransform.warp(source, new AffineTransform(cosine, -sine, 150, sine, cosine, 100), whole);
        FrameBuffer part = blank(5, 4, BGR24);
        ImageTransform.warp(source, new AffineTransform(cosine, -sine, 150 - left, sine, cosine, 100 - top), part);
        for (int y = 0; y < 4; y++) {
            for (int x = 0; x < 15; x++) {
                int there = whole.pixels().get((top + y) * whole.stride() + 3 * left + x) & 0xff;
                assertThat(part.pixels().get(y * part.stride() + x) & 0xff)
                        .as("%d, %d", x, y)
                        .isCloseTo(there, within(1));
            }
        }
    }

    private static FrameBuffer blank(int width, int height, PixelFormat format) {
        FrameBuffer buffer = FrameBuffer.standalone();
        buffer.reshape(width, height, format);
        return buffer;
    }

    private static FrameBuffer drawn(int width, int height, PixelFormat format, IntBinaryOperator value) {
        FrameBuffer buffer = blank(width, height, format);
        int channels = format.bytesPerPixel();
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                for (int channel = 0; channel < channels; channel++) {
                    buffer.pixels().put((y * width + x) * channels + channel, (byte) value.applyAsInt(x, y));
                }
            }
        }
        return buffer;
    }

    private static FrameBuffer noise(int width, int height, PixelFormat format, long seed) {
        FrameBuffer buffer = blank(width, height, format);
        byte[] bytes = new byte[buffer.stride() * height];
        new Random(seed).nextBytes(bytes);
        buffer.pixels().put(0, bytes);
        return buffer;
    }

    private static int value(FrameBuffer buffer, int x, int y) {
        return buffer.pixels().get(y * buffer.stride() + x) & 0xff;
    }

    private static byte[] bytes(FrameBuffer buffer) {
        byte[] bytes = new byte[buffer.stride() * buffer.height()];
        buffer.pixels().get(0, bytes);
        return bytes;
    }
}
