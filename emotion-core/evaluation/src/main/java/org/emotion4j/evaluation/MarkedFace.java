package org.emotion4j.evaluation;

import java.util.Optional;
import org.emotion4j.face.BoundingBox;
import org.emotion4j.face.Landmarks;

/**
 * A face that people marked in a picture: what a detector's answer is compared with.
 *
 * @param box where, in pixels of the picture
 * @param invalid whether those who marked it say that it cannot be asked for (WIDER FACE's {@code invalid})
 * @param landmarks where its points are, if anybody said
 */
public record MarkedFace(BoundingBox box, boolean invalid, Optional<Landmarks> landmarks) {
    /**
     * A face without points that may be asked for.
     *
     * @param box where
     */
    public MarkedFace(BoundingBox box) {
        this(box, false, Optional.empty());
    }
}
