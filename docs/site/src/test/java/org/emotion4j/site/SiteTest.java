package org.emotion4j.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The site of this repository, without its Javadoc. */
final class SiteTest {
    private static final Pattern ADDRESS = Pattern.compile("(?:href|src)=\"([^\"]*)\"");

    @TempDir
    static Path site;

    @BeforeAll
    static void write() throws IOException {
        Site.write(Documents.of(LinksTest.REPOSITORY), site);
    }

    @Test
    void everyAddressOnEveryPageIsInTheSite() throws IOException {
        List<String> missing = new ArrayList<>();
        int checked = 0;
        for (Path page : pages()) {
            for (String address : addresses(page)) {
                URI uri = URI.create(address);
                if (uri.getScheme() == null) {
                    checked++;
                    Path target = uri.getPath().isEmpty() ? page : page.resolveSibling(uri.getPath());
                    if (!Files.isRegularFile(target)
                            || uri.getFragment() != null && !hasId(target, uri.getFragment())) {
                        missing.add(site.relativize(page) + ": " + address);
                    }
                }
            }
        }
        assertThat(missing).isEmpty();
        assertThat(checked).isGreaterThan(1_000);
    }

    @Test
    void whatAPageNeedsComesFromTheSite() throws IOException {
        for (Path page : pages()) {
            assertThat(Files.readString(page)).doesNotContainPattern("(src|rel=\"stylesheet\" href)=\"[a-z]+:");
        }
    }

    @Test
    void everySectionCanBeSearched() throws IOException {
        assertThat(Files.readString(site.resolve("search-index.js")))
                .startsWith("const searchIndex = [{")
                .contains("\"address\":\"docs/decisions/index.html#decisions\"")
                .contains("\"heading\":\"Native access\"");
    }

    @Test
    void aFileThatADocumentLinksToIsAPage() {
        assertThat(site.resolve("NOTICE.html")).content().contains("FFmpeg");
        assertThat(site.resolve("docs/models/index.html"))
                .content()
                .contains("href=\"../../docs/models/expression.html\"");
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> files = Files.walk(site)) {
            return files.filter(file -> file.toString().endsWith(".html")).toList();
        }
    }

    private static List<String> addresses(Path page) throws IOException {
        return ADDRESS.matcher(Files.readString(page))
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    private static boolean hasId(Path page, String id) throws IOException {
        return Files.readString(page).contains("id=\"" + id + "\"");
    }
}
