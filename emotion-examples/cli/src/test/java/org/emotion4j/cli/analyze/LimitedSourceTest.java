package org.emotion4j.cli.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.emotion4j.frame.FrameBuffer;
import org.emotion4j.frame.PixelFormat;
import org.junit.jupiter.api.Test;

class LimitedSourceTest {
    @Test
    void theTimeBeginsWithTheFirstReadAndNotWithTheOpening() throws IOException {
        long[] now = {0};
        try (LimitedSource source = new LimitedSource(
                        target -> {
                            target.reshape(2, 2, PixelFormat.GRAY8);
                            return true;
                        },
                        Duration.ofSeconds(5),
                        () -> now[0]);
                FrameBuffer target = FrameBuffer.standalone()) {
            now[0] = Duration.ofSeconds(60).toNanos(); // models are loaded
            assertThat(source.read(target)).isTrue();
            now[0] += Duration.ofMillis(4_999).toNanos();
            assertThat(source.read(target)).isTrue();
            now[0] += Duration.ofMillis(1).toNanos();
            assertThat(source.read(target)).isFalse();
        }
    }
}
