/** Sessions as bundles of FHIR R4, which hospital systems read. */
@NullMarked
package org.emotion4j.fhir;

import org.jspecify.annotations.NullMarked;
