package org.emotion4j.annotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.recording.SessionMarker;
import org.emotion4j.recording.SessionNote;
import org.emotion4j.recording.SessionNotes;
import org.emotion4j.recording.SessionReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A session of ten seconds, ten frames a second, with a marker, a note and a correction. */
final class AnnotationImportTest {
    @TempDir
    Path folder;

    private Path session;

    @BeforeEach
    void record() throws IOException {
        session = recorded("session-1");
        SessionNotes notes = SessionNotes.of(session);
        notes.note("M", 3_000_000_000L, "looks \uFFFE down");
        notes.note("M", 3_400_000_000L, "and up");
        notes.correct("M", 4_000_000_000L, 5_000_000_000L, Optional.of(Emotion.SURPRISE));
    }

    @Test
    void whatWasExportedAndNotChangedAddsNothing() throws IOException {
        assertThat(elan(exportedElan()).additions()).isEmpty();
        assertThat(boris(exportedBoris()).additions()).isEmpty();
        assertThat(elan(exportedElan()).known()).isEqualTo(4);
        assertThat(elan(exportedElan()).generated()).isPositive();
    }

    @Test
    void whatWasAddedInElanBecomesMarkersCorrectionsAndNotes() throws IOException {
        String changed = exportedElan()
                .replace(
                        "</TIME_ORDER>",
                        "<TIME_SLOT TIME_SLOT_ID=\"n1\" TIME_VALUE=\"6000\"/><TIME_SLOT TIME_SLOT_ID=\"n2\"/>"
                                + "<TIME_SLOT TIME_SLOT_ID=\"n3\" TIME_VALUE=\"7500\"/></TIME_ORDER>");
        changed = added(changed, "marker", "x1", "n1", "n3", "talks about school");
        changed = added(changed, "corrected expression", "x2", "n1", "n3", "no clear expression");
        changed = changed.replace(
                "<LINGUISTIC_TYPE ",
                "<TIER LINGUISTIC_TYPE_REF=\"default-lt\" TIER_ID=\"therapist\"/>"
                        + "<TIER LINGUISTIC_TYPE_REF=\"default-lt\" TIER_ID=\"words\">"
                        + "<ANNOTATION><REF_ANNOTATION ANNOTATION_ID=\"x4\" ANNOTATION_REF=\"x3\">"
                        + "<ANNOTATION_VALUE>well</ANNOTATION_VALUE></REF_ANNOTATION></ANNOTATION></TIER>"
                        + "<LINGUISTIC_TYPE ");
        changed = added(changed, "therapist", "x3", "n1", "n2", "speaks");

        AnnotationImport found = elan(changed);
        found.addTo(SessionNotes.of(session));

        try (SessionReader reader = SessionReader.open(session)) {
            assertThat(reader.markers())
                    .filteredOn(marker -> marker.text().equals("talks about school"))
                    .extracting(SessionMarker::mediaNanos)
                    .containsExactly(6_000_000_000L);
            assertThat(reader.notes().correctedLabels()).anySatisfy(label -> {
                assertThat(label.fromNanos()).isEqualTo(6_000_000_000L);
                assertThat(label.toNanos()).isEqualTo(7_500_000_000L);
                assertThat(label.label()).isEmpty();
                assertThat(label.by()).isEqualTo("coder 1");
            });
            assertThat(reader.notes().current(SessionNote.Kind.NOTE))
                    .extracting(SessionNote::text)
                    .contains("therapist: speaks", "words: well");
        }
        assertThat(elan(changed).additions()).isEmpty();
    }

    @Test
    void whatWasCodedInBorisBecomesNotesAndMarkers() throws IOException {
        String changed = exportedBoris()
                .replace(
                        "\"behaviors_conf\": {",
                        "\"behaviors_conf\": {\"90\": {\"type\": \"Point event\", \"code\": \"sigh\"},"
                                + "\"91\": {\"type\": \"State event\", \"code\": \"speaks\"},")
                .replace(
                        "\"events\": [",
                        "\"events\": [[1.25, \"\", \"sigh\", \"\", \"\"], [2.5, \"\", \"speaks\", \"loud|None\", \"to her\"],"
                                + "[3.5, \"\", \"speaks\", \"loud|None\", \"\"], [8, \"\", \"marker\", \"\", \"ends\"],"
                                + "[9, \"\", \"marker\", \"\", \"\"],");

        assertThat(boris(changed).additions())
                .extracting(note -> note.kind() + " " + note.fromNanos().getAsLong() / 1e9 + " " + note.text())
                .containsExactlyInAnyOrder("NOTE 1.25 sigh", "NOTE 2.5 speaks: loud|None, to her", "MARKER 8.0 ends");
    }

    /** Two behaviors of BORIS may go on at the same time; of two corrections the later one holds, and cuts the earlier. */
    @Test
    void correctionsThatOverlapAreTakenInOnce() throws IOException {
        String changed = exportedBoris()
                .replace(
                        "\"events\": [",
                        "\"events\": [[6, \"a\", \"corrected expression\", \"\", \"happy\"],"
                                + "[7, \"b\", \"corrected expression\", \"\", \"sad\"],"
                                + "[8, \"a\", \"corrected expression\", \"\", \"\"],"
                                + "[9, \"b\", \"corrected expression\", \"\", \"\"],");

        AnnotationImport found = boris(changed);
        found.addTo(SessionNotes.of(session));

        assertThat(found.additions()).hasSize(2);
        assertThat(boris(changed).additions()).isEmpty();
        assertThat(boris(exportedBoris()).additions()).isEmpty();
    }

