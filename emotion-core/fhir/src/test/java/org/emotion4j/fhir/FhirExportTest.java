package org.emotion4j.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.parser.StrictErrorHandler;
import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.ResultSeverityEnum;
import ca.uhn.fhir.validation.SingleValidationMessage;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.emotion.FacialMovement;
import org.emotion4j.emotion.FacialMovements;
import org.emotion4j.face.BoundingBox;
import org.emotion4j.face.DetectedFace;
import org.emotion4j.face.HeadPose;
import org.emotion4j.reading.EmotionReading;
import org.emotion4j.reading.FrameResult;
import org.emotion4j.reading.StageTimings;
import org.emotion4j.recording.Consent;
import org.emotion4j.recording.ConsentText;
import org.emotion4j.recording.CsvSessionRecorder;
import org.emotion4j.recording.SessionMetadata;
import org.emotion4j.recording.SessionNotes;
import org.emotion4j.recording.SessionReader;
import org.emotion4j.session.PipelineSettings;
import org.emotion4j.stage.StageMetadata;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bundles as HAPI FHIR reads and judges them. Eight seconds at 25 frames a second, a smile from 3 to 5 s. */
@Tag("slow")
final class FhirExportTest {
    private static final FhirContext R4 = FhirContext.forR4();
    private static final FhirValidator VALIDATOR = validator();
    private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");
    private static final int FRAMES = 200;

    @TempDir
    Path folder;

    private Consent agreed = new Consent(Consent.PERSON_RECORDED, START, "therapy", LocalDate.of(2030, 1, 1));

    @Test
    void aSessionIsAValidBundle() throws IOException {
        Path session = record("one", Optional.of("P-1"), "video", FRAMES);
        SessionNotes.of(session).correct("Dr. M", 3_000_000_000L, 4_000_000_000L, Optional.of(Emotion.SURPRISE));
        SessionNotes.of(session).figure("Dr. M", "PHQ-9 <\"&", 14);

        String bundle = exported(session, FhirExport.ofDefaults());

        assertThat(faults(bundle)).isEmpty();
    }

    @Test
    void whatIsMissingIsLeftOutAndTheBundleStaysValid() throws IOException {
        Path nobody = record("nobody", Optional.empty(), "video", 0);
        Path undescribed = Files.copy(
                record("rows", Optional.empty(), "video", FRAMES).resolve("session.csv"), folder.resolve("alone.csv"));
        for (Path session : List.of(nobody, undescribed)) {
            assertThat(faults(exported(session, FhirExport.ofDefaults()))).isEmpty();
        }
        Observation observation = of(Observation.class, bundle(nobody)).get(0);
        assertThat(observation.getDataAbsentReason().getText()).isEqualTo("The face was not seen");
        assertThat(observation.hasValue()).isFalse();
    }

    @Test
    void figuresAreThoseOfTheRecord() throws IOException {
        Path session = record("one", Optional.of("P-1"), "video", FRAMES);
        List<String[]> rows = Files.readAllLines(session.resolve("session.csv")).stream()
                .map(line -> line.split(",", -1))
                .toList();
        List<String> header = List.of(rows.get(0));
        List<String[]> readings = rows.subList(1, rows.size());
        double happy = readings.stream()
                .filter(row -> row[header.indexOf("expression")].equals("happy"))
                .count();
        double smile = readings.stream()
                .mapToDouble(row -> Double.parseDouble(row[header.indexOf("AU12")]))
                .average()
                .orElseThrow();

        List<Observation> observations = of(Observation.class, bundle(session));

        assertThat(value(observations, "share-happy")).isCloseTo(100 * happy / FRAMES, within(0.6));
        assertThat(Stream.concat(Emotion.labels().stream(), Stream.of("none"))
                        .mapToDouble(label -> value(observations, "share-" + label))
                        .sum())
                .isCloseTo(100, within(0.001));
        assertThat(value(observations, "AU12")).isCloseTo(smile, within(1e-4));
        assertThat(observations.get(0).getValueCodeableConcept().getText()).isEqualTo("neutral");
        assertThat(observations.get(0).getStatus()).isEqualTo(Observation.ObservationStatus.FINAL);
    }

