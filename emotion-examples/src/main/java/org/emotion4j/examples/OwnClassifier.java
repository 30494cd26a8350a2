package org.emotion4j.examples;

// guide:begin
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.emotion4j.emotion.EmotionClassifier;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.emotion.LabelMapping;
import org.emotion4j.face.CropSpec;
import org.emotion4j.face.FaceCrop;
import org.emotion4j.frame.Frame;
import org.emotion4j.frame.PixelFormat;
import org.emotion4j.opencv.Pictures;
import org.emotion4j.pipeline.EmotionPipeline;
import org.emotion4j.stage.StageMetadata;

/** A network with 112x112 RGB input and AffectNet's eight labels. */
public final class OwnClassifier implements EmotionClassifier {
    private static final int SIDE = 112;

    /** The crop that the network was trained on: its size, its colors, and a tenth more than a tight face around. */
    private static final CropSpec CROP =
            CropSpec.of(SIDE, SIDE, PixelFormat.RGB24).withMargin(0.1);

    /** The network's labels in the order of its output. Contempt is none of the seven and is dropped. */
    private static final LabelMapping LABELS = EmotionClassifier.mapping(
            List.of("neutral", "happy", "sad", "surprise", "fear", "disgust", "anger", "contempt"));

    private final UnaryOperator<float[]> network;
    private final float[] input = new float[3 * SIDE * SIDE];

    /** Takes whatever runs the network: three planes of 112x112 numbers in, eight logits out. */
    public OwnClassifier(UnaryOperator<float[]> network) {
        this.network = network;
    }

    @Override
    public CropSpec cropSpec() {
        return CROP;
    }

    @Override
    public EmotionScores classify(FaceCrop crop) {
        requireOwnCrop(crop);
        ByteBuffer pixels = crop.pixels();
        for (int i = 0; i < SIDE * SIDE; i++) {
            for (int channel = 0; channel < 3; channel++) {
                int value = pixels.get(3 * i + channel) & 0xff;
                input[channel * SIDE * SIDE + i] = (value - 127.5f) / 128;
            }
        }
        return LABELS.fromLogits(network.apply(input));
    }

    @Override
    public StageMetadata metadata() {
        return StageMetadata.named("own").withVersion("1").withNotes(LABELS.toString());
    }

    /** Reads a picture, whose file is the argument, with a network that goes by nothing but the brightness. */
    public static void main(String[] args) throws IOException {
        if (args.length != 1) {
            throw new IllegalArgumentException("argument: a picture file");
        }
        UnaryOperator<float[]> network = input -> new float[] {0, input[0], -input[0], 0, 0, 0, 0, 0};
        try (EmotionPipeline pipeline = EmotionPipeline.builder()
                        .classifier(new OwnClassifier(network))
                        .build();
                Frame frame = Pictures.read(Path.of(args[0]))) {
            pipeline.analyze(frame).readings().forEach(System.out::println);
        }
    }
}
// guide:end
