package org.emotion4j.examples;

// guide:begin
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.emotion4j.face.BoundingBox;
import org.emotion4j.face.DetectedFace;
import org.emotion4j.face.EyePositions;
import org.emotion4j.face.FaceDetector;
import org.emotion4j.frame.AffineTransform;
import org.emotion4j.frame.Frame;
import org.emotion4j.frame.FrameBuffer;
import org.emotion4j.frame.ImageTransform;
import org.emotion4j.frame.PixelFormat;
import org.emotion4j.opencv.Pictures;
import org.emotion4j.pipeline.EmotionPipeline;
import org.emotion4j.stage.StageMetadata;

/** For a laboratory where the head rests in a fixed place: says whether somebody is there. */
public final class ChinRestDetector implements FaceDetector {
    private static final int SIDE = 32;

    /** The least standard deviation of the brightness that is taken for a face instead of an empty wall. */
    private static final double LEAST_CONTRAST = 15;

    private final BoundingBox place;
    private final FrameBuffer sample = FrameBuffer.standalone();

    /** Takes where the face is, as fractions of the picture's width and height. */
    public ChinRestDetector(BoundingBox place) {
        this.place = place;
    }

    @Override
    public List<DetectedFace> detect(Frame frame) {
        BoundingBox box = new BoundingBox(
                place.x() * frame.width(),
                place.y() * frame.height(),
                place.width() * frame.width(),
                place.height() * frame.height());
        return contrast(frame, box) < LEAST_CONTRAST ? List.of() : List.of(new DetectedFace(box, 1));
    }

    /** Where the eyes lie in such a box: the aligner goes by it, since this detector gives no landmarks. */
    @Override
    public EyePositions eyesInBox() {
        return EyePositions.level(0.30, 0.40);
    }

    @Override
    public StageMetadata metadata() {
        return StageMetadata.named("chin-rest").withVersion("1").withNotes("place " + place);
    }

    @Override
    public void close() {
        sample.close();
    }

    /** The frame may have any size and pixel format; the transform brings the box to 32x32 gray pixels. */
    private double contrast(Frame frame, BoundingBox box) {
        double scaleX = SIDE / box.width();
        double scaleY = SIDE / box.height();
        ByteBuffer gray = sample.reshape(SIDE, SIDE, PixelFormat.GRAY8);
        ImageTransform.warp(
                frame, new AffineTransform(scaleX, 0, -box.x() * scaleX, 0, scaleY, -box.y() * scaleY), sample);
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < SIDE * SIDE; i++) {
            int value = gray.get(i) & 0xff;
            sum += value;
            squares += value * value;
        }
        double mean = sum / (SIDE * SIDE);
        return Math.sqrt(Math.max(0, squares / (SIDE * SIDE) - mean * mean));
    }

    /** Reads a picture, whose file is the argument. */
    public static void main(String[] args) throws IOException {
        if (args.length != 1) {
            throw new IllegalArgumentException("argument: a picture file");
        }
        BoundingBox place = new BoundingBox(0.2, 0.15, 0.6, 0.6);
        try (EmotionPipeline pipeline = EmotionPipeline.builder()
                        .detector(new ChinRestDetector(place))
                        .build();
                Frame frame = Pictures.read(Path.of(args[0]))) {
            pipeline.analyze(frame).readings().forEach(System.out::println);
        }
    }
}
// guide:end
