/**
 * The providers that {@link java.util.ServiceLoader} finds, and what the packages of this module share. No API: use
 * {@link org.emotion4j.spi.Stages} and {@link org.emotion4j.opencv.FrameSources}.
 */
@NullMarked
package org.emotion4j.opencv.internal;

import org.jspecify.annotations.NullMarked;
