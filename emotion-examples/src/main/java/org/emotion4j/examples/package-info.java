/**
 * How to embed the library: each class is an example of its own, to be read from top to bottom and run. README and guides quote
 * them.
 */
@NullMarked
package org.emotion4j.examples;

import org.jspecify.annotations.NullMarked;
