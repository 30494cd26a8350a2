package org.emotion4j.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every relative link of a Markdown file leads to a file and, where it names one, to a heading. */
final class LinksTest {
    static final Path REPOSITORY = Path.of("").toAbsolutePath().getParent().getParent();

    @TempDir
    Path root;

    @Test
    void everyLinkInThisRepositoryLeadsSomewhere() throws IOException {
        Documents documents = Documents.of(REPOSITORY);
        assertThat(documents.at(Path.of("README.md"))).isPresent();
        assertThat(documents.brokenLinks()).isEmpty();
    }

    @Test
    void aLinkToAFileThatIsNotThereIsBroken() throws IOException {
        write("docs/a.md", "[there](b.md), [up](../README.md), [not there](c.md), ![nor this](images/d.png)");
        write("docs/b.md", "");
        write("README.md", "[folder](docs), [elsewhere](https://example.org/none.md)");
        assertThat(Documents.of(root).brokenLinks())
                .containsExactly(shown("docs/a.md") + ": c.md", shown("docs/a.md") + ": images/d.png");
    }

    @Test
    void aLinkToAHeadingThatIsNotThereIsBroken() throws IOException {
        write(
                "README.md",
                "# One `two`, three?\n[good](#one-two-three), [bad](#one), [good](a.md#again-1), [bad](a.md#again-2)");
        write("a.md", "## Again\n## Again\n[code has none](Code.java#L1)");
        write("Code.java", "");
        assertThat(Documents.of(root).brokenLinks())
                .containsExactly("README.md: #one", "README.md: a.md#again-2", "a.md: Code.java#L1");
    }

    @Test
    void whatStandsInCodeIsNoLink() throws IOException {
        write("README.md", "`[a](b.md)`\n```\n[c](d.md)\n```\n");
        assertThat(Documents.of(root).brokenLinks()).isEmpty();
    }

    private void write(String path, String text) throws IOException {
        Files.createDirectories(root.resolve(path).getParent());
        Files.writeString(root.resolve(path), text);
    }

    private static String shown(String path) {
        return Path.of(path).toString();
    }
}
