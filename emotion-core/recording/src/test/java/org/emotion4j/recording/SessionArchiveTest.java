package org.emotion4j.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.emotion4j.file.internal.ProductMark;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionArchiveTest {
    private static final String PNG =
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==";

    @TempDir
    Path root;

    @Test
    void listsWhatIsPastItsDate() throws IOException {
        record("a", LocalDate.of(2026, 3, 1));
        record("b", LocalDate.of(2026, 3, 2));
        CsvSessionRecorder.create(root.resolve("c")).close();
        Files.createDirectory(root.resolve("pictures"));
        SessionArchive archive = SessionArchive.of(root);
        assertThat(archive.sessions().stream()
                        .map(entry -> entry.folder().getFileName().toString()))
                .containsExactly("a", "b", "c");
        assertThat(archive.past(Instant.parse("2026-03-01T23:59:59Z"))).isEmpty();
        assertThat(archive.past(Instant.parse("2026-03-02T00:00:00Z")))
                .singleElement()
                .satisfies(entry -> assertThat(entry.folder()).isEqualTo(root.resolve("a")));
    }

    @Test
    void aSessionWithADamagedDescriptionIsNotForgotten() throws IOException {
        record("a", LocalDate.of(2026, 3, 1));
        Files.writeString(root.resolve("a/session.json"), "{");
        assertThat(SessionArchive.of(root).sessions())
                .singleElement()
                .satisfies(entry -> assertThat(entry.problem().orElseThrow()).contains("damaged"));
    }

    @Test
    void anErasedSessionIsGone() throws IOException {
        record("a", LocalDate.of(2026, 3, 1));
        assertThat(SessionArchive.erase(root.resolve("a"))).isEmpty();
        assertThat(root.resolve("a")).doesNotExist();
    }

    @Test
    void whatIsNotOursStaysAndIsNamed() throws IOException {
        record("a", LocalDate.of(2026, 3, 1));
        List<Path> others = new ArrayList<>();
        for (String name : List.of("notes.txt", "report-final.html", "session-x.csv", "session.csv.bak")) {
            others.add(Files.writeString(root.resolve("a").resolve(name), "x"));
        }
        others.add(Files.createDirectory(root.resolve("a/timeline.csv")));
        assertThat(SessionArchive.erase(root.resolve("a"))).containsExactlyElementsOf(others);
        assertThat(others).allSatisfy(other -> assertThat(other).exists());
        assertThat(SessionArchive.of(root).sessions()).isEmpty();
    }

    @Test
    void whatWasSetAsideAndWhatWasMadeFromItIsErasedToo() throws IOException {
        record("a", LocalDate.of(2026, 3, 1));
        for (String name : List.of(
                "session-1.csv",
                "session-1.json",
                "session-12.csv.sealed",
                "timeline.csv",
                "timeline.png",
                "timeline-1.csv",
                "timeline-2.png",
                "report.html",
                "report-1.html",
                "clusters-3.png")) {
            own(root.resolve("a").resolve(name));
        }
        assertThat(SessionArchive.erase(root.resolve("a"))).isEmpty();
        assertThat(root.resolve("a")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"session-1.csv", "session-1.json", "session-3.csv.sealed", "session.json.new"})
    void aFolderThatOnlyHoldsSetAsideFilesIsErased(String name) throws IOException {
        Path session = Files.createDirectory(root.resolve("a"));
        own(session.resolve(name));
        assertThat(SessionArchive.isSession(session)).isTrue();
        assertThat(SessionArchive.erase(session)).isEmpty();
        assertThat(session).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "session.csv",
                "session.json",
                "session-2.csv",
                "session-2.json",
                "session.csv.sealed",
                "session.json.new",
                "timeline.csv",
                "timeline-1.png",
                "report.html",
                "clusters.png"
            })
    void whatOnlyHasAnOwnNameIsNoSessionsAndStays(String name) throws IOException {
        Path mine = Files.createDirectory(root.resolve("mine"));
        Files.writeString(mine.resolve(name), "date;patient;time\n2026-03-01;Jane;10:00\n" + "x".repeat(100));
        assertThat(SessionArchive.of(root).sessions()).isEmpty();
        assertThat(SessionArchive.isSession(mine)).isFalse();
        assertThatThrownBy(() -> SessionArchive.erase(mine)).hasMessageContaining("nothing was erased");
        record("a", LocalDate.of(2026, 3, 1));
        boolean isOwnRecords = List.of("session.csv", "session.json", "session.json.new", "session.csv.sealed")
                .contains(name);
        Path beside = root.resolve("a").resolve(name);
        if (!isOwnRecords) {
            Files.copy(mine.resolve(name), beside);
            assertThat(SessionArchive.erase(root.resolve("a"))).containsExactly(beside);
        }
        assertThat(mine.resolve(name)).content().startsWith("date;patient");
    }

    @ParameterizedTest
    @ValueSource(strings = {"session.csv", "session.json"})
    void ofRowsAndDescriptionTheDamagedOneGoesWithTheOther(String damaged) throws IOException {
        record("a", LocalDate.of(2026, 3, 1));
        Files.writeString(root.resolve("a").resolve(damaged), "\u0001\u0002 no longer what it was");
        assertThat(SessionArchive.erase(root.resolve("a"))).isEmpty();
        assertThat(root.resolve("a")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\uFEFF\"format_version\",\"session_id\"\r\n", "format_version;session_id\r\n"})
    void rowsThatASpreadsheetSavedAreErasedToo(String header) throws IOException {
        Path session = Files.createDirectory(root.resolve("a"));
        Files.writeString(session.resolve("session.csv"), header + "1;2\r\n");
        assertThat(SessionArchive.erase(session)).isEmpty();
    }

    @Test
    void anErasureThatWasCutOffAfterItsZerosIsRepeated() throws IOException {
        record("a", LocalDate.of(2026, 3, 1));
        for (String name : List.of("session.csv", "session.json", "report.html")) {
            Files.write(root.resolve("a").resolve(name), new byte[2_000]);
        }
        assertThat(SessionArchive.erase(root.resolve("a"))).isEmpty();
        assertThat(root.resolve("a")).doesNotExist();
    }

    @Test
    void aPageThatSomebodyChangedStaysAndIsNamed() throws IOException {
        record("a", LocalDate.of(2026, 3, 1));
        Path page = own(root.resolve("a/report.html"));
        Files.writeString(page, Files.readString(page).replace("page", "page with my notes"));
        assertThat(SessionArchive.erase(root.resolve("a"))).containsExactly(page);
    }

    @Test
    void aLinkIsNotFollowedToWhatWasNotMadeHere() throws IOException {
        record("a", LocalDate.of(2026, 3, 1));
        Path elsewhere = Files.writeString(root.resolve("page.html"), "x");
        Path link = root.resolve("a/report.html");
        try {
            Files.createSymbolicLink(link, elsewhere);
        } catch (IOException | UnsupportedOperationException e) {
            assumeTrue(false, "this file system has no links");
        }
        assertThat(SessionArchive.erase(root.resolve("a"))).containsExactly(link);
        assertThat(elsewhere).hasContent("x");
    }

    @Test
    void aReportAloneIsNoSession() throws IOException {
        Path report = Files.writeString(root.resolve("report.html"), "x");
        assertThatThrownBy(() -> SessionArchive.erase(root)).isInstanceOf(SessionFormatException.class);
        assertThat(report).exists();
    }

    @Test
    void aFolderThatDoesNotExistIsNoSession() {
        assertThatThrownBy(() -> SessionArchive.erase(root.resolve("none"))).isInstanceOf(SessionFormatException.class);
    }

    @Test
    void whatIsNoSessionIsNotErased() throws IOException {
        Path notes = Files.writeString(root.resolve("notes.txt"), "x");
        assertThatThrownBy(() -> SessionArchive.erase(root)).hasMessageContaining("nothing was erased");
        assertThat(notes).exists();
    }

    @Test
    void aSessionThatWasSetAsideHasADateOfItsOwn() throws IOException {
        record("a", LocalDate.of(2026, 3, 1));
        Path folder = root.resolve("a");
        for (String name : List.of("session.csv", "session.json")) {
            Files.move(folder.resolve(name), folder.resolve(name.replace("session", "session-1")));
        }
        own(folder.resolve("report-1.html"));
        record("a", LocalDate.of(2027, 3, 1));
        own(folder.resolve("report.html"));
        SessionArchive archive = SessionArchive.of(root);
        assertThat(archive.sessions().stream().map(SessionArchive.Entry::name)).containsExactly("session", "session-1");
        SessionArchive.Entry past =
                archive.past(Instant.parse("2026-06-01T00:00:00Z")).get(0);
        assertThat(past.name()).isEqualTo("session-1");
        assertThat(past.state()).isEqualTo(SessionState.FINISHED);
        assertThat(SessionArchive.erase(past).stream()
                        .map(file -> file.getFileName().toString()))
                .containsExactly("report.html", "session.csv", "session.json");
        assertThatThrownBy(() -> SessionArchive.erase(past)).isInstanceOf(SessionFormatException.class);
        assertThat(archive.past(Instant.parse("2026-06-01T00:00:00Z"))).isEmpty();
    }

    @Test
    void theFolderItselfMayHoldSessions() throws IOException {
        record("a", LocalDate.of(2026, 3, 1));
        assertThat(SessionArchive.of(root.resolve("a")).sessions())
                .singleElement()
                .satisfies(entry -> assertThat(entry.folder()).isEqualTo(root.resolve("a")));
    }

    /** {@code -Demotion4j.sessions=10000} is the size that is promised; making so many folders takes a while. */
    @Test
    void thousandsOfSessionsAreListed() throws IOException {
        int count = Integer.getInteger("emotion4j.sessions", 1_000);
        record("first", LocalDate.of(2026, 3, 1));
        byte[] json = Files.readAllBytes(root.resolve("first/session.json"));
        for (int i = 1; i < count; i++) {
            Path folder = Files.createDirectory(root.resolve("session-" + i));
            Files.write(folder.resolve("session.json"), json);
        }
        assertThat(SessionArchive.of(root).past(Instant.parse("2027-01-01T00:00:00Z")))
                .hasSize(count);
    }

    /** A file as Emotion4J writes it under such a name. */
    private static Path own(Path file) throws IOException {
        String name = file.getFileName().toString();
        if (name.endsWith(".png")) {
            return Files.write(file, ProductMark.onPicture(Base64.getDecoder().decode(PNG)));
        }
        if (name.endsWith(".html")) {
            return Files.writeString(file, ProductMark.onPage("<p>a page</p>\n"));
        }
        if (name.endsWith(".sealed")) {
            return Files.write(file, new byte[0]); // begun, and nothing sealed yet
        }
        if (name.contains(".json")) {
            return Files.writeString(file, "{\"format\": \"" + SessionJson.FORMAT + "\"");
        }
        if (name.startsWith("timeline")) {
            return Files.writeString(file, "session,face,start,end,readings,\n");
        }
        return Files.write(file, CsvRows.header());
    }

    private void record(String name, LocalDate keepUntil) throws IOException {
        Consent consent = new Consent(Consent.PERSON_RECORDED, SampleFrames.START, "research", keepUntil);
        try (CsvSessionRecorder recorder = CsvSessionRecorder.create(root.resolve(name), SessionMetadata.of(consent))) {
            recorder.record(SampleFrames.frame(0));
        }
    }
}
