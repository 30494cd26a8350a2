package org.emotion4j.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import org.emotion4j.testkit.FrameSourceContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ScriptedFrameSourceTest {
    @Nested
    class Plain extends FrameSourceContract {
        @Override
        protected FrameSource createSource() {
            return ScriptedFrameSource.frames(5).build();
        }
    }

    @Nested
    class WithUnreadableFramesAndScenes extends FrameSourceContract {
        @Override
        protected FrameSource createSource() {
            return ScriptedFrameSource.frames(6)
                    .format(PixelFormat.BGR24)
                    .unreadableAt(0, 3)
                    .discontinuityAt(2, 4)
                    .painted((index, canvas) -> canvas.square(index, index, 8, 200))
                    .build();
        }
    }

    @Test
    void stampsEachFrame() throws IOException {
        ScriptedFrameSource source =
                ScriptedFrameSource.frames(2).every(Duration.ofMillis(40)).build();
        source.read(FrameBuffer.standalone());
        FrameBuffer buffer = FrameBuffer.standalone();
        source.read(buffer);
        try (Frame frame = buffer.toFrame()) {
            assertThat(frame.mediaNanos()).isEqualTo(40_000_000);
            assertThat(frame.origin()).isEqualTo("scripted-1");
        }
    }

    @Test
    void goesOnAfterAnUnreadableFrame() throws IOException {
        ScriptedFrameSource source =
                ScriptedFrameSource.frames(2).unreadableAt(0).build();
        assertThatThrownBy(() -> source.read(FrameBuffer.standalone()))
                .isInstanceOf(FrameUnreadableException.class)
                .hasMessage("scripted-0: is scripted to be unreadable");
        assertThat(source.read(FrameBuffer.standalone())).isTrue();
    }

    @Test
    void staysBrokenOnceItBrokeDown() throws IOException {
        ScriptedFrameSource source = ScriptedFrameSource.frames(3).breaksAt(1).build();
        source.read(FrameBuffer.standalone());
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> source.read(FrameBuffer.standalone()))
                    .isInstanceOf(IOException.class)
                    .hasMessage("scripted source broke down at frame 1");
        }
    }
}
