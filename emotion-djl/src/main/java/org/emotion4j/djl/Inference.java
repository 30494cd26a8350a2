package org.emotion4j.djl;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import ai.djl.nn.SymbolBlock;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.ParameterStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.emotion4j.djl.nets.Net;
import org.emotion4j.djl.nets.NetFile;
import org.emotion4j.djl.runtime.DjlRuntime;
import org.emotion4j.stage.StageException;
import org.emotion4j.stage.WeightsFormat;

/** A loaded network of any kind: [N, 1, 48, 48] floats from 0 to 1 to [N, 7] logits, once or for each set of labels. */
interface Inference extends AutoCloseable {
    /** The scope of the weights. */
    NDManager manager();

    /** Runs the network; all that it gives belongs to the manager of the input. */
    NDList answers(NDArray input);

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
            case EMOTION4J -> new OwnNet(NetFile.parse(bytes, origin), device, origin);
            case TORCHSCRIPT -> TorchScript.load(bytes, device, origin);
            case ONNX -> Onnx.load(bytes, device, origin);
            case UNKNOWN ->
                throw new StageException(origin
                        + ": neither weights of this library (E4JNET) nor a TorchScript or ONNX file; its "
                        + bytes.length
                        + " bytes start with " + Arrays.toString(Arrays.copyOf(bytes, Math.min(4, bytes.length))));
        };
    }

    /** A network of {@code org.emotion4j.djl.nets}. */
    final class OwnNet implements Inference {
        private static final String TEMPERATURE = "temperature";

        private final Net net;
        private final NetFile file;
        private final double temperature;

        OwnNet(NetFile file, Device device, String origin) {
            this.file = file;
            this.temperature = temperature(file, origin);
            this.net = Net.of(file, device, origin);
        }

        private static double temperature(NetFile file, String origin) {
            String text = file.text(TEMPERATURE).orElse("1");
            try {
                double value = Double.parseDouble(text);
                if (value > 0 && value < 100) {
                    return value;
                }
            } catch (NumberFormatException e) {
                throw new StageException(origin + ": temperature is \"" + text + "\", expected a number", e);
            }
            throw new StageException(origin + ": temperature is " + text + ", expected above 0 and below 100");
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

    /** A network that PyTorch saved together with its code. */
    final class TorchScript implements Inference {
        private final NDManager manager;
        private final SymbolBlock block;
        private final ParameterStore store;

        private TorchScript(NDManager manager, SymbolBlock block) {
            this.manager = manager;
            this.block = block;
            this.store = new ParameterStore(manager, false);
        }

        static TorchScript load(byte[] bytes, Device device, String origin) {
            Engine engine = DjlRuntime.engine();
            NDManager manager = engine.newBaseManager(device);
            try {
                return new TorchScript(
                        manager,
                        JniUtils.loadModule((PtNDManager) manager, new ByteArrayInputStream(bytes), true, false));
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
    /** A network in the ONNX format, run by ONNX Runtime on one thread. */
    final class Onnx implements Inference {
        private final Model model;
        private final NDManager manager;
        private final Block block;
        private final ParameterStore store;

        private Onnx(Model model) {
            this.model = model;
            this.manager = model.getNDManager();
            this.block = model.getBlock();
            this.store = new ParameterStore(manager, false);
        }

        static Onnx load(byte[] bytes, Device device, String origin) {
            Engine engine = DjlRuntime.onnxEngine();
            Model model = engine.newModel("expression", device);
            try {
                model.load(new ByteArrayInputStream(bytes), Map.of("intraOpNumThreads", "1"));
                return new Onnx(model);
            } catch (IOException | MalformedModelException | RuntimeException e) {
                model.close();
                throw new StageException(
                        origin + ": not an ONNX file that ONNX Runtime loads: " + DjlRuntime.reason(e), e);
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
        public Optional<String> version() {
            return Optional.empty();
        }

        @Override
        public double temperature() {
            return 1;
        }

        @Override
        public String name() {
            return "onnx";
        }

        @Override
        public void close() {
            model.close();
        }
    }
}
