package org.emotion4j.spi;

import java.util.Optional;
import java.util.ServiceLoader;
import org.emotion4j.stage.BundledModel;
import org.emotion4j.stage.StageException;

/**
 * The weights on the class path, by the name of their network: as ONNX files under that name, and as PyTorch reads them under
 * that name followed by {@value #PYTORCH}. They lie in jars of their own, so that each run time reads the same ones and nobody
 * has to take those that it does not use. Stateless and thread-safe.
 */
public final class Weights {
    /** Ends the names of weights for PyTorch. */
    public static final String PYTORCH = "-pytorch";

    private Weights() {}

    /**
     * Finds the weights of a network.
     *
     * @param name for example {@code "expression"}
     * @return the weights, or empty where none of that name are on the class path
     */
    public static Optional<BundledModel> find(String name) {
        return find(name, Weights.class.getClassLoader())
                .or(() -> find(name, Thread.currentThread().getContextClassLoader()));
    }

    /**
     * Finds weights that have to be there.
     *
     * @param name for example {@code "expression"}
     * @return the weights
     * @throws StageException if none of that name are on the class path; the message says what to add
     */
    public static BundledModel get(String name) {
        return find(name)
                .orElseThrow(() -> new StageException("the weights of " + name + " are not on the class path; add"
                        + " org.emotion4j:" + artifact(name) + ", or name a file of your own"));
    }

    /**
     * Returns the artifact that has weights of ours.
     *
     * @param name for example {@code "expression"}
     * @return its id, for messages
     */
    public static String artifact(String name) {
        Optional<String> network = forPyTorch(name);
        return "emotion-models" + (network.isPresent() ? "-pytorch" : "")
                + (network.orElse(name).equals("expression-fer") ? "-fer" : "");
    }

    /**
     * Returns whose weights for PyTorch a name asks for.
     *
     * @param name for example {@code "expression-pytorch"}
     * @return the network, {@code "expression"}; empty where the name does not end so
     */
    public static Optional<String> forPyTorch(String name) {
        return name.endsWith(PYTORCH)
                ? Optional.of(name.substring(0, name.length() - PYTORCH.length()))
                : Optional.empty();
    }

    private static Optional<BundledModel> find(String name, ClassLoader loader) {
        return ServiceLoader.load(WeightsProvider.class, loader).stream()
                .map(provider -> provider.get().find(name))
                .flatMap(Optional::stream)
                .findFirst();
    }
}
