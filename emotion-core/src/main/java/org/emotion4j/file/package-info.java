/**
 * Files that this library writes, whatever is in them: nobody but their owner can read them
 * ({@link org.emotion4j.file.PrivateFiles}), and it knows them again ({@link org.emotion4j.file.ProductMark}).
 */
@NullMarked
package org.emotion4j.file;

import org.jspecify.annotations.NullMarked;