    @Test
    void consentPersonSoftwareAndOriginAreSaid() throws IOException {
        Bundle bundle = bundle(
                record("one", Optional.of("P-1"), "video", FRAMES),
                FhirExport.ofDefaults().identifierSystem(URI.create("https://hospital.example/study")));

        Patient patient = of(Patient.class, bundle).get(0);
        assertThat(patient.getIdentifierFirstRep().getValue()).isEqualTo("P-1");
        assertThat(patient.getIdentifierFirstRep().getSystem()).isEqualTo("https://hospital.example/study");
        assertThat(patient.hasName()).isFalse();
        org.hl7.fhir.r4.model.Consent consent =
                of(org.hl7.fhir.r4.model.Consent.class, bundle).get(0);
        assertThat(consent.getPolicyRule().getText()).isEqualTo("therapy");
        assertThat(consent.getProvision().getPeriod().getEndElement().getValueAsString())
                .isEqualTo("2030-01-01");
        List<String> observations = bundle.getEntry().stream()
                .filter(entry -> entry.getResource() instanceof Observation)
                .map(Bundle.BundleEntryComponent::getFullUrl)
                .toList();
        assertThat(consent.getProvision().getData().stream()
                        .map(data -> data.getReference().getReference()))
                .containsExactlyElementsOf(observations);
        Provenance provenance = of(Provenance.class, bundle).get(0);
        assertThat(provenance.getTarget().stream().map(target -> target.getReference()))
                .containsExactlyElementsOf(observations);
        assertThat(of(Device.class, bundle).get(0).getVersion().stream().map(version -> version.getValue()))
                .contains("table2 7 sha256:abc on JDK");
    }

    @Test
    void theTextThatWasAgreedToIsNamedByItsHashAndVersion() throws IOException {
        String hash = "00".repeat(31) + "ff";
        agreed = agreed.withText(new ConsentText(hash, Optional.of("3 <b>"), ConsentText.Signed.ON_PAPER));
        Path session = record("text", Optional.of("P-1"), "video", FRAMES);
        Bundle bundle = bundle(session);

        org.hl7.fhir.r4.model.Consent consent =
                of(org.hl7.fhir.r4.model.Consent.class, bundle).get(0);
        String uri = consent.getPolicyFirstRep().getUri();
        assertThat(uri).startsWith("ni:///sha-256;");
        assertThat(HexFormat.of().formatHex(Base64.getUrlDecoder().decode(uri.substring(uri.indexOf(';') + 1))))
                .isEqualTo(hash);
        assertThat(consent.getSourceAttachment().getTitle())
                .isEqualTo("Text of consent, version 3 <b>, SHA-256 " + hash + ", signed: on paper");
        assertThat(consent.getText().getDivAsString()).contains(hash, "3 &lt;b&gt;");
        assertThat(faults(exported(session, FhirExport.ofDefaults()))).isEmpty();
    }

    @Test
    void onlyWhatIsKnownHasATime() throws IOException {
        Path film = record("film", Optional.empty(), "video", FRAMES);
        assertThat(of(Observation.class, bundle(film)).get(0).hasEffective()).isFalse();
        Instant filmed = Instant.parse("2025-05-05T10:00:00Z");
        assertThat(begin(bundle(film, FhirExport.ofDefaults().filmedAt(filmed))))
                .isEqualTo(filmed);

        Path camera = record("live", Optional.empty(), "camera", FRAMES);
        assertThat(begin(bundle(camera))).isEqualTo(START);
        assertThat(VALIDATOR
                        .validateWithResult(exported(camera, FhirExport.ofDefaults()))
                        .getMessages())
                .noneMatch(message -> message.getMessageId().startsWith("All_observations_should_have"));
    }

    @Test
    void theSameSessionIsTheSameBundle() throws IOException {
        Path session = record("one", Optional.of("P-1"), "camera", FRAMES);

        assertThat(exported(session, FhirExport.ofDefaults())).isEqualTo(exported(session, FhirExport.ofDefaults()));
    }

