/** What a file is, by its first bytes: {@link org.emotion4j.file.FileKind}. */
@NullMarked
package org.emotion4j.file;

import org.jspecify.annotations.NullMarked;
