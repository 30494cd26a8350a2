package org.emotion4j.stage;

/**
 * What every part of a pipeline has: it can be warmed up, closed, and asked what it is.
 *
 * <p>A stage is used by one thread at a time unless {@link #isThreadSafe()} says otherwise. The pipeline closes every stage it
 * was given.
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

    /**
     * Says whether several threads may use this stage at the same time. A pipeline lets all its sessions and requests into a
     * stage that says so, and into any other one after the other.
     *
     * @return the same at every call; by default false, of a lambda too
     */
    default boolean isThreadSafe() {
        return false;
    }

    /** Frees what the stage holds. A second call does nothing. */
    @Override
    default void close() {}
}
