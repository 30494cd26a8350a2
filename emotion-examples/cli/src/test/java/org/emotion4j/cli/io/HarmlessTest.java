package org.emotion4j.cli.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import org.emotion4j.cli.Cli;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Names of files are other people's text: a terminal must not obey them. */
@Tag("native")
final class HarmlessTest {
    private static final String EVIL = "a\u001b[2J\u001b]0;title\u0007\rb\u009b31m\u202Egpj";

    @TempDir
    Path folder;

    @Test
    void aTerminalGetsNothingThatItObeys() {
        StringWriter shown = new StringWriter();
        PrintWriter writer = Harmless.writer(shown);
        writer.println("Grüße 你好 😀\tend");
        writer.println(EVIL);
        writer.print('\u001b');
        writer.flush();
        assertThat(shown.toString())
                .isEqualToNormalizingNewlines("Grüße 你好 😀\tend\na\\u001b[2J\\u001b]0;title\\u0007\\u000db\\u009b31m"
                        + "\\u202egpj\n\\u001b");
    }

    @Test
    void aLogGetsNothingThatATerminalObeys() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream stream =
                Harmless.stream(new PrintStream(bytes, true, StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        stream.println("WARN Grüße 😀 " + EVIL);
        for (byte part : "ü\n".getBytes(StandardCharsets.UTF_8)) {
            stream.write(part);
        }
        stream.flush();
        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .contains("WARN Grüße 😀 a\\u001b[2J")
                .endsWith("ü\n")
                .doesNotContain("\u001b", "\r\u0062", "\u202E");
    }

    @Test
    void aNameIsOneLine() {
        assertThat(Harmless.name("a\nb\tc")).isEqualTo("a\\nb\\tc");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aFileWithSuchANameIsNamedInOneLine() throws IOException {
        Path evil = FileSystems.getDefault().getPath(folder.toString(), "x\n\u001b[31mok.jpg");
        Files.writeString(evil, "no picture");
        Cli.portrait(1, folder.resolve("good\n\u001b[1m.jpg"));
        Cli.Result result = Cli.run("analyze", folder, evil, "--out", folder.resolve("out"), "--classifier=brightness");
        assertThat(result.out() + result.err()).doesNotContain("\u001b").contains("\\n\\u001b[31mok.jpg");
        assertThat(result.out().lines().filter(line -> line.contains("face 1"))).hasSize(1);
    }
}
