package org.emotion4j.emotion;

import java.util.ArrayList;
import java.util.List;
import org.emotion4j.face.CropSpec;
import org.emotion4j.face.FaceCrop;
import org.emotion4j.stage.Stage;

/**
 * Scores the expression of a face. It owns the crop that it wants ({@link #cropSpec()}) and the normalization of the
 * pixels. Used by one thread at a time unless {@link #isThreadSafe()} says otherwise.
 *
 * <p>A network with other labels maps them with {@link #mapping(List)}.
 */
@FunctionalInterface
public interface EmotionClassifier extends Stage {
    /**
     * Scores one face.
     *
     * @param crop a face, cut out as {@link #cropSpec()} says; valid during the call only
     * @return the scores
     * @throws IllegalArgumentException if the crop is not of this classifier's size or format
     */
    EmotionScores classify(FaceCrop crop);

    /**
     * Scores several faces of one frame; implementations that can, do so in one batch.
     *
     * @param crops the faces; may be empty
     * @return their scores in the same order
     * @throws IllegalArgumentException if a crop is not of this classifier's size or format
     */
    default List<EmotionScores> classifyAll(List<FaceCrop> crops) {
        List<EmotionScores> scores = new ArrayList<>(crops.size());
        for (FaceCrop crop : crops) {
            scores.add(classify(crop));
        }
        return scores;
    }

    /**
     * Says which crop this classifier wants.
     *
     * @return the spec, the same at every call; by default {@link CropSpec#fer2013()}
     */
    default CropSpec cropSpec() {
        return CropSpec.fer2013();
    }

    /**
     * Tells how foreign labels become the seven expressions.
     *
     * @param labels a network's labels in the order of its output
     * @return the mapping
     * @throws IllegalArgumentException if none of the labels is one of the seven or a synonym
     */
    static LabelMapping mapping(List<String> labels) {
        return LabelMapping.of(labels);
    }

    /**
     * Wraps a classifier that several pipelines share: closing the wrapper leaves it open. Calls are passed on one at a
     * time, unless it is thread-safe. The sessions of one pipeline share its classifier without this.
     *
     * @param classifier the shared one; its owner closes it
     * @return a wrapper whose {@code close()} does nothing; a {@link FaceClassifier} if that is one
     */
    static EmotionClassifier shared(EmotionClassifier classifier) {
        return classifier instanceof FaceClassifier more
                ? new SharedFaceClassifier(more)
                : new SharedEmotionClassifier(classifier);
    }

    /**
     * Refuses a crop that was made for another classifier.
     *
     * @param crop a crop
     * @throws IllegalArgumentException if its size or format is not that of {@link #cropSpec()}
     */
    default void requireOwnCrop(FaceCrop crop) {
        CropSpec spec = cropSpec();
        if (crop.width() != spec.width() || crop.height() != spec.height() || crop.format() != spec.format()) {
            throw new IllegalArgumentException(metadata().name() + " got a crop of " + crop.width() + "x"
                    + crop.height() + " " + crop.format() + ", expected " + spec.width() + "x" + spec.height() + " "
                    + spec.format());
        }
    }
}
