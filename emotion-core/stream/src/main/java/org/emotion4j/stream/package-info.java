/** Readings of a running session for other programs of the same machine. */
@NullMarked
package org.emotion4j.stream;

import org.jspecify.annotations.NullMarked;
