package org.emotion4j.examples.guide;

// guide:begin
import java.io.IOException;
import java.io.UncheckedIOException;
import org.emotion4j.cli.demo.SamplePortrait;
import org.emotion4j.examples.ChinRestDetector;
import org.emotion4j.face.BoundingBox;
import org.emotion4j.face.FaceDetector;
import org.emotion4j.frame.Frame;
import org.emotion4j.testkit.FaceDetectorContract;
import org.junit.jupiter.api.Tag;

@Tag("native")
final class ChinRestDetectorContractTest extends FaceDetectorContract {
    @Override
    protected FaceDetector createDetector() {
        return new ChinRestDetector(new BoundingBox(0.2, 0.15, 0.6, 0.6));
    }

    @Override
    protected Frame pictureWithFaces() {
        try {
            return SamplePortrait.load("user5-128x128.jpg").picture();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
// guide:end
