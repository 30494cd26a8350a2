package org.emotion4j.djl;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.SymbolBlock;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.ParameterStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.emotion4j.djl.nets.Network;
import org.emotion4j.djl.nets.NetworkFile;
import org.emotion4j.djl.runtime.DjlRuntime;
import org.emotion4j.emotion.LabelSet;
import org.emotion4j.face.CropSpec;
import org.emotion4j.frame.PixelFormat;
import org.emotion4j.stage.StageException;
import org.emotion4j.stage.internal.WeightsFormat;

/** A loaded network of any kind: [N, 1, height, width] floats from 0 to 1 to [N, 7] logits, or several such answers. */
interface Inference extends AutoCloseable {
    /** The scope of the weights. */
    NDManager manager();

    /** Runs the network; all that it gives belongs to the manager of the input. */
    NDList answers(NDArray input);

    /** The crop that it takes. */
    CropSpec crop();

    /** The names of what it gives, in its order. */
    List<String> outputs();

    /** What the file itself says about its version. */
    Optional<String> version();

    /** By what the weights' logits are divided before softmax. */
    double temperature();

    /** The network's own name. */
    String name();

    @Override
    void close();

    /** Loads weights of either kind, told apart by their first bytes. */
    static Inference load(byte[] bytes, Device device, String origin) {
        return switch (WeightsFormat.of(bytes)) {
            case SAFETENSORS, EMOTION4J -> new OwnNet(NetworkFile.parse(bytes, origin), device, origin);
            case TORCHSCRIPT -> TorchScript.load(bytes, device, origin);
            case ONNX ->
                throw new StageException(
                        origin + ": an ONNX file, expected weights for PyTorch; the classifiers for these"
                                + " are expression-onnxruntime, of emotion-onnxruntime, and expression, of emotion-opencv");
            case UNKNOWN ->
                throw new StageException(origin
                        + ": neither weights of a training (safetensors, E4JNET) nor a TorchScript file; its "
                        + bytes.length
                        + " bytes start with " + Arrays.toString(Arrays.copyOf(bytes, Math.min(4, bytes.length))));
        };
    }

    /** A network of {@code org.emotion4j.djl.nets}. */
    final class OwnNet implements Inference {
        private final Network net;
        private final NetworkFile file;
        private final double temperature;

        OwnNet(NetworkFile file, Device device, String origin) {
            this.file = file;
            this.temperature = file.temperature(origin);
            this.net = Network.of(file, device, origin);
        }

        @Override
        public NDManager manager() {
            return net.manager();
        }

        @Override
        public NDList answers(NDArray input) {
            return new NDList(net.forward(input, false));
        }

        @Override
        public CropSpec crop() {
            int side = net.preset().side();
            return CropSpec.of(side, side, PixelFormat.GRAY8);
        }

        @Override
        public List<String> outputs() {
            return List.of(LabelSet.BLEND.outputName());
        }

        @Override
        public Optional<String> version() {
            return file.text("version").or(() -> file.text("epoch").map(epoch -> "epoch " + epoch));
        }

        @Override
        public double temperature() {
            return temperature;
        }

        @Override
        public String name() {
            return net.preset().name();
        }

        @Override
        public void close() {
            net.close();
        }
    }

    /**
     * A network that PyTorch saved together with its code. The file has no names for its answers and says nothing of its
     * input; how many answers it gives tells the networks of this library.
     */
    final class TorchScript implements Inference {
        /** What emotion-djl/training/shipped_faces.py gives, in its order, and the side of its input. */
        private static final List<String> OUTPUTS =
                List.of("photo", "logits", "fer2013", "ferplus", "units", "shapes", "pose", "eyes", "covered");

        private static final int SIDE = 56;

        /** What emotion-djl/training/shipped_net.py gives. */
        private static final List<String> FORMER_OUTPUTS = List.of("logits", "fer2013", "ferplus");

        private final NDManager manager;
        private final SymbolBlock block;
        private final ParameterStore store;
        private final String origin;
        private int counted;

        private TorchScript(NDManager manager, SymbolBlock block, String origin) {
            this.manager = manager;
            this.block = block;
            this.store = new ParameterStore(manager, false);
            this.origin = origin;
        }

        /** Only classifiers take such an input, so it is tried when one asks. */
        private int count() {
            if (counted == 0) {
                int any = CropSpec.fer2013().width();
                try (NDManager call = manager.newSubManager()) {
                    NDList given = answers(call.zeros(new Shape(1, 1, any, any)));
                    given.attach(call);
                    counted = given.size();
                } catch (RuntimeException e) {
                    throw new StageException(
                            origin + ": expected a network that takes [1, 1, " + any + ", " + any + "]: "
                                    + DjlRuntime.reason(e),
                            e);
                }
            }
            return counted;
        }

        private static List<String> unnamed(int count) {
            return IntStream.range(0, count)
                    .mapToObj(i -> i == 0 ? LabelSet.BLEND.outputName() : "output " + i)
                    .toList();
        }

        static TorchScript load(byte[] bytes, Device device, String origin) {
            Engine engine = DjlRuntime.engine();
            NDManager manager = engine.newBaseManager(device);
            try {
                return new TorchScript(
                        manager,
                        JniUtils.loadModule((PtNDManager) manager, new ByteArrayInputStream(bytes), true, false),
                        origin);
            } catch (IOException | RuntimeException e) {
                manager.close();
                throw new StageException(
                        origin + ": not a TorchScript file that PyTorch loads: " + DjlRuntime.reason(e), e);
            }
        }

        @Override
        public NDManager manager() {
            return manager;
        }

        @Override
        public NDList answers(NDArray input) {
            return block.forward(store, new NDList(input), false);
        }

        @Override
        public CropSpec crop() {
            return count() == OUTPUTS.size() ? CropSpec.of(SIDE, SIDE, PixelFormat.GRAY8) : CropSpec.fer2013();
        }

        @Override
        public List<String> outputs() {
            int count = count();
            if (count == OUTPUTS.size()) {
                return OUTPUTS;
            }
            return count == FORMER_OUTPUTS.size() ? FORMER_OUTPUTS : unnamed(count);
        }

        @Override
        public Optional<String> version() {
            return Optional.empty();
        }

        @Override
        public double temperature() {
            return 1;
        }

        @Override
        public String name() {
            return "torchscript";
        }

        @Override
        public void close() {
            manager.close();
        }
    }
}
