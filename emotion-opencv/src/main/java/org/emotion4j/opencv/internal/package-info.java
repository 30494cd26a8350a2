/**
 * The providers that {@link java.util.ServiceLoader} finds. No API: use {@link org.emotion4j.spi.Stages}.
 */
@NullMarked
package org.emotion4j.opencv.internal;

import org.jspecify.annotations.NullMarked;
