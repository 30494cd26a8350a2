/**
 * The former expression network as TorchScript, learned from FER2013 and FER+ alone, for those who object to the terms of the
 * pictures that the present one learned from. Nothing but weights; {@link org.emotion4j.spi.Weights} finds them.
 */
@NullMarked
package org.emotion4j.models.pytorch.fer;

import org.jspecify.annotations.NullMarked;
