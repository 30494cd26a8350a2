/**
 * Sentences, numbers and dates of figures and pages in one language; for this module's own packages. Not here: what they are
 * said of.
 */
@NullMarked
package org.emotion4j.words;

import org.jspecify.annotations.NullMarked;
