package org.emotion4j.face;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.emotion4j.frame.Frame;
import org.emotion4j.frame.FrameBuffer;
import org.emotion4j.frame.PixelFormat;
import org.emotion4j.frame.ScriptedFrameSource;
import org.emotion4j.testkit.FaceDetectorContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class BrightAreaDetectorTest {
    @Nested
    class AtFullSize extends FaceDetectorContract {
        @Override
        protected FaceDetector createDetector() {
            return BrightAreaDetector.atFullSize();
        }

        @Override
        protected Frame pictureWithFaces() {
            return twoSquares();
        }
    }

    @Nested
    class AtHalfSize extends FaceDetectorContract {
        @Override
        protected FaceDetector createDetector() {
            return BrightAreaDetector.atHalfSize();
        }

        @Override
        protected Frame pictureWithFaces() {
            return twoSquares();
        }
    }

    @Test
    void findsSquaresWhereTheyAre() {
        try (Frame frame = twoSquares()) {
            assertThat(BrightAreaDetector.atFullSize().detect(frame))
                    .extracting(DetectedFace::box)
                    .containsExactly(new BoundingBox(60, 20, 30, 30), new BoundingBox(8, 10, 16, 16));
        }
    }

    private static Frame twoSquares() {
        FrameBuffer buffer = FrameBuffer.standalone();
        try (ScriptedFrameSource source = ScriptedFrameSource.frames(1)
                .size(120, 80)
                .format(PixelFormat.BGR24)
                .painted((index, canvas) -> canvas.square(8, 10, 16, 250).square(60, 20, 30, 230))
                .build()) {
            source.read(buffer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return buffer.toFrame();
    }
}
