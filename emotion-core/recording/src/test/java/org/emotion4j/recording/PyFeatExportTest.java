package org.emotion4j.recording;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PyFeatExportTest {
    @TempDir
    Path folder;

    @Test
    void eachRowHasTheNumbersOfTheRecordUnderTheirNames() throws IOException {
        Path session = record();
        List<NamedCsvRecord> own = rows(Files.readString(session.resolve("session.csv")));

        List<NamedCsvRecord> theirs = rows(exported(session));

        assertThat(theirs).hasSameSizeAs(own);
        Map<String, String> names = Map.ofEntries(
                Map.entry("frame", "frame_index"),
                Map.entry("FaceRectX", "x"),
                Map.entry("FaceRectHeight", "height"),
                Map.entry("FaceScore", "detection"),
                Map.entry("Pitch", "head_pitch"),
                Map.entry("Yaw", "head_yaw"),
                Map.entry("AU01", "AU1"),
                Map.entry("AU12", "AU12"),
                Map.entry("happiness", "raw_happy"),
                Map.entry("anger", "raw_angry"),
                Map.entry("sadness", "raw_sad"),
                Map.entry("neutral", "raw_neutral"),
                Map.entry("input", "origin"),
                Map.entry("Identity", "face_id"));
        for (int i = 0; i < own.size(); i++) {
            for (Map.Entry<String, String> name : names.entrySet()) {
                assertThat(theirs.get(i).getField(name.getKey()))
                        .isEqualTo(own.get(i).getField(name.getValue()));
            }
        }
    }

    @Test
    void closedEyesAreOneNumberAndTimeIsMinutesAndSeconds() throws IOException {
        Path session = record();
        NamedCsvRecord own = rows(Files.readString(session.resolve("session.csv"))).stream()
                .filter(row -> !row.getField("left_eye_closed").isEmpty())
                .findFirst()
                .orElseThrow();

        List<NamedCsvRecord> theirs = rows(exported(session));

        double eyes = (Double.parseDouble(own.getField("left_eye_closed"))
                        + Double.parseDouble(own.getField("right_eye_closed")))
                / 2;
        assertThat(theirs)
                .filteredOn(row -> row.getField("frame").equals(own.getField("frame_index")))
                .anySatisfy(row ->
                        assertThat(Double.parseDouble(row.getField("AU43"))).isEqualTo(eyes));
        assertThat(theirs.get(theirs.size() - 1).getField("approx_time")).isEqualTo("01:23");
    }

    @Test
    void aFrameWithoutAFaceHasARowWithEmptyCells() throws IOException {
        assertThat(rows(exported(record())))
                .filteredOn(row -> row.getField("frame").equals("3"))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.getField("FaceScore")).isEmpty();
                    assertThat(row.getField("AU43")).isEmpty();
                    assertThat(row.getField("input")).isNotEmpty();
                });
    }

    /** The last frame a minute and 23 seconds in. */
    private Path record() throws IOException {
        Path session = folder.resolve("session");
        try (CsvSessionRecorder recorder = CsvSessionRecorder.create(session)) {
            for (int i = 0; i < 40; i++) {
                recorder.record(SampleFrames.frame(i));
            }
            recorder.record(SampleFrames.frame(2_500));
        }
        return session;
    }

    private static String exported(Path session) throws IOException {
        StringWriter text = new StringWriter();
        try (SessionReader reader = SessionReader.open(session)) {
            PyFeatExport.of(text).add(reader);
        }
        return text.toString();
    }

    private static List<NamedCsvRecord> rows(String csv) {
        return CsvReader.builder().ofNamedCsvRecord(csv).stream().toList();
    }
}
