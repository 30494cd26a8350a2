package org.emotion4j.annotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
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
import org.emotion4j.recording.CsvSessionRecorder;
import org.emotion4j.recording.SessionMetadata;
import org.emotion4j.recording.SessionNotes;
import org.emotion4j.recording.SessionReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Twelve seconds at 30 frames a second: neutral, a smile from 4 to 7 s, a blink at 9 s; nobody in sight from 10 to 11 s. */
final class AnnotationExportTest {
    private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

    @TempDir
    Path folder;

    @Test
    void aLabelIsOneStretchForAsLongAsItStands() throws IOException {
        AnnotationTier expression = annotations().tiers().get(0);

        assertThat(expression.annotations())
                .extracting(Annotation::label)
                .containsExactly("neutral", "happy", "neutral", "neutral");
        assertThat(expression.annotations().get(1).startNanos() / 1e9).isCloseTo(4.3, within(0.2));
        assertThat(expression.annotations().get(1).endNanos())
                .isEqualTo(expression.annotations().get(2).startNanos());
        assertThat(expression.annotations().get(2).endNanos() / 1e9).isCloseTo(10, within(0.04));
        assertThat(expression.annotations().get(3).startNanos() / 1e9).isCloseTo(11, within(0.04));
    }

    @Test
    void eventsAndMarkersHaveTiersOfTheirOwn() throws IOException {
        SessionAnnotations session = annotations();

        assertThat(session.tiers())
                .extracting(AnnotationTier::name)
                .containsExactly("expression", "event: happy", "AU12", "blink", "marker");
        AnnotationTier markers = session.tiers().get(4);
        assertThat(markers.annotations()).extracting(Annotation::label).containsExactly("\"school\" <b> & home", "end");
        assertThat(markers.annotations().get(0).endNanos()).isEqualTo(8_000_000_000L);
    }

    @Test
    void whatPeopleAddedAfterwardsHasTiersToo() throws IOException {
        Path recorded = record("begins");
        SessionNotes notes = SessionNotes.of(recorded);
        notes.correct("M", 4_000_000_000L, 6_000_000_000L, Optional.of(Emotion.SURPRISE));
        notes.correct("M", 6_000_000_000L, 7_000_000_000L, Optional.empty());
        notes.note("M", 5_000_000_000L, "looks down");
        notes.note("M", "about the session");
        notes.mark("M", 9_000_000_000L, "later");
        SessionAnnotations session = read(recorded);
        assertThat(tier(session, "corrected expression").annotations())
                .extracting(Annotation::label)
                .containsExactly("surprise", "no clear expression");
        assertThat(tier(session, "note").annotations())
                .containsExactly(new Annotation(5_000_000_000L, 6_000_000_000L, "looks down", OptionalDouble.empty()));
        assertThat(tier(session, "marker").annotations())
                .extracting(Annotation::label)
                .contains("later");
    }

    private static AnnotationTier tier(SessionAnnotations session, String name) {
        return session.tiers().stream()
                .filter(tier -> tier.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void elanFindsEachAnnotationWithItsTimes() throws Exception {
        SessionAnnotations session = annotations();
        Document eaf = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(written(out -> AnnotationExport.elan(session, out))));

        assertThat(((Element) eaf.getElementsByTagName("MEDIA_DESCRIPTOR").item(0)).getAttribute("RELATIVE_MEDIA_URL"))
                .isEqualTo("./film.mp4");
        NodeList tiers = eaf.getElementsByTagName("TIER");
        assertThat(tiers.getLength()).isEqualTo(session.tiers().size());
        for (int i = 0; i < tiers.getLength(); i++) {
            List<Annotation> expected = session.tiers().get(i).annotations();
            NodeList found = ((Element) tiers.item(i)).getElementsByTagName("ALIGNABLE_ANNOTATION");
            assertThat(found.getLength()).isEqualTo(expected.size());
            for (int k = 0; k < found.getLength(); k++) {
                Element annotation = (Element) found.item(k);
                assertThat(annotation.getTextContent())
                        .isEqualTo(expected.get(k).label());
                assertThat(milliseconds(eaf, annotation.getAttribute("TIME_SLOT_REF1")))
                        .isEqualTo(Math.round(expected.get(k).startNanos() / 1e6));
                assertThat(milliseconds(eaf, annotation.getAttribute("TIME_SLOT_REF2")))
                        .isEqualTo(Math.round(expected.get(k).endNanos() / 1e6));
            }
        }
    }

    @Test
    void elanGetsTextThatXmlCannotHold() throws Exception {
        Document eaf = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(
                        written(out -> AnnotationExport.elan(annotations("bell \uFFFE \uD83D\uDE42"), out))));

        assertThat(eaf.getDocumentElement().getTextContent()).contains("bell \uFFFD \uD83D\uDE42");
    }

