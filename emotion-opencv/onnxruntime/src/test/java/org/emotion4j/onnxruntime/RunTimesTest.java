package org.emotion4j.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.emotion4j.djl.BundledNetworks;
import org.emotion4j.djl.DjlEmotionClassifier;
import org.emotion4j.djl.nets.Network;
import org.emotion4j.emotion.EmotionClassifier;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.emotion.FaceAnswers;
import org.emotion4j.emotion.FaceClassifier;
import org.emotion4j.emotion.FacialMovement;
import org.emotion4j.emotion.FacialMovements;
import org.emotion4j.emotion.LabelSet;
import org.emotion4j.emotion.internal.CropBatch;
import org.emotion4j.face.CropSpec;
import org.emotion4j.face.FaceCrop;
import org.emotion4j.face.Occlusion;
import org.emotion4j.opencv.OpenCv;
import org.emotion4j.opencv.OpenCvEmotionClassifier;
import org.emotion4j.spi.Stages;
import org.emotion4j.spi.Weights;
import org.emotion4j.stage.StageException;
import org.emotion4j.stage.internal.OnnxFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.MatOfByte;
import org.opencv.dnn.Dnn;

/** The same weights give the same scores, whoever computes them. */
@Tag("native")
class RunTimesTest {
    private static final float TOLERANCE = 1e-4f;

    @ParameterizedTest
    @MethodSource("runTimesAndLabels")
    void scoresAreThoseOfOpenCv(String runTime, String network, LabelSet labels) {
        boolean former = network.equals("expression-fer");
        try (EmotionClassifier standard =
                        former ? OpenCvEmotionClassifier.bundledFer(labels) : OpenCvEmotionClassifier.bundled(labels);
                FaceClassifier other = on(runTime, network, labels)) {
            assertThat(other.metadata().runtime())
                    .isNotEqualTo(standard.metadata().runtime());
            assertThat(other.metadata().setting("labels"))
                    .isEqualTo(standard.metadata().setting("labels"));
            assertThat(other.cropSpec()).isEqualTo(standard.cropSpec());
            List<FaceCrop> crops = IntStream.range(0, 40)
                    .mapToObj(number -> crop(number, standard.cropSpec()))
                    .toList();
            List<EmotionScores> expected = standard.classifyAll(crops);
            List<EmotionScores> found = other.classifyAll(crops);
            for (int i = 0; i < crops.size(); i++) {
                assertThat(found.get(i).toArray())
                        .as("crop %d", i)
                        .containsExactly(expected.get(i).toArray(), within(TOLERANCE));
                assertThat(other.classify(crops.get(i)).toArray())
                        .as("crop %d alone", i)
                        .containsExactly(expected.get(i).toArray(), within(TOLERANCE));
            }
        }
    }

    /** The run times beside OpenCV, and what each network has. */
    static List<Arguments> runTimesAndLabels() {
        return Stream.of("PyTorch", "ONNX Runtime")
                .flatMap(runTime -> Stream.of("expression", "expression-fer")
                        .flatMap(network -> Arrays.stream(LabelSet.values())
                                .filter(labels -> labels != LabelSet.PHOTO || network.equals("expression"))
                                .map(labels -> Arguments.of(runTime, network, labels))))
                .toList();
    }

