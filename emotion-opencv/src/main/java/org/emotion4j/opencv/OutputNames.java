package org.emotion4j.opencv;

import java.util.ArrayList;
import java.util.List;
import org.opencv.core.Mat;
import org.opencv.dnn.Net;

/**
 * Which of a network's outputs are computed. OpenCV's native code looks {@code get} up in {@link ArrayList} and calls it on whatever list
 * it is given: another one than that ends the virtual machine on Java 21, and on 17 and 25 does not by chance. So this is where a
 * network is asked for outputs by name. Immutable.
 */
final class OutputNames {
    private final ArrayList<String> names;

    OutputNames(List<String> names) {
        this.names = new ArrayList<>(names);
    }

    int size() {
        return names.size();
    }

    String get(int index) {
        return names.get(index);
    }

    /**
     * Computes them.
     *
     * @param answers gets new matrices, in the order of the names, in place of what it holds
     */
    void compute(Net network, List<Mat> answers) {
        network.forward(answers, names);
    }
}
