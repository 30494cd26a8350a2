package org.emotion4j.face;

import org.emotion4j.frame.AffineTransform;
import org.emotion4j.frame.Frame;
import org.emotion4j.frame.ImageTransform;
import org.emotion4j.stage.StageMetadata;

/**
 * Aligns a face by its eyes: turned, scaled and shifted so that both eyes come to lie where the {@link CropSpec} wants
 * them. Where a face has no landmarks, the eyes are estimated from the box and the face is not turned.
 *
 * <p>In profile both eyes come to lie nearly in one place, and a crop by them alone would show a cheek. So below 0.8 of
 * the distance that the box lets expect, the eyes of the landmarks give way to those of the box, and below 0.5 the box
 * alone counts.
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

    private static final double FRONTAL = 0.8;
    private static final double PROFILE = 0.5;

    @Override
    public boolean isThreadSafe() {
        return true;
    }

    @Override
    public StageMetadata metadata() {
        return StageMetadata.ofClass(EyeFaceAligner.class).withSetting("eyesInBox", eyesInBox);
    }

    @Override
    public void align(Frame frame, DetectedFace face, FaceCrop target) {
        EyePositions estimated = eyesInBox.within(face);
        EyePositions from =
                face.landmarks().isPresent() ? blended(face.landmarks().get(), estimated) : estimated;
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

    private static EyePositions blended(Landmarks landmarks, EyePositions estimated) {
        double share = (landmarks.eyeDistance() / estimated.distance() - PROFILE) / (FRONTAL - PROFILE);
        if (share <= 0) {
            return estimated;
        }
        EyePositions found = landmarks.eyes();
        if (share >= 1) {
            return found;
        }
        return new EyePositions(
                estimated.leftX() + share * (found.leftX() - estimated.leftX()),
                estimated.leftY() + share * (found.leftY() - estimated.leftY()),
                estimated.rightX() + share * (found.rightX() - estimated.rightX()),
                estimated.rightY() + share * (found.rightY() - estimated.rightY()));
    }
}