    @Test
    void intervalsOfATextGridFillTheirTier() throws IOException {
        SessionAnnotations session = annotations();
        String grid = new String(written(out -> AnnotationExport.textGrid(session, out)), StandardCharsets.UTF_8);

        String[] items = grid.split("class = \"IntervalTier\"");
        assertThat(items).hasSize(session.tiers().size() + 1);
        Pattern interval = Pattern.compile(
                "intervals \\[(\\d+)\\]:\\s+xmin = (\\S+)\\s+xmax = (\\S+)\\s+text = \"((?:[^\"]|\"\")*)\"");
        for (int i = 1; i < items.length; i++) {
            Matcher each = interval.matcher(items[i]);
            List<String> texts = new ArrayList<>();
            String at = "0";
            while (each.find()) {
                assertThat(each.group(2)).isEqualTo(at);
                at = each.group(3);
                assertThat(Double.parseDouble(at)).isGreaterThan(Double.parseDouble(each.group(2)));
                if (!each.group(4).isEmpty()) {
                    texts.add(each.group(4).replace("\"\"", "\""));
                }
            }
            assertThat(Double.parseDouble(at) * 1e9).isCloseTo(session.endNanos(), within(1.0));
            assertThat(texts)
                    .isEqualTo(session.tiers().get(i - 1).annotations().stream()
                            .map(Annotation::label)
                            .toList());
        }
    }

    @Test
    void statesOfBorisBeginAndEndInTurn() throws IOException {
        SessionAnnotations session = annotations();
        JsonObject project = JsonParser.parseString(new String(
                        written(out -> AnnotationExport.boris(List.of(session), out)), StandardCharsets.UTF_8))
                .getAsJsonObject();

        List<String> codes = project.getAsJsonObject("behaviors_conf").asMap().values().stream()
                .map(each -> each.getAsJsonObject().get("code").getAsString())
                .toList();
        assertThat(codes).containsExactlyInAnyOrder("neutral", "happy", "event: happy", "AU12", "blink", "marker");
        JsonObject observation = project.getAsJsonObject("observations").getAsJsonObject("session-1");
        assertThat(observation
                        .getAsJsonObject("file")
                        .getAsJsonArray("1")
                        .get(0)
                        .getAsString())
                .isEqualTo("film.mp4");
        List<String> open = new ArrayList<>();
        double last = 0;
        for (JsonElement element : observation.getAsJsonArray("events")) {
            JsonArray event = element.getAsJsonArray();
            assertThat(event).hasSize(5);
            assertThat(event.get(0).getAsDouble()).isGreaterThanOrEqualTo(last);
            last = event.get(0).getAsDouble();
            String code = event.get(2).getAsString();
            assertThat(codes).contains(code);
            if (!open.remove(code)) {
                open.add(code);
            }
        }
        assertThat(open).isEmpty();
        assertThat(observation.getAsJsonArray("events").toString()).contains("school");
    }

