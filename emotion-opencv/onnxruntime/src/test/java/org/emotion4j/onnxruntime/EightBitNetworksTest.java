package org.emotion4j.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.emotion4j.emotion.EmotionClassifier;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.emotion.FaceAnswers;
import org.emotion4j.emotion.FacialMovement;
import org.emotion4j.emotion.FacialMovements;
import org.emotion4j.emotion.LabelSet;
import org.emotion4j.face.CropSpec;
import org.emotion4j.face.DetectedFace;
import org.emotion4j.face.FaceAligner;
import org.emotion4j.face.FaceCrop;
import org.emotion4j.face.FaceDetector;
import org.emotion4j.face.FivePointFaceAligner;
import org.emotion4j.frame.Frame;
import org.emotion4j.spi.Stages;
import org.emotion4j.spi.Weights;
import org.emotion4j.stage.internal.OnnxFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The default network computes on 8-bit integers, and says of faces what the same network says in floats. */
@Tag("native")
class EightBitNetworksTest {
    /** Seen on 554 faces: 0.0018 in the mean, 0.054 at most. */
    private static final double MOST = 0.1;

    private static final double MEAN = 0.01;

    private static final Pattern OPERATOR = Pattern.compile("\"op_name\" *: *\"(\\w+)\"");
    private static final Pattern INPUTS = Pattern.compile("\"input_type_shape\" *: *(\\[\\]|\\[.*?\\]\\}\\])");
    private static final Pattern ON_SINGLE_PLACES =
            Pattern.compile("Conv \\[[^}]*\\},\\{\"float\":\\[\\d+,\\d+,1,1\\]\\}.*");

    @TempDir
    Path folder;

    @Test
    void itIsTheDefaultAndWhatItIsIsInItsMetadata() {
        try (EmotionClassifier classifier = Stages.defaultClassifier();
                EmotionClassifier floats = Stages.classifier("expression-onnxruntime")) {
            assertThat(classifier.metadata().name()).isEqualTo("expression-int8");
            assertThat(classifier.metadata().sha256())
                    .isNotEqualTo(floats.metadata().sha256());
            assertThat(classifier.metadata().setting("labels"))
                    .isEqualTo(floats.metadata().setting("labels"));
            assertThat(classifier.cropSpec()).isEqualTo(floats.cropSpec());
        }
    }

    @Test
    void itHasAllThatTheNetworkHasInFloats() {
        assertThat(OnnxFile.parse(Weights.get("expression-int8").bytes()).outputs())
                .isEqualTo(OnnxFile.parse(Weights.get("expression").bytes()).outputs());
    }

    /**
     * A convolution that no eight bits follow is computed in floats, its weights brought to floats at each call: half of the network's
     * time went there once, and all answers were right.
     */
    @ParameterizedTest
    @ValueSource(strings = {"expression-int8", "single-shot-int8"})
    void itsConvolutionsAreComputedOnIntegers(String network) throws IOException, OrtException {
        List<String> operators = profile(Weights.get(network).bytes());
        assertThat(operators)
                .filteredOn(each -> each.startsWith("QLinearConv "))
                .hasSizeGreaterThanOrEqualTo(15);
        assertThat(operators)
                .filteredOn(each -> each.startsWith("Conv "))
                .allMatch(each -> ON_SINGLE_PLACES.matcher(each).matches(), "attention and answer");
        assertThat(operators)
                .filteredOn(each -> each.startsWith("DequantizeLinear "))
                .noneMatch(each -> each.contains("{\"int8\""));
    }

