package org.emotion4j.stage;

/**
 * What every part of a pipeline has: it can be warmed up, closed, and asked what it is.
 *
 * <p>A stage is confined to one thread at a time unless it says otherwise. The pipeline closes every stage it was given.
 */
public interface Stage extends AutoCloseable {
    /**
     * Does before the first frame what would otherwise make the first frame late: loading native code, compiling,
     * running the network once. May be called more than once.
     */
    default void warmUp() {}

    /**
     * Says what this stage is, for the record of a session.
     *
     * @return name, version, weights, run time, and what it was set to; by default only the name of the class, which for a
     *     lambda is that of the class it is written in
     */
    default StageMetadata metadata() {
        return StageMetadata.ofClass(getClass());
    }

    /** Frees what the stage holds. A second call does nothing. */
    @Override
    default void close() {}
}