    @Test
    void aSystemThatIsNoAddressIsRefused() {
        assertThatThrownBy(() -> FhirExport.ofDefaults().identifierSystem(URI.create("study")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("absolute");
    }

    private static Instant begin(Bundle bundle) {
        return of(Observation.class, bundle)
                .get(0)
                .getEffectivePeriod()
                .getStart()
                .toInstant();
    }

    private static double value(List<Observation> observations, String code) {
        return observations.stream()
                .flatMap(observation -> observation.getComponent().stream())
                .filter(component ->
                        component.getCode().getCodingFirstRep().getCode().equals(code))
                .map(component -> component.getValueQuantity().getValue().doubleValue())
                .findFirst()
                .orElseThrow();
    }

    private static <T extends Resource> List<T> of(Class<T> type, Bundle bundle) {
        return bundle.getEntry().stream()
                .map(Bundle.BundleEntryComponent::getResource)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    private static Bundle bundle(Path session) throws IOException {
        return bundle(session, FhirExport.ofDefaults());
    }

    private static Bundle bundle(Path session, FhirExport export) throws IOException {
        return R4.newJsonParser()
                .setParserErrorHandler(new StrictErrorHandler())
                .parseResource(Bundle.class, exported(session, export));
    }

    private static String exported(Path session, FhirExport export) throws IOException {
        StringWriter text = new StringWriter();
        try (SessionReader reader = SessionReader.open(session)) {
            export.write(reader, text);
        }
        return text.toString();
    }

    /** Errors, and warnings but those that nobody can mend: no standard has our codes, and a film does not say when it was taken. */
    private static List<String> faults(String bundle) {
        return VALIDATOR.validateWithResult(bundle).getMessages().stream()
                .filter(message -> message.getSeverity().compareTo(ResultSeverityEnum.WARNING) >= 0)
                .filter(message -> message.getSeverity() != ResultSeverityEnum.WARNING || !isKnown(message))
                .map(SingleValidationMessage::toString)
                .toList();
    }

    private static boolean isKnown(SingleValidationMessage warning) {
        String text = warning.getMessage();
        return text.contains(FhirExport.CODES.toString())
                || text.contains("http://loinc.org")
                || warning.getLocationString().endsWith(".policyRule")
                || "All_observations_should_have_an_effectiveDateTime_or_an_effectivePeriod"
                        .equals(warning.getMessageId());
    }

    private static FhirValidator validator() {
        ValidationSupportChain support = new ValidationSupportChain(
                new DefaultProfileValidationSupport(R4),
                new CommonCodeSystemsTerminologyService(R4),
                new InMemoryTerminologyServerValidationSupport(R4));
        return R4.newValidator().registerValidatorModule(new FhirInstanceValidator(support));
    }

    private Path record(String name, Optional<String> subject, String source, int seen) throws IOException {
        Path session = folder.resolve(name);
        PipelineSettings settings = new PipelineSettings(
                List.of(
                        new PipelineSettings.Part("source", StageMetadata.named(source)),
                        new PipelineSettings.Part(
                                "classifier",
                                new StageMetadata(
                                        "table2",
                                        Optional.of("7"),
                                        Optional.of("abc"),
                                        Optional.empty(),
                                        Optional.of("JDK"),
                                        Optional.empty()))),
                Map.of());
        SessionMetadata metadata =
                new SessionMetadata(name, subject, Optional.of(agreed), List.of(), Map.of()).withPipeline(settings);
        try (CsvSessionRecorder recorder = CsvSessionRecorder.builder(session)
                .metadata(metadata)
                .clock(Clock.fixed(START, ZoneOffset.UTC))
                .create()) {
            for (int i = 0; i < FRAMES; i++) {
                recorder.record(frame(i, i < seen));
            }
        }
        return session;
    }

    private static FrameResult frame(int index, boolean seen) {
        double time = index / 25.0;
        long nanos = Math.round(time * 1e9);
        float smile = (float) (0.9 * Math.max(0, Math.min(1, Math.min((time - 3) / 0.5, (5 - time) / 0.5))));
        EmotionScores scores =
                EmotionScores.ofWeights(new float[] {0.01f, 0.01f, 0.01f, 0.02f + smile, 0.01f, 0.01f, 1 - smile});
        float[] intensities = new float[FacialMovement.COUNT];
        intensities[FacialMovement.LIP_CORNERS_PULLED.ordinal()] = smile;
        EmotionReading reading = new EmotionReading(
                1,
                nanos,
                new DetectedFace(new BoundingBox(10, 20, 100, 120), 0.9),
                scores,
                scores,
                Optional.of(scores.top()),
                Optional.empty(),
                Optional.of(FacialMovements.of(intensities, 0, 0, new HeadPose(0, 0, 0))));
        return new FrameResult(
                index,
                nanos,
                START.plusNanos(nanos),
                "film.mp4",
                640,
                480,
                index == 0,
                seen ? List.of(reading) : List.of(),
                new StageTimings(1, 2, 3, 6));
    }
}