    private static FaceClassifier on(String runTime, String network, LabelSet labels) {
        return runTime.equals("PyTorch")
                ? DjlEmotionClassifier.builder().bundled(network).labels(labels).build()
                : OnnxRuntimeEmotionClassifier.builder()
                        .bundled(network)
                        .labels(labels)
                        .build();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"expression", "expression-ferplus", "expression-fer2013", "expression-blend", "expression-fer"})
    void eachSetOfLabelsHasANameOnOnnxRuntime(String name) {
        try (EmotionClassifier openCv = Stages.classifier(name);
                EmotionClassifier onnxRuntime = Stages.classifier(name + "-onnxruntime")) {
            FaceCrop crop = crop(1, openCv.cropSpec());
            assertThat(onnxRuntime.metadata().runtime().orElseThrow()).contains("ONNX Runtime");
            assertThat(onnxRuntime.metadata().sha256())
                    .isEqualTo(openCv.metadata().sha256());
            assertThat(onnxRuntime.metadata().name())
                    .isEqualTo(openCv.metadata().name());
            assertThat(onnxRuntime.classify(crop).toArray())
                    .containsExactly(openCv.classify(crop).toArray(), within(TOLERANCE));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PyTorch", "ONNX Runtime"})
    void whatIsHiddenOfAFaceIsThatOfOpenCv(String runTime) {
        try (OpenCvEmotionClassifier standard = OpenCvEmotionClassifier.bundled();
                FaceClassifier other = on(runTime, "expression", LabelSet.PHOTO)) {
            List<FaceCrop> crops = IntStream.range(0, 12)
                    .mapToObj(number -> crop(number, standard.cropSpec()))
                    .toList();
            List<FaceAnswers> expected = standard.answerAll(crops);
            List<FaceAnswers> found = other.answerAll(crops);
            for (int i = 0; i < crops.size(); i++) {
                Occlusion here = expected.get(i).occlusion().orElseThrow();
                Occlusion there = found.get(i).occlusion().orElseThrow();
                assertThat(there.lowerHalf()).isCloseTo(here.lowerHalf(), within((double) TOLERANCE));
                assertThat(there.upperHalf()).isCloseTo(here.upperHalf(), within((double) TOLERANCE));
            }
        }
        try (OpenCvEmotionClassifier former = OpenCvEmotionClassifier.bundledFer()) {
            assertThat(former.answerAll(List.of(crop(1, former.cropSpec())))
                            .get(0)
                            .occlusion())
                    .as("a network without that output")
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PyTorch", "ONNX Runtime"})
    void whatMovesInAFaceIsThatOfOpenCv(String runTime) {
        try (OpenCvEmotionClassifier standard = OpenCvEmotionClassifier.bundled();
                FaceClassifier other = on(runTime, "expression", LabelSet.PHOTO)) {
            List<FaceCrop> crops = IntStream.range(0, 12)
                    .mapToObj(number -> crop(number, standard.cropSpec()))
                    .toList();
            List<FaceAnswers> expected = standard.answerAll(crops);
            List<FaceAnswers> found = other.answerAll(crops);
            for (int i = 0; i < crops.size(); i++) {
                FacialMovements here = expected.get(i).movements().orElseThrow();
                FacialMovements there = found.get(i).movements().orElseThrow();
                for (FacialMovement movement : FacialMovement.all()) {
                    assertThat(there.intensity(movement)).isCloseTo(here.intensity(movement), within(TOLERANCE));
                }
                assertThat(there.leftEyeClosed()).isCloseTo(here.leftEyeClosed(), within((double) TOLERANCE));
                assertThat(there.rightEyeClosed()).isCloseTo(here.rightEyeClosed(), within((double) TOLERANCE));
                assertThat(there.headPose().yaw()).isCloseTo(here.headPose().yaw(), within(100.0 * TOLERANCE));
                assertThat(there.headPose().pitch()).isCloseTo(here.headPose().pitch(), within(100.0 * TOLERANCE));
                assertThat(there.headPose().roll()).isCloseTo(here.headPose().roll(), within(100.0 * TOLERANCE));
            }
        }
    }

    /** Those that nobody reads are equal too. */
    @Test
    void allOutputsAreThoseOfOpenCv() throws Exception {
        byte[] onnx = Weights.get("expression").bytes();
        List<String> names = OnnxFile.parse(onnx).outputs();
        assertThat(names)
                .containsExactly("photo", "logits", "fer2013", "ferplus", "units", "shapes", "pose", "eyes", "covered");
        CropSpec spec = CropBatch.spec(OnnxFile.parse(onnx));
        List<FaceCrop> crops =
                IntStream.range(0, 12).mapToObj(number -> crop(number, spec)).toList();
        ByteBuffer pixels = new CropBatch(spec).fill(crops);
        OpenCv.load();
        OrtEnvironment environment = OnnxRuntime.environment();
        org.opencv.dnn.Net openCv = Dnn.readNetFromONNX(new MatOfByte(onnx));
        Mat rows = new Mat(crops.size(), spec.width() * spec.height(), CvType.CV_32F, pixels);
        openCv.setInput(rows.reshape(1, new int[] {crops.size(), 1, spec.height(), spec.width()}));
        long[] shape = {crops.size(), 1, spec.height(), spec.width()};
        try (OrtSession session = environment.createSession(onnx);
                OnnxTensor tensor = OnnxTensor.createTensor(
                        environment, pixels.order(ByteOrder.nativeOrder()).asFloatBuffer(), shape);
                OrtSession.Result results = session.run(Map.of("input", tensor))) {
            for (String name : names) {
                float[] expected = ((OnnxTensor) results.get(name).orElseThrow())
                        .getFloatBuffer()
                        .array();
                Mat answer = openCv.forward(name);
                float[] found = new float[expected.length];
                assertThat(answer.rows() * answer.cols()).as(name).isEqualTo(expected.length);
                answer.get(0, 0, found);
                float tolerance = name.equals("pose") ? 100 * TOLERANCE : TOLERANCE;
                assertThat(found).as(name).containsExactly(expected, within(tolerance));
            }
        }
    }

    /** Whoever asks for a run time gets that one, or an error. */
    @Test
    void weightsForPyTorchRunNowhereElse(@TempDir Path folder) throws IOException {
        Path weights = folder.resolve("own.params");
        try (Network net = BundledNetworks.expression(Device.cpu())) {
            net.toFile(Map.of()).write(weights);
        }
        for (String name : List.of("expression", "expression-onnxruntime")) {
            assertThatThrownBy(() -> Stages.classifier(name + "=" + weights))
                    .isInstanceOf(StageException.class)
                    .hasMessageContaining("own.params")
                    .hasMessageContaining("expression-pytorch");
        }
        try (EmotionClassifier own = Stages.classifier("expression-pytorch=" + weights)) {
            assertThat(own.metadata().runtime().orElseThrow()).contains("PyTorch");
        }
    }

    /** Noise, smooth slopes, and the black and white that cameras give when they fail. */
    private static FaceCrop crop(int number, CropSpec spec) {
        FaceCrop crop = FaceCrop.allocate(spec);
        Random random = new Random(number);
        int contrast = random.nextInt(256);
        for (int i = 0; i < crop.pixels().capacity(); i++) {
            int gray =
                    switch (number % 4) {
                        case 0 -> random.nextInt(256);
                        case 1 -> i % crop.width() * contrast / crop.width();
                        case 2 -> i / crop.width() * contrast / crop.height() + random.nextInt(20);
                        default -> number % 8 == 3 ? 0 : 255;
                    };
            crop.pixels().put(i, (byte) Math.min(255, gray));
        }
        return crop;
    }
}
