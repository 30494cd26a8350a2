package org.emotion4j.web;

import java.util.ArrayList;
import java.util.List;
import org.emotion4j.reading.FrameResult;
import org.emotion4j.recording.FrameJson;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The readings of a frame as JSON, in the library's own shape ({@link FrameJson}), each with the frame that it is of. Where the
 * frame comes from is left out: it can be the name of a temporary file. Stateless and thread-safe.
 */
public final class ReadingsJson {
    private static final JsonMapper JSON = new JsonMapper();
    private static final List<String> OF_THE_FRAME = List.of("frame", "mediaTimeMs");

    private ReadingsJson() {}

    /**
     * Writes the readings.
     *
     * @param result of a picture, a film or a camera
     * @return an object a face, the largest first
     */
    public static List<ObjectNode> of(FrameResult result) {
        JsonNode frame = JSON.readTree(FrameJson.write(result));
        List<ObjectNode> readings = new ArrayList<>();
        for (JsonNode face : frame.path("faces")) {
            ObjectNode reading = JSON.createObjectNode();
            OF_THE_FRAME.forEach(key -> reading.set(key, frame.path(key)));
            reading.setAll((ObjectNode) face);
            readings.add(reading);
        }
        return readings;
    }
}
