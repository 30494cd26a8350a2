/**
 * The command line. Each room has the commands of one purpose; rooms know {@code options} and {@code io}, and none knows this
 * package, which puts them together.
 *
 * <p>Not here: anything that an embedding application would want to call. That lives in the libraries.
 */
@NullMarked
package org.emotion4j.cli;

import org.jspecify.annotations.NullMarked;
