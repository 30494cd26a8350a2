/**
 * The command line: one class a command, and what they share (inputs, stages by name, output folders, JSON).
 *
 * <p>Not here: anything that an embedding application would want to call. That lives in the libraries.
 */
@NullMarked
package org.emotion4j.examples;

import org.jspecify.annotations.NullMarked;
