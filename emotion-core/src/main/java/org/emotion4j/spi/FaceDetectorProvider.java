package org.emotion4j.spi;

import java.nio.file.Path;
import java.util.Optional;
import org.emotion4j.face.FaceDetector;
import org.emotion4j.stage.StageException;

/** Makes a face detector. */
public interface FaceDetectorProvider extends StageProvider<FaceDetector> {
    /**
     * Makes the detector as {@link #create()} does, except that it also gives the faces that it is hardly sure of: as many
     * confidences as it can, down to where nearly all are false. Evaluations draw the curve of precision and recall with
     * it.
     *
     * @return a new detector, which the caller closes; empty where there is no such setting
     * @throws StageException if it cannot be made here
     */
    default Optional<FaceDetector> createSensitive() {
        return Optional.empty();
    }

    /**
     * Makes the detector as {@link #create(Path)} does, except that it also gives the faces that it is hardly sure of.
     *
     * @param model the file
     * @return a new detector, which the caller closes; empty where there is no such setting
     * @throws StageException if the file is missing, damaged or of another network
     */
    default Optional<FaceDetector> createSensitive(Path model) {
        return Optional.empty();
    }
}
