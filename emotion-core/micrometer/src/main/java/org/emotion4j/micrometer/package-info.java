/**
 * A session's numbers for Micrometer.
 */
@NullMarked
package org.emotion4j.micrometer;

import org.jspecify.annotations.NullMarked;
