package org.emotion4j.face;

import org.emotion4j.frame.AffineTransform;
import org.emotion4j.frame.Frame;
import org.emotion4j.frame.ImageTransform;

/**
 * Aligns a face by its eyes: turned, scaled and shifted so that both eyes come to lie where the {@link CropSpec} wants
 * them. Where a face has no landmarks, the eyes are estimated from the box and the face is not turned.
 *
 * <p>Immutable and thread-safe.
 *
 * @param eyesInBox where the eyes lie in the detector's boxes, as fractions of width and height
 */
public record EyeFaceAligner(EyePositions eyesInBox) implements FaceAligner {
    /**
     * Makes the aligner for a detector's faces.
     *
     * @param detector the detector; asked for its {@link FaceDetector#eyesInBox()}
     * @return an aligner
     */
    public static EyeFaceAligner forFacesOf(FaceDetector detector) {
        return new EyeFaceAligner(detector.eyesInBox());
    }

    @Override
    public void align(Frame frame, DetectedFace face, FaceCrop target) {
        EyePositions from = face.landmarks().map(Landmarks::eyes).orElseGet(() -> eyesInBox.within(face.box()));
        EyePositions to = target.spec().eyesInPixels();
        AffineTransform transform = AffineTransform.similarity(
                from.leftX(),
                from.leftY(),
                from.rightX(),
                from.rightY(),
                to.leftX(),
                to.leftY(),
                to.rightX(),
                to.rightY());
        ImageTransform.warp(frame, transform, target);
        target.fromFrame(transform);
    }
}
