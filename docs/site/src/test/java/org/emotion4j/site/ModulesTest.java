package org.emotion4j.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Every module is either published, and then wherever an embedder looks for it, or a program, and then in no release. */
final class ModulesTest {
    @Test
    void theBillOfMaterialsNamesEveryLibraryAndNoProgram() throws IOException {
        assertThat(Pom.of(Pom.BILL_OF_MATERIALS).managedOfOurs())
                .containsExactlyInAnyOrderElementsOf(artifacts(Pom::isLibrary));
    }

    @Test
    void noProgramIsUploadedToMavenCentral() throws IOException {
        assertThat(Pom.of(Pom.BILL_OF_MATERIALS).texts("excludeArtifact"))
                .containsExactlyInAnyOrderElementsOf(artifacts(Pom::isProgram));
    }

    @Test
    void theJavadocHasEveryLibraryAndNoProgram() throws IOException {
        assertThat(Pom.of(Path.of("")).texts("skippedModules").get(0).split(","))
                .containsExactlyInAnyOrderElementsOf(artifacts(Pom::isProgram));
    }

    @Test
    void everyProgramLeavesOutWhatAReleaseMakes() throws IOException {
        assertThat(Pom.all().stream().filter(Pom::isProgram)).isNotEmpty().allSatisfy(program -> assertThat(
                        program.properties())
                .as(program.artifact())
                .containsEntry("cyclonedx.skip", "true")
                .containsEntry("gpg.skip", "true")
                .containsEntry("maven.deploy.skip", "true")
                .containsEntry("maven.javadoc.skip", "true")
                .containsEntry("maven.source.skip", "true"));
    }

    @Test
    void everyLibraryIsInTheTableOfModules() throws IOException {
        assertThat(artifacts(Pom::isLibrary)).allSatisfy(artifact -> assertThat(document("docs/architecture.md"))
                .containsPattern("(?m)^\\|.*`" + artifact + "`"));
    }

    @Test
    void everyLibraryHasItsPurposeInTheReadmeOrComesAlongWithOne() throws IOException {
        // The weights for PyTorch come along with emotion-djl, emotion-core and its networks with emotion-opencv.
        List<String> come = List.of("emotion-core", "emotion-models", "emotion-models-pytorch");
        assertThat(artifacts(Pom::isLibrary))
                .filteredOn(artifact -> !come.contains(artifact))
                .allSatisfy(artifact -> assertThat(document("README.md"))
                        .containsPattern("`" + artifact + "`|<artifactId>" + artifact + "<"));
    }

    private static List<String> artifacts(Predicate<Pom> which) throws IOException {
        return Pom.all().stream().filter(which).map(Pom::artifact).toList();
    }

    private static String document(String path) throws IOException {
        return Files.readString(LinksTest.REPOSITORY.resolve(path));
    }
}
