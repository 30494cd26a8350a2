/**
 * What the run times of expression networks share: crops as a tensor, its answers as scores. No API: only modules of this project may use it, and it changes without notice.
 */
@NullMarked
package org.emotion4j.emotion.internal;

import org.jspecify.annotations.NullMarked;
