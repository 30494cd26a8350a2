/**
 * A session's numbers for Micrometer. The only package that needs {@code micrometer-core}, which is an optional dependency:
 * nothing else here knows it.
 */
@NullMarked
package org.emotion4j.micrometer;

import org.jspecify.annotations.NullMarked;
