package org.emotion4j.annotation;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.recording.SessionNotes;
import org.emotion4j.recording.SessionReader;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever a file of annotations holds, it is refused by an {@link AnnotationFormatException}, or taken in, and then a second
 * time adds nothing. Runs the seeds; the profile {@code fuzz} makes more of them.
 */
final class AnnotationFuzzTest {
    private static final String BY = "coder 1";

    /** More notes than that are not written: each waits for the disk. */
    private static final int FEW = 8;

    @TempDir
    static Path folder;

    private static Path session;
    private static Path notes;

    @BeforeAll
    static void record() throws IOException {
        session = FilmSession.recorded(folder.resolve("session-1"), "session-1");
        notes = session.resolve("notes.csv");
    }

    @MethodSource("elanDocuments")
    @FuzzTest(maxDuration = "10m")
    void elan(byte[] xml) throws IOException {
        takenIn(reader -> AnnotationImport.elan(stream(xml), reader, BY));
    }

    @MethodSource("borisProjects")
    @FuzzTest(maxDuration = "10m")
    void boris(byte[] json) throws IOException {
        takenIn(reader -> AnnotationImport.boris(stream(json), Optional.empty(), reader, BY));
    }

    static Stream<byte[]> elanDocuments() throws IOException {
        return Stream.concat(
                seeds(annotated(FilmSession::elan)),
                Stream.of(
                                "<ANNOTATION_DOCUMENT><TIER><ANNOTATION><REF_ANNOTATION ANNOTATION_ID=\"a\""
                                        + " ANNOTATION_REF=\"a\"/></ANNOTATION></TIER></ANNOTATION_DOCUMENT>",
                                "<!DOCTYPE a [<!ENTITY e \"&e;\">]><ANNOTATION_DOCUMENT>&e;</ANNOTATION_DOCUMENT>",
                                "<?xml version=\"1.0\" encoding=\"EBCDIC-0\"?><ANNOTATION_DOCUMENT/>",
                                "<ANNOTATION_DOCUMENT>\u00e9")
                        .map(text -> text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    static Stream<byte[]> borisProjects() throws IOException {
        String whole = annotated(FilmSession::boris);
        return Stream.of(
                        seeds(whole),
                        seeds(whole.replaceFirst(
                                "\"events\": \\[",
                                "\"events\": [[1e0, null, \"marker\", null, \"None\"], [2, \"\", \"marker\", \"a|b\", 7],"
                                        + " [3.5, {}, \"unheard of\", \"\", \"\", 0],")),
                        Stream.of(
                                        "{\"observations\": null}",
                                        "{\"observations\": {\"session-1\": {\"events\": {}}}}",
                                        "[".repeat(100_000))
                                .map(text -> text.getBytes(StandardCharsets.UTF_8)))
                .flatMap(seeds -> seeds);
    }

    /** As it is saved after somebody has annotated. */
    private static String annotated(Export export) throws IOException {
        try {
            SessionNotes adding = SessionNotes.of(session);
            adding.note("M", 3_000_000_000L, "looks \uFFFE down");
            adding.mark("M", 3_400_000_000L, "and up");
            adding.correct("M", 4_000_000_000L, 5_000_000_000L, Optional.of(Emotion.SURPRISE));
            return export.of(session);
        } finally {
            Files.delete(notes);
        }
    }

    private static Stream<byte[]> seeds(String text) {
        byte[] whole = text.getBytes(StandardCharsets.UTF_8);
        byte[] damaged = whole.clone();
        Arrays.fill(damaged, whole.length / 2, whole.length / 2 + 8, (byte) 0xff);
        return Stream.of(whole, Arrays.copyOf(whole, whole.length / 2), damaged, new byte[0]);
    }

    private static void takenIn(Import importing) throws IOException {
        AnnotationImport found;
        try (SessionReader reader = SessionReader.open(session)) {
            found = importing.into(reader);
        } catch (AnnotationFormatException refused) {
            assertThat(refused.getMessage()).isNotBlank();
            return;
        }
        if (found.additions().isEmpty() || found.additions().size() > FEW) {
            return;
        }
        try {
            found.addTo(SessionNotes.of(session));
            try (SessionReader reader = SessionReader.open(session)) {
                assertThat(reader.notes().all()).hasSameSizeAs(found.additions());
                assertThat(reader.notes().problems()).isEmpty();
                assertThat(importing.into(reader).additions()).isEmpty();
            }
        } finally {
            Files.deleteIfExists(notes);
        }
    }

    private static InputStream stream(byte[] content) {
        return new ByteArrayInputStream(content);
    }

    private interface Export {
        String of(Path session) throws IOException;
    }

    private interface Import {
        AnnotationImport into(SessionReader reader) throws IOException;
    }
}
