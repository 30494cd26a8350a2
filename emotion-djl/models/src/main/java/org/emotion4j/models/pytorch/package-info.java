/**
 * This library's own networks as PyTorch reads them, TorchScript and weights of its own training: expressions and faces. Nothing
 * but weights; {@link org.emotion4j.spi.Weights} finds them.
 */
@NullMarked
package org.emotion4j.models.pytorch;

import org.jspecify.annotations.NullMarked;
