package org.emotion4j.djl.nets;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Somebody's published weights, state dicts in facenet-pytorch's layout, as a weights file of this library. */
public final class PublishedMtcnn {
    private static final Map<String, List<String>> LAYERS = Map.of(
            "pnet", List.of("conv1", "prelu1", "conv2", "prelu2", "conv3", "prelu3", "conv4_1", "conv4_2"),
            "rnet",
                    List.of(
                            "conv1",
                            "prelu1",
                            "conv2",
                            "prelu2",
                            "conv3",
                            "prelu3",
                            "dense4",
                            "prelu4",
                            "dense5_1",
                            "dense5_2"),
            "onet",
                    List.of(
                            "conv1",
                            "prelu1",
                            "conv2",
                            "prelu2",
                            "conv3",
                            "prelu3",
                            "conv4",
                            "prelu4",
                            "dense5",
                            "prelu5",
                            "dense6_1",
                            "dense6_2",
                            "dense6_3"));

    private PublishedMtcnn() {}

    /** Converts pnet.pt, rnet.pt and onet.pt of a folder. */
    public static NetworkFile read(Path folder) throws IOException {
        Map<String, NetworkFile.Values> arrays = new LinkedHashMap<>();
        for (String net : List.of("pnet", "rnet", "onet")) {
            Map<String, NetworkFile.Values> state = TorchStateDict.read(folder.resolve(net + ".pt"));
            List<NetworkFile.Values> values = new ArrayList<>();
            List<String> kinds = new ArrayList<>();
            for (String layer : LAYERS.get(net)) {
                NetworkFile.Values weight = state.get(layer + ".weight");
                if (layer.startsWith("prelu")) {
                    int count = weight.shape()[0];
                    boolean dense = layer.equals("prelu4") && net.equals("rnet") || layer.equals("prelu5");
                    values.add(new NetworkFile.Values(
                            dense ? new int[] {1, count} : new int[] {1, count, 1, 1}, weight.values()));
                    kinds.add("slope");
                } else {
                    boolean first = layer.equals("dense4") || layer.equals("dense5");
                    values.add(first ? channelsFirst(weight) : weight);
                    kinds.add("weight");
                    values.add(state.get(layer + ".bias"));
                    kinds.add("bias");
                }
            }
            for (int i = 0; i < values.size(); i++) {
                arrays.put(net + "." + i + "." + kinds.get(i), values.get(i));
            }
        }
        return new NetworkFile(Map.of(NetworkFile.NET, MtcnnNetwork.MTCNN), arrays);
    }

    /** Their dense layers see a 3x3 picture column by column, ours channel by channel, row by row. */
    private static NetworkFile.Values channelsFirst(NetworkFile.Values weight) {
        int units = weight.shape()[0];
        int inputs = weight.shape()[1];
        int channels = inputs / 9;
        float[] sorted = new float[units * inputs];
        for (int unit = 0; unit < units; unit++) {
            for (int column = 0; column < 3; column++) {
                for (int row = 0; row < 3; row++) {
                    for (int channel = 0; channel < channels; channel++) {
                        sorted[unit * inputs + channel * 9 + row * 3 + column] =
                                weight.values()[unit * inputs + (column * 3 + row) * channels + channel];
                    }
                }
            }
        }
        return new NetworkFile.Values(weight.shape(), sorted);
    }
}
