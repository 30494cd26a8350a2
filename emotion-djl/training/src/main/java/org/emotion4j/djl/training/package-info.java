/**
 * Training in Java: {@link org.emotion4j.djl.training.NetworkTrainer} fits a network of
 * {@code org.emotion4j.djl.nets} to labeled faces, {@link org.emotion4j.djl.training.TrainingProtocol} says which faces those
 * are, and {@link org.emotion4j.djl.training.NetworkScores} scores faces with a network.
 *
 * <p>Not here: the readers of the data ({@code org.emotion4j.djl.data}) and anything that draws progress.
 */
@Experimental
@NullMarked
package org.emotion4j.djl.training;

import org.emotion4j.stage.Experimental;
import org.jspecify.annotations.NullMarked;
