/**
 * JMH benchmarks of the stages and of the whole frame, and the guard of the 150 ms budget.
 */
@NullMarked
package org.emotion4j.benchmarks;

import org.jspecify.annotations.NullMarked;
