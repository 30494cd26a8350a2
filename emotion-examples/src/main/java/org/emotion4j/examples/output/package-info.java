/** Where everything that commands and the window leave on a disk goes through: one rule for all files. */
@NullMarked
package org.emotion4j.examples.output;

import org.jspecify.annotations.NullMarked;
