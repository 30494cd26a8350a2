/** The providers by which {@link org.emotion4j.spi.Stages} finds the stages of this module. No API. */
@NullMarked
package org.emotion4j.djl.internal;

import org.jspecify.annotations.NullMarked;
