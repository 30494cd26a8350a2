/** Browsers that send their camera's pictures over a WebSocket: a session each, on the one pipeline. */
@NullMarked
package org.emotion4j.web.live;

import org.jspecify.annotations.NullMarked;
