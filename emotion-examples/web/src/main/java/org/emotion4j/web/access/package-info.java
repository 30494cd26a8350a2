/** Who may call the service: the token, the origin of pages, how often, and what answers tell a browser. */
@NullMarked
package org.emotion4j.web.access;

import org.jspecify.annotations.NullMarked;
