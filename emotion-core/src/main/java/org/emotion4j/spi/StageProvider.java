package org.emotion4j.spi;

import java.nio.file.Path;
import org.emotion4j.stage.Stage;
import org.emotion4j.stage.StageException;

/**
 * Makes one kind of stage. Providers are found by {@link java.util.ServiceLoader} on the class path; of those that are
 * available the one with the highest priority is the default.
 *
 * @param <T> the kind of stage
 */
public interface StageProvider<T extends Stage> {
    /**
     * Returns the name by which users ask for this stage, for example on the command line.
     *
     * @return lower-case letters, digits and hyphens
     */
    String name();

    /**
     * Says in one line what this is and what it needs.
     *
     * @return a short description
     */
    String description();

    /**
     * Orders the providers: the highest is the default. Ours are 0 to 100, so an application's own wins with 101.
     *
     * @return the priority; below 0 for a stage that is never a default (it needs a file of the user's, say)
     */
    int priority();

    /**
     * Makes the stage with what is bundled.
     *
     * @return a new stage, which the caller closes
     * @throws StageException if it cannot be made here; the message says what to do
     */
    T create();

    /**
     * Makes the stage with a model file that the user names.
     *
     * @param model the file
     * @return a new stage, which the caller closes
     * @throws StageException if the file is missing, damaged or of another network, or this stage takes none
     */
    default T create(Path model) {
        throw new StageException(name() + " takes no model file, got " + model);
    }
}
