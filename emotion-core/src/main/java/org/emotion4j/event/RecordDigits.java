package org.emotion4j.event;

import java.util.Optional;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.emotion.FacialMovement;
import org.emotion4j.emotion.FacialMovements;
import org.emotion4j.face.HeadPose;

/** Readings with the digits that records keep of them: what is found live is then what is found in the record, to the last bit. */
final class RecordDigits {
    private static final double SCORE = 1e5;
    private static final double MOVEMENT = 1e3;
    private static final double ANGLE = 10;

    private RecordDigits() {}

    static long time(long nanos) {
        return 1000 * (Math.floorDiv(nanos, 1000) + (Math.floorMod(nanos, 1000) >= 500 ? 1 : 0));
    }

    static EmotionScores scores(EmotionScores seen) {
        float[] values = seen.toArray();
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) kept(values[i], SCORE);
        }
        return EmotionScores.of(values);
    }

    static Optional<FacialMovements> movements(Optional<FacialMovements> seen) {
        return seen.map(moving -> {
            float[] intensities = new float[FacialMovement.COUNT];
            for (FacialMovement movement : FacialMovement.all()) {
                intensities[movement.ordinal()] = (float) kept(moving.intensity(movement), MOVEMENT);
            }
            HeadPose head = moving.headPose();
            return FacialMovements.of(
                    intensities,
                    kept(moving.leftEyeClosed(), MOVEMENT),
                    kept(moving.rightEyeClosed(), MOVEMENT),
                    new HeadPose(kept(head.yaw(), ANGLE), kept(head.pitch(), ANGLE), kept(head.roll(), ANGLE)));
        });
    }

    private static double kept(double value, double power) {
        return Math.round(value * power) / power;
    }
}
