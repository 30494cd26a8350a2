/**
 * What all stages of a pipeline have in common, whatever they do: they are warmed up, described and closed
 * ({@link org.emotion4j.stage.Stage}, {@link org.emotion4j.stage.StageMetadata}), fail in one way
 * ({@link org.emotion4j.stage.StageException}; {@link org.emotion4j.stage.StageUnavailableException} where natives do not load), and take
 * their weights out of jars ({@link org.emotion4j.stage.BundledModel}). {@link org.emotion4j.stage.Experimental} marks what may change
 * in any minor version.
 *
 * <p>Knows no other package of this library.
 */
@NullMarked
package org.emotion4j.stage;

import org.jspecify.annotations.NullMarked;
