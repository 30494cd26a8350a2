/**
 * How the parts on the class path are found. Who uses the library asks {@link org.emotion4j.spi.Stages} for a detector, classifier or
 * landmark detector, by name or by default. Who adds one implements a provider ({@link org.emotion4j.spi.FaceDetectorProvider},
 * {@link org.emotion4j.spi.EmotionClassifierProvider}, {@link org.emotion4j.spi.LandmarkDetectorProvider}; for files
 * {@link org.emotion4j.spi.VideoProvider}, {@link org.emotion4j.spi.StillPictureProvider}; for weights
 * {@link org.emotion4j.spi.WeightsProvider}) with a name and a priority, and names it to {@link java.util.ServiceLoader}.
 *
 * <p>Not here: the stages. Those of one's own can also be given to the pipeline's builder, without any provider.
 */
@NullMarked
package org.emotion4j.spi;

import org.jspecify.annotations.NullMarked;
