package org.emotion4j.fhir;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.emotion4j.recording.SessionReader;
import org.emotion4j.stage.Experimental;

/**
 * Writes a recorded session as a bundle of FHIR R4 in JSON: {@code Observation}s with components (how long which expression was
 * shown, facial movements, events a minute, what a person corrected, figures of questionnaires), the {@code Patient} by pseudonym
 * alone, the {@code Consent} under which it was recorded, the {@code Device} that read it with its networks, and the
 * {@code Provenance} of it all. Figures are those of {@link org.emotion4j.analysis.SessionSummary} and {@link
 * org.emotion4j.analysis.SessionEvents}, of the face that the session is about; rows and pictures are not in it.
 *
 * <p>It is a {@code collection}, which a hospital's system maps to its own patients before it stores anything. Codes that are ours
 * have the system {@link #CODES}, since no standard has them, and a text.
 *
 * <p>When a film was taken is not known: its observations have no time unless {@link #filmedAt} says it. What comes out of an
 * encrypted session is not encrypted. Immutable and thread-safe.
 */
@Experimental
public final class FhirExport {
    /** The system of the codes that are ours. */
    public static final URI CODES = URI.create("urn:uuid:0c0a8f0e-7a51-4f0b-9d3e-6b6f1a2e4c75");

    private static final Gson JSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    private final Optional<URI> identifierSystem;
    private final Optional<Instant> filmedAt;

    private FhirExport(Optional<URI> identifierSystem, Optional<Instant> filmedAt) {
        this.identifierSystem = identifierSystem;
        this.filmedAt = filmedAt;
    }

    /**
     * Returns an export that names no system of pseudonyms and no time of a film.
     *
     * @return the export
     */
    public static FhirExport ofDefaults() {
        return new FhirExport(Optional.empty(), Optional.empty());
    }

    /**
     * Says in which system the person's pseudonym is one.
     *
     * @param system the identifier's {@code system}, absolute, for example {@code https://hospital.example/study-7}
     * @return a copy with it
     * @throws IllegalArgumentException if it is not absolute
     */
    public FhirExport identifierSystem(URI system) {
        if (!system.isAbsolute()) {
            throw new IllegalArgumentException("the identifier system is \"" + system
                    + "\", expected an absolute address, as https://…, or urn:oid:…");
        }
        return new FhirExport(Optional.of(system), filmedAt);
    }

    /**
     * Says when a film was begun.
     *
     * @param begun the moment of its media time 0
     * @return a copy with it
     */
    public FhirExport filmedAt(Instant begun) {
        return new FhirExport(identifierSystem, Optional.of(Objects.requireNonNull(begun, "begun")));
    }

    /**
     * Reads a session to its end and writes it.
     *
     * @param session a reader before its first frame; left open
     * @param target where to; left open
     * @throws IOException if it cannot be read or written
     */
    public void write(SessionReader session, Writer target) throws IOException {
        JSON.toJson(SessionBundle.of(session, identifierSystem, filmedAt).json(), target);
        target.write('\n');
        target.flush();
    }

    @Override
    public String toString() {
        return "FhirExport[identifierSystem=" + identifierSystem + ", filmedAt=" + filmedAt + "]";
    }
}
