package org.emotion4j.chart;

import java.awt.image.BufferedImage;
import java.util.Optional;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.face.BoundingBox;

/**
 * A picture that was in sight for a while.
 *
 * @param startNanos from when
 * @param endNanos until when
 * @param name what it is called
 * @param caption what was read in it
 * @param emotion the expression that colors its frame, where there is one
 * @param box where the face was found, in pixels of the image
 * @param image the picture
 */
public record Portrait(
        long startNanos,
        long endNanos,
        String name,
        String caption,
        Optional<Emotion> emotion,
        Optional<BoundingBox> box,
        BufferedImage image) {}