    /** A hundred thousand references, each to the one before it; depths at which a stack ends. */
    @Test
    void filesThatAreLongOrDeepAreReadOrRefusedLikeOthers() throws IOException {
        String ref = "<ANNOTATION><REF_ANNOTATION ANNOTATION_ID=\"r%d\" ANNOTATION_REF=\"r%d\"/></ANNOTATION>";
        String chain = IntStream.range(0, 100_000)
                .mapToObj(i -> String.format(ref, i, i + 1))
                .collect(Collectors.joining());
        String deep = "<a>".repeat(20_000) + "</a>".repeat(20_000);

        assertThatThrownBy(() ->
                        elan("<ANNOTATION_DOCUMENT><TIER TIER_ID=\"t\">" + chain + "</TIER></ANNOTATION_DOCUMENT>"))
                .hasMessage("an annotation of tier \"t\" belongs to r100000, which is not there");
        String within = exportedElan()
                .replace("TIER_ID=\"marker\">", "TIER_ID=\"marker\">" + "<ANNOTATION>" + deep + "</ANNOTATION>")
                .replace("begins</ANNOTATION_VALUE>", "begins" + deep + "</ANNOTATION_VALUE>");
        assertThatThrownBy(() -> elan(within))
                .isInstanceOf(AnnotationFormatException.class)
                .hasMessageContainingAll("it is no document of ELAN", "100");
    }

    @Test
    void anotherSessionsFileIsRefused() throws IOException {
        Path other = recorded("session-2");

        assertThatThrownBy(() -> elan(exportedElan(), other))
                .isInstanceOf(AnnotationFormatException.class)
                .hasMessage("it is of session session-1, and this one is session-2");
        assertThatThrownBy(() -> boris(exportedBoris(), other))
                .isInstanceOf(AnnotationFormatException.class)
                .hasMessage("it has no observation \"session-2\", but [session-1]");
        assertThatThrownBy(() -> elan(
                        exportedElan().replace("emotion4j.session", "other").replace("film.mp4", "other film.mp4")))
                .hasMessage("it is of the film other film.mp4, and the session of film.mp4");
        assertThatThrownBy(() -> elan(exportedElan().replaceAll("TIME_VALUE=\"10000\"", "TIME_VALUE=\"20000\"")))
                .hasMessageContaining("ends at 20.000 s, and the session at 10.000 s");
        assertThat(SessionNotes.of(other).read().all()).isEmpty();
    }

    @Test
    void filesThatMeanNothingAreRefusedInWords() throws IOException {
        assertThatThrownBy(() -> elan("<html/>")).hasMessage("it is no document of ELAN, but html");
        assertThatThrownBy(() -> elan("no xml")).isInstanceOf(AnnotationFormatException.class);
        assertThatThrownBy(() -> elan("<!DOCTYPE a [<!ENTITY e SYSTEM \"file:///etc/hostname\">]>"
                        + "<ANNOTATION_DOCUMENT>&e;</ANNOTATION_DOCUMENT>"))
                .isInstanceOf(AnnotationFormatException.class)
                .hasMessageContaining("DOCTYPE");
        assertThatThrownBy(() -> elan(exportedElan().replace(">surprise<", ">astonished<")))
                .hasMessage("\"corrected expression\" at 4.000 s: the label is \"astonished\", expected one of angry,"
                        + " disgust, fear, happy, sad, surprise, neutral or no clear expression");
        assertThatThrownBy(() -> elan(exportedElan().replace("TIME_SLOT_REF1=\"ts1\"", "TIME_SLOT_REF1=\"gone\"")))
                .hasMessageContaining("\"gone\", which is not there");
        assertThatThrownBy(() -> boris("[]")).hasMessage("it is no project of BORIS: it has no observations");
        assertThatThrownBy(() -> boris("{\"observations\": {\"session-1\": 7}}"))
                .isInstanceOf(AnnotationFormatException.class);
        assertThatThrownBy(() -> boris(exportedBoris()
                        .replace("\"events\": [", "\"events\": [[1.0, \"\", \"marker\", \"\", \"alone\"],")))
                .hasMessageContaining("does not end");
        assertThatThrownBy(() -> boris(
                        exportedBoris().replace("\"events\": [", "\"events\": [[NaN, \"\", \"marker\", \"\", \"\"],")))
                .isInstanceOf(AnnotationFormatException.class);
    }

    /** An annotation more in a tier. */
    private static String added(String eaf, String tier, String id, String from, String to, String text) {
        String annotation = "<ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID=\"" + id + "\" TIME_SLOT_REF1=\"" + from
                + "\" TIME_SLOT_REF2=\"" + to + "\"><ANNOTATION_VALUE>" + text
                + "</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION>";
        String open = "TIER_ID=\"" + tier + "\">";
        return eaf.contains(open)
                ? eaf.replace(open, open + annotation)
                : eaf.replace("TIER_ID=\"" + tier + "\"/>", open + annotation + "</TIER>");
    }

    private String exportedElan() throws IOException {
        return FilmSession.elan(session);
    }

    private String exportedBoris() throws IOException {
        return FilmSession.boris(session);
    }

    private AnnotationImport elan(String file) throws IOException {
        return elan(file, session);
    }

    private static AnnotationImport elan(String file, Path into) throws IOException {
        try (SessionReader reader = SessionReader.open(into)) {
            return AnnotationImport.elan(bytes(file), reader, "coder 1");
        }
    }

    private AnnotationImport boris(String file) throws IOException {
        return boris(file, session);
    }

    private static AnnotationImport boris(String file, Path into) throws IOException {
        try (SessionReader reader = SessionReader.open(into)) {
            return AnnotationImport.boris(bytes(file), Optional.empty(), reader, "coder 1");
        }
    }

    private static ByteArrayInputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private Path recorded(String id) throws IOException {
        return FilmSession.recorded(folder.resolve(id), id);
    }
}
