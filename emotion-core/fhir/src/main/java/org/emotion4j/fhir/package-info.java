/**
 * Sessions for hospital systems: {@link org.emotion4j.fhir.FhirExport} writes a recorded session as a bundle of FHIR R4 in JSON, its
 * figures as observations, with the consent, the device and the provenance; no rows, no pictures, and of the person a pseudonym alone.
 *
 * <p>Not here: the figures themselves ({@code org.emotion4j.analysis}), and any connection to such a system.
 */
@NullMarked
package org.emotion4j.fhir;

import org.jspecify.annotations.NullMarked;
