/**
 * Labeled faces for training and evaluation: FER2013 with its FER+ votes
 * ({@link org.emotion4j.djl.data.Fer2013}), a folder of pictures per class
 * ({@link org.emotion4j.djl.data.PictureFolder}), and what an honest split has to leave out
 * ({@link org.emotion4j.djl.data.TrainTestOverlapFilter}). Plain Java: no network, no engine.
 *
 * <p>Not here: the data themselves. FER2013 is for research and is not part of this library; whoever has the standard
 * files names their folder.
 */
@Experimental
@NullMarked
package org.emotion4j.djl.data;

import org.emotion4j.stage.Experimental;
import org.jspecify.annotations.NullMarked;
