package org.emotion4j.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.emotion4j.frame.Frame;
import org.emotion4j.frame.FrameBuffer;
import org.emotion4j.frame.PixelFormat;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("native")
final class PortraitFrameSourceTest {
    @Test
    void holdsEachPortraitAndMarksTheChangeOfPersons() {
        List<String> seen = new ArrayList<>();
        try (PortraitFrameSource source = source(Duration.ofMillis(200), Duration.ofMillis(100))) {
            assertThat(source.frameCount()).hasValue(4);
            for (FrameBuffer buffer = FrameBuffer.standalone(); source.read(buffer); ) {
                try (Frame frame = buffer.toFrame()) {
                    seen.add(frame.origin() + " " + frame.mediaNanos() / 1_000_000 + " " + frame.discontinuity() + " "
                            + (frame.pixels().get(0) & 0xff));
                }
                buffer = FrameBuffer.standalone();
            }
        }
        assertThat(seen).containsExactly("a 0 true 10", "a 100 false 10", "b 200 true 20", "b 300 false 20");
    }

    @Test
    void refusesAFrameLongerThanTheHold() {
        assertThatThrownBy(() -> source(Duration.ofMillis(50), Duration.ofMillis(100)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PT0.05S");
    }

    private static PortraitFrameSource source(Duration hold, Duration frame) {
        return new PortraitFrameSource(
                List.of(
                        new SamplePortrait("a", Frame.of(1, 1, PixelFormat.GRAY8, new byte[] {10})),
                        new SamplePortrait("b", Frame.of(1, 1, PixelFormat.GRAY8, new byte[] {20}))),
                hold,
                frame);
    }
}
