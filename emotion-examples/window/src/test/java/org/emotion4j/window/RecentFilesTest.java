package org.emotion4j.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RecentFilesTest {
    @TempDir
    Path sessions;

    private final BlockingQueue<Runnable> ui = new LinkedBlockingQueue<>();

    @Test
    void theNewestIsFirstAndNoneIsListedTwice() throws Exception {
        try (RecentFiles recent = opened()) {
            open(recent, "a.mp4", "b.mp4", "a.mp4");
            assertThat(recent.files()).containsExactly(sessions.resolve("a.mp4"), sessions.resolve("b.mp4"));
            assertThat(recent.folder()).contains(sessions);
        }
    }

    @Test
    void theyAreThereAtTheNextStartAndNotMoreThanEight() throws Exception {
        try (RecentFiles recent = opened()) {
            for (int i = 0; i < 12; i++) {
                open(recent, i + ".mp4");
            }
        }
        try (RecentFiles recent = opened()) {
            assertThat(recent.files()).hasSize(RecentFiles.MOST).startsWith(sessions.resolve("11.mp4"));
        }
    }

    @Test
    void whatIsForgottenIsNotOnTheDiskEither() throws Exception {
        try (RecentFiles recent = opened()) {
            open(recent, "a.mp4");
            assertThat(sessions.resolve("recent.txt")).exists();
            recent.forget();
            ui.take().run();
            assertThat(recent.files()).isEmpty();
            assertThat(sessions.resolve("recent.txt")).doesNotExist();
        }
    }

    @Test
    void aCameraIsNoFileAndDamagedLinesHurtNobody() throws Exception {
        Files.writeString(sessions.resolve("recent.txt"), "\n/a/film.mp4\n\0\n/b/film.mp4");
        List<Integer> told = new ArrayList<>();
        try (RecentFiles recent = opened()) {
            recent.onChange(() -> told.add(1));
            recent.add(SourceChoice.parse("camera:0"));
            assertThat(recent.files()).containsExactly(Path.of("/a/film.mp4"), Path.of("/b/film.mp4"));
            assertThat(told).isEmpty();
            open(recent, "a.mp4");
            assertThat(told).hasSize(1);
        }
    }

    private RecentFiles opened() throws InterruptedException {
        RecentFiles recent = new RecentFiles(sessions, ui::add);
        ui.take().run();
        return recent;
    }

    private void open(RecentFiles recent, String... names) throws IOException, InterruptedException {
        for (String name : names) {
            recent.add(SourceChoice.of(sessions.resolve(name)));
            ui.take().run();
        }
    }
}
