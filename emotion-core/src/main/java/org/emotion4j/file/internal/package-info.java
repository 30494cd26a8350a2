/**
 * Files that this library writes: their owner's alone ({@link org.emotion4j.file.internal.PrivateFiles}), and known again
 * ({@link org.emotion4j.file.internal.ProductMark}). No API: only modules of this project may use it, and it changes without notice.
 */
@NullMarked
package org.emotion4j.file.internal;

import org.jspecify.annotations.NullMarked;
