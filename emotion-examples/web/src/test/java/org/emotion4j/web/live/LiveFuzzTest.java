package org.emotion4j.web.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.emotion4j.frame.FrameBuffer;
import org.emotion4j.frame.FrameUnreadableException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Whatever a browser sends over the WebSocket, it is a message or refused with a reason. Runs the seeds; the profile {@code fuzz}
 * makes more of them.
 */
final class LiveFuzzTest {
    /** As Spring Boot makes it of {@code application.properties}. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-30T00:00:00Z"), ZoneOffset.UTC);
    private static final long MOST_PIXELS = 100_000;

    @MethodSource("messages")
    @FuzzTest(maxDuration = "10m")
    void messages(byte[] utf8) {
        try {
            LiveMessage message = LiveMessage.read(JSON, new String(utf8, StandardCharsets.UTF_8));
            if (message instanceof StartMessage start) {
                start.metadata(CLOCK)
                        .ifPresent(kept -> assertThat(kept.consent()).isPresent());
            }
        } catch (IllegalArgumentException refused) {
            assertThat(refused.getMessage()).isNotBlank();
        }
    }

    @Tag("native")
    @MethodSource("pictures")
    @FuzzTest(maxDuration = "10m")
    void pictures(byte[] message) {
        try {
            assertThat(LivePicture.nanos(ByteBuffer.wrap(message))).isNotNegative();
            try (FrameBuffer picture = FrameBuffer.standalone()) {
                LivePicture.decode(ByteBuffer.wrap(message), MOST_PIXELS, picture);
                assertThat((long) picture.width() * picture.height()).isBetween(1L, MOST_PIXELS);
            }
        } catch (IllegalArgumentException | FrameUnreadableException refused) {
            assertThat(refused.getMessage()).isNotBlank();
        }
    }

    static Stream<byte[]> messages() {
        return Stream.of(
                        "{\"type\":\"start\",\"consent\":true}",
                        "{\"type\":\"start\",\"consent\":true,\"record\":{\"purpose\":\"therapy\",\"keepUntil\":\"2027-06-30\","
                                + "\"person\":\"P-1\"}}",
                        "{\"type\":\"start\",\"record\":{\"purpose\":\"\\u0000\",\"keepUntil\":\"1999-12-31\"}}",
                        "{\"type\":\"start\",\"record\":{\"keepUntil\":[-999999999,1,1]}}",
                        "{\"type\":\"mark\",\"text\":\"\"}",
                        "{\"type\":\"choose\",\"face\":1e400}",
                        "{\"type\":\"stop\"}",
                        "{\"type\":{}}",
                        "[".repeat(100_000),
                        "null",
                        "")
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    static Stream<byte[]> pictures() throws IOException {
        ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
        assertThat(ImageIO.write(new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB), "jpg", jpeg))
                .isTrue();
        byte[] whole = message(1_000, jpeg.toByteArray());
        byte[] damaged = whole.clone();
        Arrays.fill(damaged, damaged.length / 2, damaged.length, (byte) 0xff);
        return Stream.of(
                whole,
                damaged,
                Arrays.copyOf(whole, whole.length / 2),
                message(Double.NaN, jpeg.toByteArray()),
                message(1e300, jpeg.toByteArray()),
                message(0, new byte[0]),
                new byte[3]);
    }

    private static byte[] message(double millis, byte[] picture) {
        return ByteBuffer.allocate(Double.BYTES + picture.length)
                .putDouble(millis)
                .put(picture)
                .array();
    }
}
