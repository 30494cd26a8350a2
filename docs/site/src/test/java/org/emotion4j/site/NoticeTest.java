package org.emotion4j.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.emotion4j.site.Pom.Artifact;
import org.junit.jupiter.api.Test;

/** Who raises a native looks at what the new jars hold before NOTICE gets the new version; docs/natives.md follows. */
final class NoticeTest {
    private static final Pattern COORDINATES = Pattern.compile("([a-z][\\w.]*):([\\w-]+):(\\d[\\w.-]*\\w)");

    /** What of others the bill of materials has in plain Java. */
    private static final Set<String> WITHOUT_NATIVES = Set.of("api", "pytorch-engine", "tink");

    @Test
    void everyNativeOfTheBillOfMaterialsStandsInTheNotice() throws IOException {
        assertThat(named()).containsAll(natives());
    }

    @Test
    void whatTheNoticeNamesIsWhatIsUsed() throws IOException {
        List<Artifact> used = Pom.allForeign();
        Set<String> recorded = ChecksumsTest.recorded();
        assertThat(named()).allSatisfy(artifact -> {
            List<Artifact> ours = used.stream()
                    .filter(other -> other.group().equals(artifact.group())
                            && other.name().equals(artifact.name()))
                    .toList();
            if (ours.isEmpty()) {
                // Others bring it, and it stands in no pom of ours.
                assertThat(recorded).contains(artifact.path("pom"));
            }
            assertThat(ours).allMatch(artifact::equals);
        });
    }

    @Test
    void theTableOfNativesHasTheVersionsOfTheNotice() throws IOException {
        List<String[]> table = Files.readAllLines(LinksTest.REPOSITORY.resolve("docs/natives.md")).stream()
                .map(line -> line.split(" *\\| *"))
                .filter(cells -> cells.length > 3)
                .toList();
        assertThat(natives()).isNotEmpty().allSatisfy(artifact -> assertThat(table)
                .as(artifact.toString())
                .anyMatch(cells -> cells[2].contains(artifact.name() + "`")
                        && List.of(cells[3].split(", ")).contains(artifact.version())));
    }

    @Test
    void theTextsThatGoWithFfmpegAreThere() {
        assertThat(LinksTest.REPOSITORY.resolve("licenses/LGPL-3.0.txt"))
                .content()
                .contains("GNU LESSER GENERAL PUBLIC LICENSE", "Version 3, 29 June 2007", "4. Combined Works.");
        assertThat(LinksTest.REPOSITORY.resolve("licenses/GPL-3.0.txt"))
                .content()
                .contains("GNU GENERAL PUBLIC LICENSE", "Version 3, 29 June 2007", "END OF TERMS AND CONDITIONS");
    }

    private static List<Artifact> named() throws IOException {
        return COORDINATES
                .matcher(Files.readString(LinksTest.REPOSITORY.resolve("NOTICE")))
                .results()
                .map(match -> new Artifact(match.group(1), match.group(2), match.group(3)))
                .toList();
    }

    private static List<Artifact> natives() throws IOException {
        return Pom.of(Pom.BILL_OF_MATERIALS).managedOfOthers().stream()
                .filter(artifact -> !WITHOUT_NATIVES.contains(artifact.name()))
                .toList();
    }
}
