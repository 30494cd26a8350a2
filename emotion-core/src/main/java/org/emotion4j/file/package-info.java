/**
 * Files, whatever is in them: what one is by its first bytes ({@link org.emotion4j.file.FileKind}); those that this library
 * writes can be read by nobody but their owner ({@link org.emotion4j.file.PrivateFiles}), and it knows them again
 * ({@link org.emotion4j.file.ProductMark}).
 */
@NullMarked
package org.emotion4j.file;

import org.jspecify.annotations.NullMarked;
