package org.emotion4j.cli.analyze;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.emotion.FacialMovement;
import org.emotion4j.emotion.FacialMovements;
import org.emotion4j.face.BoundingBox;
import org.emotion4j.face.FaceQuality;
import org.emotion4j.face.HeadPose;
import org.emotion4j.reading.EmotionReading;
import org.emotion4j.reading.FrameResult;
import org.emotion4j.recording.CsvSessionRecorder;
import org.jspecify.annotations.Nullable;

/**
 * A reading as one JSON object.
 *
 * @param image where the frame comes from
 * @param frame its number, from 0
 * @param time media time in seconds
 * @param face the face's id
 * @param subject whether the run is about that face
 * @param box where, in pixels of the frame
 * @param expression one of the seven, or {@value CsvSessionRecorder#NONE}, as in records and exports
 * @param label the same for people: one of the seven, or "no clear expression"
 * @param confidence the smoothed score of the label
 * @param scores the smoothed scores by label
 * @param raw the scores of this frame alone
 * @param quality how far the picture of the face can be trusted, what is wrong with it, and where landmarks tell it, where
 *     the head is turned to
 * @param moving what moves in it, among the keys of the object; null to leave that out
 */
record ReadingJson(
        String image,
        long frame,
        double time,
        int face,
        boolean subject,
        Box box,
        String expression,
        String label,
        double confidence,
        Map<String, Float> scores,
        Map<String, Float> raw,
        Map<String, Object> quality,

        @JsonInclude(JsonInclude.Include.NON_NULL) @JsonUnwrapped @Nullable
        Moving moving) {

    /**
     * What moves in a face.
     *
     * @param movements intensities by the code of the action unit; null where the classifier does not tell
     * @param eyesClosed 0 open to 1 closed
     * @param yaw degrees, above 0 to the right side of the picture
     * @param pitch degrees, above 0 upwards
     * @param roll degrees, above 0 clockwise
     */
    record Moving(
            @Nullable Map<String, Float> movements,
            @Nullable Double eyesClosed,
            @Nullable Double yaw,
            @Nullable Double pitch,
            @Nullable Double roll) {
        static Moving of(Optional<FacialMovements> facial) {
            if (facial.isEmpty()) {
                return new Moving(null, null, null, null, null);
            }
            FacialMovements moving = facial.get();
            Map<String, Float> byCode = new LinkedHashMap<>();
            for (FacialMovement movement : FacialMovement.all()) {
                byCode.put(movement.code(), moving.intensity(movement));
            }
            HeadPose pose = moving.headPose();
            return new Moving(
                    byCode,
                    moving.eyesClosed(),
                    hundredths(pose.yaw()),
                    hundredths(pose.pitch()),
                    hundredths(pose.roll()));
        }
    }

    /** A rectangle in pixels. */
    record Box(double x, double y, double width, double height) {
        static Box of(BoundingBox box) {
            return new Box(hundredths(box.x()), hundredths(box.y()), hundredths(box.width()), hundredths(box.height()));
        }
    }

    static ReadingJson of(FrameResult result, EmotionReading reading, boolean movements) {
        return new ReadingJson(
                result.origin(),
                result.index(),
                reading.mediaNanos() / 1e9,
                reading.faceId(),
                result.subjectReading().filter(reading::equals).isPresent(),
                Box.of(reading.face().box()),
                reading.label().map(Emotion::label).orElse(CsvSessionRecorder.NONE),
                reading.labelText(),
                reading.confidence(),
                byLabel(reading.scores()),
                byLabel(reading.raw()),
                reading.quality().map(ReadingJson::of).orElse(Map.of()),
                movements ? Moving.of(reading.movements()) : null);
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
