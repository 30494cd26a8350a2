package org.emotion4j.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SaveDialogTest {
    private static final List<String> KINDS = List.of("xlsx", "csv", "json");

    @ParameterizedTest
    @CsvSource({
        "session, xlsx, session.xlsx",
        "session, csv, session.csv",
        "session.json, csv, session.json",
        "SESSION.CSV, xlsx, SESSION.CSV",
        "2026.11.30, csv, 2026.11.30.csv",
        "a.txt, json, a.txt.json"
    })
    void theEndingIsThatOfTheKindUnlessOneWasTyped(String typed, String kind, String written) {
        assertThat(SaveDialog.ended(Path.of("folder", typed), kind, KINDS)).isEqualTo(Path.of("folder", written));
    }

    @Test
    void aNameThatIsTakenInAnyKindIsNotProposed(@TempDir Path folder) throws IOException {
        assertThat(SaveDialog.free(folder, "session", KINDS)).isEqualTo(folder.resolve("session"));
        Files.createFile(folder.resolve("session.json"));
        assertThat(SaveDialog.free(folder, "session", KINDS)).isEqualTo(folder.resolve("session-2"));
        Files.createFile(folder.resolve("session-2.xlsx"));
        assertThat(SaveDialog.free(folder, "session", KINDS)).isEqualTo(folder.resolve("session-3"));
    }
}
