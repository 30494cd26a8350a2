/** The providers that {@link java.util.ServiceLoader} finds. No API. */
@NullMarked
package org.emotion4j.ffmpeg.internal;

import org.jspecify.annotations.NullMarked;
