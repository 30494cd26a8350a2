package org.emotion4j.web.upload;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.RawValue;

/**
 * What was read of an upload.
 *
 * @param kind {@code picture} or {@code film}
 * @param width columns of the picture, or of the film's first frame
 * @param height rows
 * @param frames how many were read
 * @param framesWithoutFace how many of them show no face
 * @param readings one a face and frame, the largest face of a frame first: a face of the library's JSON of a frame, and which
 *     frame it is from
 * @param unread of a film that is damaged, what is missing, in words; else left out
 */
record Analysis(
        String kind,
        int width,
        int height,
        long frames,
        long framesWithoutFace,
        List<RawValue> readings,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String unread) {
    /** Written as it will be sent, which is a tenth of what it is as objects: a film has thousands. */
    static List<RawValue> written(List<ObjectNode> readings) {
        return readings.stream()
                .map(reading -> new RawValue(reading.toString()))
                .toList();
    }
}
