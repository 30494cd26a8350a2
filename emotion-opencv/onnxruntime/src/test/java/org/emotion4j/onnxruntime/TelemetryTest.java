package org.emotion4j.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.emotion4j.stage.StageUnavailableException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nobody is told that ONNX Runtime runs. */
final class TelemetryTest {
    @TempDir
    private Path home;

    @ParameterizedTest
    @ValueSource(strings = {"1.21.1", "1.28.0", "1.28.4", "0.9"})
    void versionsThatTellNobodyAreTaken(String version) {
        Telemetry.requireNone(version, null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.29.0", "1.30.0-rc1", "2.0.0", "nightly"})
    void othersOnlyWhereTheEnvironmentKeepsThemSilent(String version) {
        assertThatThrownBy(() -> Telemetry.requireNone(version, null))
                .isInstanceOf(StageUnavailableException.class)
                .hasMessageContaining("ONNX Runtime " + version + " reports its use")
                .hasMessageContaining("ORT_DISABLE_TELEMETRY=1");
        assertThatThrownBy(() -> Telemetry.requireNone(version, "0")).isInstanceOf(StageUnavailableException.class);
        Telemetry.requireNone(version, "1");
    }

    @Test
    void theVersionOfTheJarIsKnownBeforeItStarts() {
        assertThat(Telemetry.versionOfJar())
                .hasValueSatisfying(version -> assertThat(version).startsWith("1."));
    }

    /** 1.29.0 leaves a number for this machine and what it has to tell in the home folder. */
    @Test
    @Tag("native")
    void nothingIsKeptForALaterReport() throws IOException, InterruptedException {
        Path out = home.resolveSibling(home.getFileName() + ".txt");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Duser.home=" + home,
                "-cp",
                System.getProperty("java.class.path"),
                Started.class.getName()));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile());
        builder.environment().put("HOME", home.toString());
        builder.environment().keySet().removeIf(name -> name.startsWith("XDG_") || name.equals(Telemetry.VARIABLE));
        try {
            assertThat(builder.start().waitFor()).as(Files.readString(out)).isZero();
            assertThat(Files.readString(out)).contains("started").doesNotContain("socket:");
        } finally {
            Files.delete(out);
        }
        assertThat(home).isEmptyDirectory();
    }

    /** A process that reads with a network and says which connections it has. */
    static final class Started {
        private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

        private Started() {}

        public static void main(String[] arguments) throws IOException {
            OnnxRuntime.environment();
            try (OnnxRuntimeEmotionClassifier classifier = OnnxRuntimeEmotionClassifier.bundled()) {
                System.out.println("started " + classifier.metadata().name());
            }
            if (Files.isDirectory(DESCRIPTORS)) {
                try (Stream<Path> all = Files.list(DESCRIPTORS)) {
                    all.filter(Files::isSymbolicLink).forEach(Started::tell);
                }
            }
        }

        private static void tell(Path descriptor) {
            try {
                System.out.println(Files.readSymbolicLink(descriptor));
            } catch (IOException e) {
                System.out.println("closed"); // by now: the listing's own
            }
        }
    }
}
