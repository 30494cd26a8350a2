package org.emotion4j.djl;

import ai.djl.Device;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.emotion4j.djl.nets.Network;
import org.emotion4j.djl.nets.NetworkArchitecture;
import org.emotion4j.djl.nets.NetworkFile;
import org.emotion4j.emotion.LabelSet;
import org.emotion4j.spi.Weights;
import org.emotion4j.stage.BundledModel;
import org.emotion4j.stage.StageException;
import org.emotion4j.stage.internal.OnnxFile;
import org.jspecify.annotations.Nullable;

/** Bundled networks as Java blocks, to train on from their weights; to classify, use {@link DjlEmotionClassifier}. */
public final class BundledNetworks {
    private static final String PHOTO_HEAD = "net.heads.photo.weight";

    /** The networks that there is an ONNX file of, and the output of it that is their Java network's. */
    private static final Map<String, LabelSet> EXPORTED =
            Map.of(NetworkArchitecture.EXPRESSION, LabelSet.PHOTO, NetworkArchitecture.EXPRESSION_FER, LabelSet.BLEND);

    private BundledNetworks() {}

    /**
     * Loads this library's own network. It gives the scores of the default classifier.
     *
     * @param device where
     * @return a new network of the preset {@link NetworkArchitecture#EXPRESSION}, which the caller closes
     * @throws StageException if the engine does not start, or the weights are not on the class path
     */
    public static Network expression(Device device) {
        return bundled(NetworkArchitecture.EXPRESSION, device);
    }

    /**
     * Loads this library's former network, learned from FER2013 and FER+ alone. It gives the scores of the classifier
     * {@code expression-fer}.
     *
     * @param device where
     * @return a new network of the preset {@link NetworkArchitecture#EXPRESSION_FER}, which the caller closes
     * @throws StageException if the engine does not start, or the weights are not on the class path
     */
    public static Network expressionFer(Device device) {
        return bundled(NetworkArchitecture.EXPRESSION_FER, device);
    }

    private static Network bundled(String name, Device device) {
        BundledModel model = Weights.get(name + Weights.PYTORCH);
        return Network.ofTorchScript(model.bytes(), device, model.origin());
    }

    /**
     * Writes weights that were trained on from one of this library's own networks as an ONNX file, for ONNX Runtime and
     * OpenCV. It has one output, the calibrated logits; what else the network gave is not in it, since it was not trained
     * along.
     *
     * @param weights of the preset {@link NetworkArchitecture#EXPRESSION} or {@link NetworkArchitecture#EXPRESSION_FER}
     * @param origin their name, for messages
     * @return the bytes of the file
     * @throws StageException if they belong to another network or do not fit, the engine does not start, or the
     *     network's own weights are not on the class path
     */
    public static byte[] onnx(NetworkFile weights, String origin) {
        String name = weights.text(NetworkFile.NET).orElse("nothing");
        if (!EXPORTED.containsKey(name)) {
            throw new StageException(
                    origin + ": of the network " + name + ", expected one of " + EXPORTED.keySet() + " for ONNX");
        }
        OnnxFile shipped = OnnxFile.parse(Weights.get(name).bytes());
        LabelSet labels = EXPORTED.get(name);
        try (Network net = Network.of(weights, Device.cpu(), origin);
                Network start = bundled(name, Device.cpu())) {
            Map<String, float[]> values = net.torchValues();
            double share = 1 / weights.temperature(origin);
            if (labels == LabelSet.PHOTO) {
                // the file multiplies its logits by a number of its own, which the Java network has in its weights
                share *= ratio(
                        shipped.weights(PHOTO_HEAD).orElseThrow(),
                        start.torchValues().get(PHOTO_HEAD));
                scale(values, "net.heads.photo", share);
            } else {
                scale(values, "calibration", share);
            }
            return shipped.with(values, Set.of(labels.outputName()));
        } catch (IllegalArgumentException e) {
            throw new StageException(origin + ": does not fit the ONNX file of " + name + ": " + e.getMessage(), e);
        }
    }

    private static double ratio(float[] numbers, float @Nullable [] others) {
        double product = 0;
        double squares = 0;
        for (int i = 0; i < numbers.length; i++) {
            double other = Objects.requireNonNull(others)[i];
            product += numbers[i] * other;
            squares += other * other;
        }
        return product / squares;
    }

    private static void scale(Map<String, float[]> values, String layer, double factor) {
        for (String kind : List.of(".weight", ".bias")) {
            values.computeIfPresent(layer + kind, (name, numbers) -> {
                float[] scaled = numbers.clone();
                for (int i = 0; i < scaled.length; i++) {
                    scaled[i] *= (float) factor;
                }
                return scaled;
            });
        }
    }
}
