/** What was recorded of cameras: listed, reported, erased. */
@NullMarked
package org.emotion4j.web.records;

import org.jspecify.annotations.NullMarked;