    @Test
    void twoSessionsOfOneNameAreNoProject() throws IOException {
        SessionAnnotations session = annotations();

        assertThatThrownBy(() -> written(out -> AnnotationExport.boris(List.of(session, session), out)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("session-1");
    }

    @Test
    void bidsHasARowForEachAnnotationByItsOnset() throws IOException {
        SessionAnnotations session = annotations();
        List<String> lines = new String(
                        written(out -> AnnotationExport.bidsEvents(session, out)), StandardCharsets.UTF_8)
                .lines()
                .toList();

        assertThat(lines.get(0)).isEqualTo("onset\tduration\ttrial_type\tlabel\tpeak");
        assertThat(lines.size() - 1)
                .isEqualTo(session.tiers().stream()
                        .mapToInt(tier -> tier.annotations().size())
                        .sum());
        assertThat(lines.stream().skip(1).map(line -> Double.parseDouble(line.split("\t")[0])))
                .isSorted();
        assertThat(lines)
                .anySatisfy(line -> assertThat(line).matches("9\\.\\d+\t0\\.\\d+\teyes_and_head\tblink\t\\S+"));
        JsonObject sidecar = JsonParser.parseString(
                        new String(written(out -> AnnotationExport.bidsSidecar(session, out)), StandardCharsets.UTF_8))
                .getAsJsonObject();
        assertThat(sidecar.keySet()).contains(lines.get(0).split("\t"));
    }

    private interface Writing {
        void to(ByteArrayOutputStream out) throws IOException;
    }

    private static byte[] written(Writing writing) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        writing.to(out);
        return out.toByteArray();
    }

    private static long milliseconds(Document eaf, String slot) {
        NodeList slots = eaf.getElementsByTagName("TIME_SLOT");
        for (int i = 0; i < slots.getLength(); i++) {
            Element each = (Element) slots.item(i);
            if (each.getAttribute("TIME_SLOT_ID").equals(slot)) {
                return Long.parseLong(each.getAttribute("TIME_VALUE"));
            }
        }
        throw new AssertionError(slot);
    }

    private SessionAnnotations annotations() throws IOException {
        return annotations("\"school\" <b> & home");
    }

    private SessionAnnotations annotations(String marker) throws IOException {
        return read(record(marker));
    }

    private static SessionAnnotations read(Path session) throws IOException {
        try (SessionReader reader = SessionReader.open(session)) {
            return SessionAnnotations.of(reader);
        }
    }

    private Path record(String marker) throws IOException {
        Path session = folder.resolve("session-" + System.nanoTime());
        try (CsvSessionRecorder recorder = CsvSessionRecorder.builder(session)
                .metadata(new SessionMetadata("session-1", Optional.empty(), Optional.empty(), List.of(), Map.of()))
                .clock(Clock.fixed(START, ZoneOffset.UTC))
                .create()) {
            for (int i = 0; i < 360; i++) {
                recorder.record(frame(i));
                if (i == 60) {
                    recorder.mark(2_000_000_000L, marker);
                } else if (i == 240) {
                    recorder.mark(8_000_000_000L, "end");
                }
            }
        }
        return session;
    }

    private static FrameResult frame(int index) {
        double time = index / 30.0;
        long nanos = Math.round(time * 1e9);
        float smile = (float) (0.9 * Math.max(0, Math.min(1, Math.min((time - 4) / 0.5, (7 - time) / 0.5))));
        double closed = Math.max(0, 1 - Math.abs(time - 9.1) / 0.1);
        EmotionScores seen =
                EmotionScores.ofWeights(new float[] {0.01f, 0.01f, 0.01f, 0.02f + smile, 0.01f, 0.01f, 1 - smile});
        float[] intensities = new float[FacialMovement.COUNT];
        intensities[FacialMovement.LIP_CORNERS_PULLED.ordinal()] = smile;
        EmotionReading reading = new EmotionReading(
                1,
                nanos,
                new DetectedFace(new BoundingBox(10, 20, 100, 120), 0.9),
                seen,
                seen,
                Optional.of(seen.top()),
                Optional.empty(),
                Optional.of(FacialMovements.of(intensities, closed, closed, new HeadPose(0, 0, 0))));
        return new FrameResult(
                index,
                nanos,
                START.plusNanos(nanos),
                "film.mp4",
                640,
                480,
                index == 0,
                time >= 10 && time < 11 ? List.of() : List.of(reading),
                new StageTimings(1, 2, 3, 6));
    }
}
