/**
 * Options that several commands have: inputs, stages by name, consent, keys, times.
 */
@NullMarked
package org.emotion4j.cli.options;

import org.jspecify.annotations.NullMarked;
