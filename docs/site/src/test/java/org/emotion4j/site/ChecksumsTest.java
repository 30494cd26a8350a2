package org.emotion4j.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Whatever a pom names has a checksum. What comes along with it, and whether the checksums are right, {@code .ci/checked-mvn}
 * tells, which takes Maven 3.9; this says in every build that somebody has to record.
 */
final class ChecksumsTest {
    @Test
    void everyDependencyAndPluginThatAPomNamesHasAChecksum() throws IOException {
        Set<String> recorded = recorded();
        Set<String> named = Pom.allForeign().stream()
                .map(artifact -> artifact.path("pom"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(named).hasSizeGreaterThan(50);
        assertThat(named.stream().filter(path -> !recorded.contains(path)))
                .as("not in .mvn/checksums; docs/release.md says how they are recorded")
                .isEmpty();
    }

    static Set<String> recorded() throws IOException {
        return Files.readAllLines(LinksTest.REPOSITORY.resolve(".mvn/checksums/checksums.sha256")).stream()
                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                .collect(Collectors.toSet());
    }
}
