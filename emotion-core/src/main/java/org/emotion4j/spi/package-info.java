/**
 * How the parts on the class path are found: providers for {@link java.util.ServiceLoader}, with names and priorities.
 */
@NullMarked
package org.emotion4j.spi;

import org.jspecify.annotations.NullMarked;
