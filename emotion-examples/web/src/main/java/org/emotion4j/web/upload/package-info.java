/** Pictures and films that are sent in one request, and their readings. */
@NullMarked
package org.emotion4j.web.upload;

import org.jspecify.annotations.NullMarked;
