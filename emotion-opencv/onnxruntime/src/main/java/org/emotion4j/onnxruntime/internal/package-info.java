/** The providers by which {@link org.emotion4j.spi.Stages} finds the stages of this module. No API. */
@NullMarked
package org.emotion4j.onnxruntime.internal;

import org.jspecify.annotations.NullMarked;
