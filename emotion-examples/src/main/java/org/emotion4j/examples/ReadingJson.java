package org.emotion4j.examples;

import java.util.LinkedHashMap;
import java.util.Map;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.face.BoundingBox;
import org.emotion4j.face.FaceQuality;
import org.emotion4j.reading.EmotionReading;
import org.emotion4j.reading.FrameResult;

/**
 * A reading as one JSON object.
 *
 * @param image where the frame comes from
 * @param frame its number, from 0
 * @param time media time in seconds
 * @param face the face's id
 * @param subject whether the run is about that face
 * @param box where, in pixels of the frame
 * @param label one of the seven, or "no clear expression"
 * @param confidence the smoothed score of the label
 * @param scores the smoothed scores by label
 * @param raw the scores of this frame alone
 * @param quality how far the picture of the face can be trusted, what is wrong with it, and where landmarks tell it, where
 *     the head is turned to
 */
record ReadingJson(
        String image,
        long frame,
        double time,
        int face,
        boolean subject,
        Box box,
        String label,
        double confidence,
        Map<String, Float> scores,
        Map<String, Float> raw,
        Map<String, Object> quality) {

    /** A rectangle in pixels. */
    record Box(double x, double y, double width, double height) {
        static Box of(BoundingBox box) {
            return new Box(hundredths(box.x()), hundredths(box.y()), hundredths(box.width()), hundredths(box.height()));
        }
    }

    static ReadingJson of(FrameResult result, EmotionReading reading) {
        return new ReadingJson(
                result.origin(),
                result.index(),
                reading.mediaNanos() / 1e9,
                reading.faceId(),
                result.subjectReading().filter(reading::equals).isPresent(),
                Box.of(reading.face().box()),
                reading.labelText(),
                reading.confidence(),
                byLabel(reading.scores()),
                byLabel(reading.raw()),
                reading.quality().map(ReadingJson::of).orElse(Map.of()));
    }

    private static Map<String, Object> of(FaceQuality quality) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("overall", quality.overall());
        values.put("issues", quality.issues().stream().sorted().toList());
        quality.headPose().ifPresent(pose -> {
            values.put("yaw", hundredths(pose.yaw()));
            values.put("pitch", hundredths(pose.pitch()));
            values.put("roll", hundredths(pose.roll()));
        });
        return values;
    }

    /** A hundredth of a pixel is finer than any detector. */
    static double hundredths(double pixels) {
        return Math.round(pixels * 100) / 100.0;
    }

    private static Map<String, Float> byLabel(EmotionScores scores) {
        Map<String, Float> byLabel = new LinkedHashMap<>();
        for (Emotion emotion : Emotion.all()) {
            byLabel.put(emotion.label(), scores.get(emotion));
        }
        return byLabel;
    }
}
