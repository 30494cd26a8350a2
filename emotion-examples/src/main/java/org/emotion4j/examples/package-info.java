/** The command line: one class per command, each a short example of how to embed the library. */
@NullMarked
package org.emotion4j.examples;

import org.jspecify.annotations.NullMarked;
