/** How to embed the library: each class is an example of its own, to be read and run. */
@NullMarked
package org.emotion4j.examples;

import org.jspecify.annotations.NullMarked;
