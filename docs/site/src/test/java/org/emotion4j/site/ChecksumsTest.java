package org.emotion4j.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
        Set<String> recorded =
                Files.readAllLines(LinksTest.REPOSITORY.resolve(".mvn/checksums/checksums.sha256")).stream()
                        .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                        .collect(Collectors.toSet());
        Set<String> named = named();
        assertThat(named).hasSizeGreaterThan(50);
        assertThat(named.stream().filter(path -> !recorded.contains(path)))
                .as("not in .mvn/checksums; docs/release.md says how they are recorded")
                .isEmpty();
    }

    private static Set<String> named() throws IOException {
        List<Pom> poms = Pom.all();
        Map<String, String> above = new HashMap<>(Pom.of(Pom.BILL_OF_MATERIALS).properties());
        above.putAll(Pom.of(Path.of("")).properties());
        Set<String> paths = new TreeSet<>();
        for (Pom pom : poms) {
            Map<String, String> known = new HashMap<>(above);
            known.putAll(pom.properties());
            pom.foreign(known)
                    .forEach(artifact -> paths.add(String.join(
                            "/",
                            artifact.group().replace('.', '/'),
                            artifact.name(),
                            artifact.version(),
                            artifact.name() + "-" + artifact.version() + ".pom")));
        }
        return paths;
    }
}
