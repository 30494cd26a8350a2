package org.emotion4j.window;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.emotion4j.face.BoundingBox;
import org.emotion4j.face.FaceQuality;
import org.emotion4j.reading.EmotionReading;
import org.emotion4j.reading.FrameResult;

/** The guide that goes by the place of the face and by the quality of its picture. */
final class SetupGuide implements FaceGuide {
    private static final double SMALLEST_SHARE = 0.12;
    private static final double LARGEST_SHARE = 0.9;
    private static final double OFF_CENTER = 0.28;

    /** A whole picture darker than this hides its faces. */
    private static final double DARK_PICTURE = 40;

    @Override
    public List<Hint> judge(FrameResult result, Optional<EmotionReading> reading, double brightness) {
        if (reading.isEmpty()) {
            return brightness < DARK_PICTURE ? List.of(Hint.TOO_DARK) : List.of(Hint.NO_FACE);
        }
        List<Hint> hints = new ArrayList<>();
        judgePlace(reading.get().face().box(), result.width(), result.height(), hints);
        reading.get().quality().ifPresent(quality -> judgeQuality(quality, hints));
        return hints.stream().distinct().sorted().toList();
    }

    /** Whether it is known that a face can be read well: somebody judged its picture, and found nothing. */
    static boolean isGood(EmotionReading reading) {
        return reading.quality().isPresent() && reading.isReadable();
    }

    private static void judgePlace(BoundingBox box, int width, int height, List<Hint> hints) {
        if (box.width() < SMALLEST_SHARE * Math.min(width, height)) {
            hints.add(Hint.TOO_FAR);
        } else if (box.height() > LARGEST_SHARE * height) {
            hints.add(Hint.TOO_CLOSE);
        }
        double x = (box.x() + box.width() / 2) / width - 0.5;
        double y = (box.y() + box.height() / 2) / height - 0.5;
        if (Math.max(Math.abs(x), Math.abs(y)) > OFF_CENTER) {
            hints.add(Hint.NOT_CENTERED);
        }
    }

    private static void judgeQuality(FaceQuality quality, List<Hint> hints) {
        for (FaceQuality.Issue issue : quality.issues()) {
            hints.add(
                    switch (issue) {
                        case TOO_SMALL -> Hint.TOO_FAR;
                        case BLURRED -> Hint.BLURRED;
                        case TURNED_AWAY -> Hint.TURNED_AWAY;
                        case TOO_DARK, LOW_CONTRAST -> Hint.TOO_DARK;
                        case TOO_BRIGHT -> Hint.TOO_BRIGHT;
                        case NOT_UPRIGHT -> Hint.NOT_UPRIGHT;
                        case LOWER_HALF_COVERED, UPPER_HALF_COVERED -> Hint.COVERED;
                        case LOW_DETECTION_CONFIDENCE, UNCONFIRMED -> Hint.HARDLY_A_FACE;
                    });
        }
    }
}
