package org.emotion4j.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KeptLinesTest {
    @TempDir
    Path folder;

    @Test
    void whatIsKeptIsRead() throws IOException {
        KeptLines lines = new KeptLines(folder.resolve("not yet there"), "a.txt");
        assertThat(lines.read()).isEmpty();
        lines.keep(List.of("über", "two"));
        assertThat(lines.read()).containsExactly("über", "two");
        lines.keep(List.of());
        assertThat(folder.resolve("not yet there/a.txt")).doesNotExist();
        lines.keep(List.of());
    }

    @Test
    void whatOtherEditorsMakeOfTheFileIsRead() throws IOException {
        Path file = folder.resolve("a.txt");
        KeptLines lines = new KeptLines(folder, "a.txt");
        Files.writeString(file, "\uFEFFüber\r\n\r\n  two  \r\n");
        assertThat(lines.read()).containsExactly("über", "two");
        Files.writeString(file, "über\ntwo", StandardCharsets.ISO_8859_1);
        assertThat(lines.read()).containsExactly("über", "two");
        Files.write(file, new byte[1 << 20]);
        assertThat(lines.read().get(0).length()).isEqualTo(1 << 17);
    }
}
