package org.emotion4j.pipeline;

import java.util.List;
import org.emotion4j.stage.Stage;

/** Closes stages: all of them, whatever one of them does. */
final class ClosedStages {
    private ClosedStages() {}

    /**
     * Closes the last one first.
     *
     * @throws RuntimeException what the first threw that failed, with what others threw
     */
    static void closeAll(List<Stage> stages) {
        RuntimeException failure = null;
        for (int i = stages.size() - 1; i >= 0; i--) {
            try {
                stages.get(i).close();
            } catch (RuntimeException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** Closes them because of a failure, which keeps what goes wrong on the way. */
    static void closeAfter(RuntimeException failure, List<Stage> stages) {
        try {
            closeAll(stages);
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }
}
