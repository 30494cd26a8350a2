/**
 * What a stage of your own has to keep, as tests: extend the contract of its kind, and JUnit runs it. Also
 * {@link org.emotion4j.testkit.MisbehavingFrameSource}, which makes a good source slow, hang, freeze or fail.
 */
@NullMarked
package org.emotion4j.testkit;

import org.jspecify.annotations.NullMarked;
