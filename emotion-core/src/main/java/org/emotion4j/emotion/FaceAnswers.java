package org.emotion4j.emotion;

import java.util.Optional;
import org.emotion4j.face.Occlusion;

/**
 * All that one pass of a network says of a face.
 *
 * @param scores its expression
 * @param occlusion what of it is hidden; empty where the network does not tell
 */
public record FaceAnswers(EmotionScores scores, Optional<Occlusion> occlusion) {}
