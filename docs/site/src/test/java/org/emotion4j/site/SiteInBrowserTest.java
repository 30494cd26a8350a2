package org.emotion4j.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.Gson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The site in a headless Chromium, where there is one, opened from its folder. */
@Tag("slow")
@Tag("window")
final class SiteInBrowserTest {
    private static final Pattern OUTCOME = Pattern.compile("<pre>(.*?)</pre>", Pattern.DOTALL);

    @TempDir
    static Path site;

    private static Documents documents;

    @BeforeAll
    static void write() throws IOException {
        documents = Documents.of(LinksTest.REPOSITORY);
        Site.write(documents, site);
    }

    @Test
    void noPageIsWiderThanItsScreen() throws Exception {
        String pages = documents.all().stream()
                .map(document -> "'" + Reference.address(document.path()) + "'")
                .collect(Collectors.joining(","));
        assertThat(outcome("""
                for (const page of [%s]) {
                  for (const width of [390, 1280]) {
                    await show(page, width);
                    const wide = frame.contentDocument.documentElement.scrollWidth;
                    if (wide > width) tell(page + ' at ' + width + ': ' + wide);
                  }
                }""".formatted(pages))).isEqualTo("end");
    }

    @Test
    void theSearchFindsSectionsFromAnyPage() throws Exception {
        assertThat(outcome("""
                await show('docs/decisions/index.html', 390);
                const input = frame.contentDocument.getElementById('search');
                input.value = 'native ACCESS';
                input.dispatchEvent(new Event('input'));
                const hits = frame.contentDocument.getElementById('hits');
                while (hits.hidden) await new Promise(resolve => setTimeout(resolve, 50));
                await open(hits.querySelector('a'));
                tell(frame.contentWindow.location.pathname.split('/').slice(-2).join('/') + frame.contentWindow.location.hash);""")).isEqualTo("docs/platforms.html#native-access end");
    }

    @Test
    void whatSomebodyNewLooksForIsAmongTheFirstThree() throws Exception {
        Map<String, String> sought = Map.of(
                "webcam", "docs/sources.html#cameras-and-webcams",
                "fairness", "docs/limits.html#fairness",
                "gpu", "docs/guides/embedding.html#gpu",
                "logging", "docs/guides/embedding.html#logging",
                "license", "docs/natives.html#licenses",
                "macos", "docs/platforms.html#platforms",
                "spring boot", "docs/web.html#the-web-example-and-the-spring-boot-starter",
                "deletion", "docs/privacy.html#keeping-and-erasing-retention-deletion",
                "commercial", "docs/limits.html#commercial-use");
        assertThat(outcome("""
                await show('index.html', 1280);
                const input = frame.contentDocument.getElementById('search');
                const hits = frame.contentDocument.getElementById('hits');
                for (const [words, address] of Object.entries(%s)) {
                  hits.hidden = true;
                  input.value = words;
                  input.dispatchEvent(new Event('input'));
                  while (hits.hidden) await new Promise(resolve => setTimeout(resolve, 50));
                  const first = [...hits.querySelectorAll('a')].slice(0, 3).map(hit => hit.getAttribute('href'));
                  if (!first.includes(address)) tell(words + ': ' + first.join(' '));
                }""".formatted(new Gson().toJson(sought)))).isEqualTo("end");
    }

    /** Runs a script beside a frame that shows pages, and returns what it told. */
    private static String outcome(String script) throws IOException, InterruptedException {
        Path page = site.resolve("test.html");
        Files.writeString(page, """
                <pre></pre><iframe height=800></iframe><script>
                const frame = document.querySelector('iframe'), tell = text => document.querySelector('pre').append(text, ' ');
                const loaded = begin => new Promise(resolve => { frame.onload = resolve; begin(); });
                const show = (page, width) => loaded(() => { frame.width = width; frame.style.border = 0; frame.src = page; });
                const open = link => loaded(() => link.click());
                (async () => {
                """ + script + "\n})().catch(tell).finally(() => tell('end'));\n</script>");
        Process browser = new ProcessBuilder(
                        chromium().toString(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--allow-file-access-from-files",
                        "--virtual-time-budget=600000",
                        "--dump-dom",
                        page.toUri().toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String dom = new String(browser.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(browser.waitFor(2, TimeUnit.MINUTES)).isTrue();
        Matcher outcome = OUTCOME.matcher(dom);
        assertThat(outcome.find()).as(dom).isTrue();
        return outcome.group(1).strip();
    }

    private static Path chromium() {
        Optional<Path> found = List.of("chromium", "chromium-browser", "google-chrome").stream()
                .map(name -> Path.of("/usr/bin", name))
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(found.isPresent(), "no Chromium here");
        return found.orElseThrow();
    }
}