    /** What ONNX Runtime made of a network: operators that it ran, each with the shapes of what it got, weights included. */
    private List<String> profile(byte[] network) throws IOException, OrtException {
        OrtEnvironment environment = OnnxRuntime.environment();
        String file;
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.enableProfiling(folder.resolve("profile").toString());
            try (OrtSession session = environment.createSession(network, options)) {
                NodeInfo input = session.getInputInfo().values().iterator().next();
                TensorInfo info = (TensorInfo) input.getInfo();
                long[] shape = Arrays.stream(info.getShape())
                        .map(side -> side < 0 ? 64 : side)
                        .toArray();
                int bytes = Math.toIntExact(Arrays.stream(shape).reduce(info.type.size, Math::multiplyExact));
                try (OnnxTensor zeros = OnnxTensor.createTensor(
                        environment,
                        ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder()),
                        shape,
                        info.type)) {
                    session.run(Map.of(input.getName(), zeros)).close();
                }
                file = session.endProfiling();
            }
        }
        return Files.readAllLines(Path.of(file)).stream()
                .filter(line -> line.contains("_kernel_time"))
                .map(line -> found(OPERATOR, line) + " " + found(INPUTS, line))
                .toList();
    }

    private static String found(Pattern pattern, String line) {
        Matcher matcher = pattern.matcher(line);
        assertThat(matcher.find()).as(line).isTrue();
        return matcher.group(1);
    }

    @Test
    void itReadsFacesAsTheNetworkInFloatsDoes() {
        try (OnnxRuntimeEmotionClassifier eight = eightBits(LabelSet.PHOTO);
                OnnxRuntimeEmotionClassifier floats = OnnxRuntimeEmotionClassifier.bundled()) {
            List<FaceCrop> crops = faces(floats.cropSpec());
            List<FaceAnswers> found = eight.answerAll(crops);
            List<FaceAnswers> expected = floats.answerAll(crops);
            double sum = 0;
            for (int i = 0; i < crops.size(); i++) {
                float[] here = found.get(i).scores().toArray();
                float[] there = expected.get(i).scores().toArray();
                assertThat(strongest(here)).as(Portraits.NAMES.get(i)).isEqualTo(strongest(there));
                for (int label = 0; label < here.length; label++) {
                    assertThat(here[label]).isCloseTo(there[label], within((float) MOST));
                    sum += Math.abs(here[label] - there[label]);
                }
                assertNear(
                        found.get(i).movements().orElseThrow(),
                        expected.get(i).movements().orElseThrow());
                assertThat(found.get(i).occlusion().orElseThrow().lowerHalf())
                        .isCloseTo(expected.get(i).occlusion().orElseThrow().lowerHalf(), within(MOST));
            }
            assertThat(sum / crops.size() / EmotionScores.SIZE).isLessThan(MEAN);
        }
    }

    private static void assertNear(FacialMovements found, FacialMovements expected) {
        for (FacialMovement movement : FacialMovement.all()) {
            assertThat(found.intensity(movement))
                    .as(movement.code())
                    .isCloseTo(expected.intensity(movement), within((float) MOST));
        }
        assertThat(found.leftEyeClosed()).isCloseTo(expected.leftEyeClosed(), within(MOST));
        assertThat(found.rightEyeClosed()).isCloseTo(expected.rightEyeClosed(), within(MOST));
        assertThat(found.headPose().yaw()).isCloseTo(expected.headPose().yaw(), within(2.0));
        assertThat(found.headPose().pitch()).isCloseTo(expected.headPose().pitch(), within(2.0));
    }

    /** Sums of integers do not depend on what is added first: no batch and no processor gives other ones. */
    @Test
    void aFaceAloneHasTheScoresThatItHasAmongOthers() {
        try (OnnxRuntimeEmotionClassifier eight = eightBits(LabelSet.PHOTO)) {
            List<FaceCrop> crops = faces(eight.cropSpec());
            List<EmotionScores> together = eight.classifyAll(crops);
            for (int i = 0; i < crops.size(); i++) {
                assertThat(eight.classify(crops.get(i)).toArray())
                        .containsExactly(together.get(i).toArray(), within(1e-5f));
            }
        }
    }

    @Test
    void itHasTheOtherSetsOfLabelsToo() {
        for (LabelSet labels : LabelSet.values()) {
            try (OnnxRuntimeEmotionClassifier eight = eightBits(labels);
                    OnnxRuntimeEmotionClassifier floats = OnnxRuntimeEmotionClassifier.builder()
                            .labels(labels)
                            .build()) {
                FaceCrop crop = faces(floats.cropSpec()).get(0);
                assertThat(eight.classify(crop).toArray())
                        .as("%s", labels)
                        .containsExactly(floats.classify(crop).toArray(), within((float) MOST));
            }
        }
    }

    private static OnnxRuntimeEmotionClassifier eightBits(LabelSet labels) {
        return OnnxRuntimeEmotionClassifier.builder()
                .bundled("expression-int8")
                .labels(labels)
                .build();
    }

    private static List<FaceCrop> faces(CropSpec spec) {
        List<FaceCrop> crops = new ArrayList<>();
        try (FaceDetector detector = Stages.defaultDetector()) {
            FaceAligner aligner = FivePointFaceAligner.forFacesOf(detector);
            for (String name : Portraits.NAMES) {
                try (Frame frame = Portraits.frame(name)) {
                    List<DetectedFace> found = detector.detect(frame);
                    assertThat(found).as(name).hasSize(1);
                    FaceCrop crop = FaceCrop.allocate(spec);
                    aligner.align(frame, found.get(0), crop);
                    crops.add(crop);
                }
            }
        }
        return crops;
    }

    private static int strongest(float[] scores) {
        float[] sorted = scores.clone();
        Arrays.sort(sorted);
        for (int i = 0; i < scores.length; i++) {
            if (scores[i] == sorted[sorted.length - 1]) {
                return i;
            }
        }
        throw new IllegalStateException("no number among " + Arrays.toString(scores));
    }
}
