/**
 * The commands that look at pictures and films: {@code analyze}, {@code detect}, {@code crops}.
 */
@NullMarked
package org.emotion4j.cli.analyze;

import org.jspecify.annotations.NullMarked;
