package org.emotion4j.pipeline;

import org.emotion4j.stage.StageException;
import org.jspecify.annotations.Nullable;

/** What stages give; they may be anybody's code, and what is not there is told with their name. */
final class Given {
    private Given() {}

    /**
     * Requires that a stage gave something.
     *
     * @throws StageException if it gave null
     */
    static <T> T by(Object stage, String what, @Nullable T value) {
        if (value == null) {
            throw new StageException(stage.getClass().getName() + " gave null in place of " + what);
        }
        return value;
    }
}
