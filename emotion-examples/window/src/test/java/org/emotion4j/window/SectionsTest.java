package org.emotion4j.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SectionsTest {
    @TempDir
    Path sessions;

    private final BlockingQueue<Runnable> ui = new LinkedBlockingQueue<>();

    @Test
    void eachIsAsItWasLeft() throws Exception {
        try (Sections sections = opened()) {
            assertThat(sections.isOpen(Sections.Kind.ANALYSIS)).isFalse();
            assertThat(sections.isOpen(Sections.Kind.OUTPUT)).isTrue();
            sections.set(Sections.Kind.ANALYSIS, true);
            sections.set(Sections.Kind.OUTPUT, false);
            ui.take().run();
            ui.take().run();
        }
        List<Boolean> told = new ArrayList<>();
        try (Sections sections = new Sections(sessions, ui::add)) {
            sections.onChange(Sections.Kind.ANALYSIS, told::add);
            ui.take().run();
            assertThat(told).containsExactly(false, true);
            assertThat(sections.isOpen(Sections.Kind.OUTPUT)).isFalse();
        }
    }

    @Test
    void whoClicksBeforeTheFileIsReadIsNotOverruled() throws Exception {
        Files.writeString(sessions.resolve("sections.txt"), "analysis open\noutput closed\n");
        try (Sections sections = new Sections(sessions, ui::add)) {
            sections.set(Sections.Kind.ANALYSIS, false);
            ui.take().run();
            ui.take().run();
            assertThat(sections.isOpen(Sections.Kind.ANALYSIS)).isFalse();
            assertThat(sections.isOpen(Sections.Kind.OUTPUT)).isFalse();
        }
    }

    @Test
    void whatNobodyKnowsIsPassedOver() throws Exception {
        Files.writeString(sessions.resolve("sections.txt"), "\nfuture closed\nanalysis open\n");
        try (Sections sections = opened()) {
            assertThat(sections.isOpen(Sections.Kind.ANALYSIS)).isTrue();
            assertThat(sections.isOpen(Sections.Kind.OUTPUT)).isTrue();
        }
    }

    private Sections opened() throws InterruptedException {
        Sections sections = new Sections(sessions, ui::add);
        ui.take().run();
        return sections;
    }
}
