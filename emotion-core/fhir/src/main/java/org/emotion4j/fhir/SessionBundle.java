package org.emotion4j.fhir;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.emotion4j.analysis.SessionEvents;
import org.emotion4j.analysis.SessionSummary;
import org.emotion4j.recording.Consent;
import org.emotion4j.recording.SessionInfo;
import org.emotion4j.recording.SessionReader;
import org.emotion4j.session.PipelineSettings;
import org.emotion4j.stage.StageMetadata;

/** One session as a bundle. */
final class SessionBundle {
    private static final String TERMINOLOGY = "http://terminology.hl7.org/CodeSystem/";

    private final SessionInfo info;
    private final Optional<URI> identifierSystem;
    private final String patient;
    private final String device;
    private final Instant recorded;
    private final JsonArray entries = new JsonArray();

    private SessionBundle(SessionInfo info, Optional<URI> identifierSystem, Instant recorded) {
        this.info = info;
        this.identifierSystem = identifierSystem;
        this.recorded = recorded;
        this.patient = url("patient");
        this.device = url("device");
    }

    static SessionBundle of(SessionReader session, Optional<URI> identifierSystem, Optional<Instant> filmedAt)
            throws IOException {
        SessionEvents.Collector events = SessionEvents.collector(session);
        SeenFace face = new SeenFace();
        SessionSummary summary = SessionSummary.of(session, frame -> {
            events.accept(frame);
            face.accept(frame);
        });
        SessionInfo info = session.info();
        Instant end = info.ended().or(info::started).or(face::lastWallTime).orElse(Instant.EPOCH);
        SessionBundle bundle = new SessionBundle(info, identifierSystem, end);
        bundle.add(bundle.patient, bundle.patient());
        Map<String, JsonObject> observations = new Observations(
                        summary,
                        events.events(),
                        face,
                        session.notes(),
                        new Observations.About(bundle.patient, bundle.device, begun(info, face, filmedAt)))
                .all();
        List<String> observed = observations.keySet().stream().map(bundle::url).toList();
        info.metadata()
                .consent()
                .ifPresent(consent -> bundle.add(bundle.url("consent"), bundle.consent(consent, observed)));
        bundle.add(bundle.device, bundle.device());
        observations.forEach((part, observation) -> bundle.add(bundle.url(part), observation));
        bundle.add(bundle.url("provenance"), bundle.provenance(observed));
        return bundle;
    }

    /** When media time 0 was: of a camera known, of a film told or not known. */
    private static Optional<Instant> begun(SessionInfo info, SeenFace face, Optional<Instant> filmedAt) {
        if (filmedAt.isPresent()) {
            return filmedAt;
        }
        boolean live = info.metadata()
                .pipeline()
                .flatMap(pipeline -> pipeline.stage("source"))
                .filter(source ->
                        source.name().equals("camera") || source.name().equals("push"))
                .isPresent();
        return live ? face.begun() : Optional.empty();
    }

    JsonObject json() {
        JsonObject bundle = new JsonObject();
        bundle.addProperty("resourceType", "Bundle");
        JsonObject identifier = new JsonObject();
        identifier.addProperty("system", "urn:ietf:rfc:3986");
        identifier.addProperty("value", url("bundle"));
        bundle.add("identifier", identifier);
        bundle.addProperty("type", "collection");
        bundle.add("entry", entries);
        return bundle;
    }

    private String url(String part) {
        return Fhir.url(info.sessionId(), part);
    }

    private void add(String url, JsonObject resource) {
        JsonObject entry = new JsonObject();
        entry.addProperty("fullUrl", url);
        entry.add("resource", resource);
        entries.add(entry);
    }

    /** A pseudonym and nothing else; where there is none, the session's id stands for whoever it was. */
    private JsonObject patient() {
        Optional<String> pseudonym = info.metadata().subjectId();
        String what = pseudonym.isPresent() ? "Pseudonym" : "Session of a person without a pseudonym";
        String value = pseudonym.orElse(info.sessionId());
        JsonObject patient = Fhir.resource("Patient", what + " " + value);
        JsonObject identifier = new JsonObject();
        identifier.addProperty("use", "secondary");
        (pseudonym.isPresent() ? identifierSystem : Optional.of(FhirExport.CODES))
                .ifPresent(system -> identifier.addProperty("system", system.toString()));
        identifier.addProperty("value", value);
        patient.add("identifier", Fhir.array(identifier));
        return patient;
    }

