/** Sessions as rows of a study: a table for statistics programs, and the codebook that explains it. */
@NullMarked
package org.emotion4j.study;

import org.jspecify.annotations.NullMarked;
