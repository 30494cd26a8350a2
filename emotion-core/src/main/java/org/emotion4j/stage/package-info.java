/**
 * What all stages of a pipeline have in common. Knows no other package of this library.
 */
@NullMarked
package org.emotion4j.stage;

import org.jspecify.annotations.NullMarked;