    private JsonObject consent(Consent given, List<String> observed) {
        JsonObject consent = Fhir.resource(
                "Consent",
                "Agreed to by " + given.agreedBy() + " at " + given.agreedAt() + ", to be kept until "
                        + given.keepUntil() + ": " + given.purpose()
                        + given.text().map(text -> ". " + Fhir.inWords(text)).orElse(""));
        consent.addProperty("status", "active");
        consent.add("scope", Fhir.concept(TERMINOLOGY + "consentscope", "patient-privacy", "Privacy Consent"));
        consent.add("category", Fhir.array(Fhir.concept("http://loinc.org", "59284-0", "Consent Document")));
        consent.add("patient", Fhir.reference(patient));
        consent.addProperty("dateTime", Fhir.instant(given.agreedAt()));
        consent.add("performer", Fhir.array(Fhir.display(given.agreedBy())));
        given.text().ifPresent(text -> {
            consent.add("sourceAttachment", Fhir.named(text));
            consent.add("policy", Fhir.array(Fhir.policy(text)));
        });
        consent.add("policyRule", Fhir.text(given.purpose()));
        JsonObject provision = new JsonObject();
        provision.addProperty("type", "permit");
        JsonObject period = new JsonObject();
        period.addProperty("start", Fhir.instant(given.agreedAt()));
        period.addProperty("end", given.keepUntil().toString());
        provision.add("period", period);
        JsonArray covered = new JsonArray();
        for (String url : observed) {
            JsonObject data = new JsonObject();
            data.addProperty("meaning", "instance");
            data.add("reference", Fhir.reference(url));
            covered.add(data);
        }
        provision.add("data", covered);
        consent.add("provision", provision);
        return consent;
    }

    private JsonObject device() {
        String version = info.versions().getOrDefault("emotion4j", "");
        JsonObject device = Fhir.resource("Device", "Emotion4J " + version);
        device.addProperty("status", "active");
        JsonObject name = new JsonObject();
        name.addProperty("name", "Emotion4J");
        name.addProperty("type", "model-name");
        device.add("deviceName", Fhir.array(name));
        device.add("type", Fhir.text("Software that reads facial expressions; no medical device"));
        JsonArray versions = new JsonArray();
        if (!version.isEmpty()) {
            versions.add(version("emotion4j", version));
        }
        List<PipelineSettings.Part> parts = info.metadata()
                .pipeline()
                .map(PipelineSettings::parts)
                .orElseGet(() -> info.metadata().stages().stream()
                        .map(stage -> new PipelineSettings.Part("stage", stage))
                        .toList());
        for (PipelineSettings.Part part : parts) {
            if (!part.role().equals("source") && !part.role().equals("recorder")) {
                versions.add(version(part.role(), inWords(part.stage())));
            }
        }
        if (!versions.isEmpty()) {
            device.add("version", versions);
        }
        return device;
    }

    private static JsonObject version(String what, String value) {
        JsonObject version = new JsonObject();
        version.add("type", Fhir.text(what));
        version.addProperty("value", value);
        return version;
    }

    private static String inWords(StageMetadata stage) {
        StringBuilder text = new StringBuilder(stage.name());
        stage.version().ifPresent(version -> text.append(' ').append(version));
        stage.sha256().ifPresent(hash -> text.append(" sha256:").append(hash));
        stage.runtime().ifPresent(runtime -> text.append(" on ").append(runtime));
        return text.toString();
    }

    private JsonObject provenance(List<String> observed) {
        JsonObject provenance = Fhir.resource("Provenance", "Session " + info.sessionId() + ", " + info.endInWords());
        JsonArray targets = new JsonArray();
        observed.forEach(url -> targets.add(Fhir.reference(url)));
        provenance.add("target", targets);
        if (info.started().isPresent()) {
            provenance.add("occurredPeriod", Fhir.period(info.started().get(), recorded));
        }
        provenance.addProperty("recorded", Fhir.instant(recorded));
        JsonObject agent = new JsonObject();
        agent.add("type", Fhir.concept(TERMINOLOGY + "provenance-participant-type", "assembler", "Assembler"));
        agent.add("who", Fhir.reference(device));
        provenance.add("agent", Fhir.array(agent));
        JsonObject record = new JsonObject();
        record.addProperty("role", "source");
        JsonObject what = new JsonObject();
        JsonObject identifier = new JsonObject();
        identifier.addProperty("system", FhirExport.CODES.toString());
        identifier.addProperty("value", info.sessionId());
        what.add("identifier", identifier);
        what.addProperty("display", "Recorded session " + info.sessionId());
        record.add("what", what);
        provenance.add("entity", Fhir.array(record));
        return provenance;
    }
}
