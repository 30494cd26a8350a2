/**
 * The commands on networks and their figures: {@code train}, {@code evaluate}, {@code evaluate-detector}.
 */
@NullMarked
package org.emotion4j.cli.models;

import org.jspecify.annotations.NullMarked;
