package org.emotion4j.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Java code in the documents is code of the examples or of this package, so that it compiles and runs: each block is what stands
 * between the {@code guide:begin} and {@code guide:end} lines of one file there. How it is broken into lines does not count.
 */
@Tag("native")
final class GuideTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final List<Path> CODE = List.of(
            Path.of("src/main/java/org/emotion4j/examples"), Path.of("src/test/java/org/emotion4j/examples/guide"));
    private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "README.md",
                "docs/guides/embedding.md",
                "docs/guides/own-classifier.md",
                "docs/guides/own-detector.md",
                "docs/guides/records.md",
                "docs/guides/landmarks.md",
                "docs/guides/sessions.md",
                "docs/guides/training.md",
                "docs/live.md",
                "docs/privacy.md",
                "docs/sources.md"
            })
    void everyBlockOfJavaIsCompiledAndRunByATest(String document) throws IOException {
        List<String> compiled = compiled();
        List<String> blocks = BLOCK.matcher(Files.readString(ROOT.resolve(document)))
                .results()
                .map(match -> plain(match.group(1)))
                .toList();
        assertThat(blocks).isNotEmpty().allSatisfy(block -> assertThat(compiled).contains(block));
    }

    private static List<String> compiled() throws IOException {
        List<String> blocks = new ArrayList<>();
        for (Path folder : CODE) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                    blocks.addAll(blocks(Files.readAllLines(file)));
                }
            }
        }
        return blocks;
    }

    /** A block may be interrupted: it goes on at the next {@code guide:begin} of the same method, until it is whole. */
    private static List<String> blocks(List<String> lines) {
        List<String> blocks = new ArrayList<>();
        StringBuilder block = new StringBuilder();
        boolean inside = false;
        for (String line : lines) {
            String text = line.strip();
            if (text.equals("// guide:begin")) {
                inside = true;
            } else if (text.equals("// guide:end")) {
                inside = false;
                String whole = plain(block.toString());
                if (whole.chars().filter(c -> c == '{').count()
                        == whole.chars().filter(c -> c == '}').count()) {
                    blocks.add(whole);
                    block.setLength(0);
                }
            } else if (inside) {
                block.append(line).append('\n');
            }
        }
        return blocks;
    }

    /** Without line breaks and indentation: the formatter sets code of a test differently from that of a document. */
    private static String plain(String code) {
        return code.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .collect(Collectors.joining(" "))
                .replaceAll("\\s+", " ")
                .replaceAll("\\( ", "(")
                .replaceAll(" (\\.[a-z])", "$1");
    }
}
