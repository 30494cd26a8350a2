package org.emotion4j.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.emotion4j.emotion.BrightnessClassifier;
import org.emotion4j.emotion.EmotionClassifier;
import org.emotion4j.emotion.IntegratorClassifier;
import org.emotion4j.face.BrightAreaDetector;
import org.emotion4j.face.FaceDetector;
import org.emotion4j.face.LandmarkDetector;
import org.emotion4j.stage.StageException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Providers are named in files of a folder that only this test's class loader sees: the test jar is on the class path of
 * other modules, and must not bring them providers.
 */
class StagesTest {
    @TempDir
    Path folder;

    private ClassLoader before = ClassLoader.getSystemClassLoader();

    @BeforeEach
    void seeTheFolder() throws IOException {
        before = Thread.currentThread().getContextClassLoader();
        URL[] urls = {folder.toUri().toURL()};
        Thread.currentThread()
                .setContextClassLoader(new URLClassLoader(urls, getClass().getClassLoader()));
    }

    @AfterEach
    void seeItNoMore() throws IOException {
        ((URLClassLoader) Thread.currentThread().getContextClassLoader()).close();
        Thread.currentThread().setContextClassLoader(before);
    }

    @Test
    void theHighestPriorityIsTheDefault() throws IOException {
        provide(FaceDetectorProvider.class, Half.class, Full.class);
        assertThat(Stages.detectors()).extracting(StageProvider::name).containsExactly("full", "half");
        try (FaceDetector detector = Stages.defaultDetector()) {
            assertThat(detector).isInstanceOf(BrightAreaDetector.class);
        }
    }

    @Test
    void ofEqualPrioritiesTheFirstNameIsTheDefault() throws IOException {
        provide(EmotionClassifierProvider.class, Integrator.class, Brightness.class);
        assertThat(Stages.classifiers()).extracting(StageProvider::name).containsExactly("brightness", "integrator");
        assertThat(Stages.defaultClassifier()).isInstanceOf(BrightnessClassifier.class);
    }

    @Test
    void findsAStageByItsName() throws IOException {
        provide(EmotionClassifierProvider.class, Integrator.class, Brightness.class);
        assertThat(Stages.classifier("integrator")).isInstanceOf(IntegratorClassifier.class);
    }

    @Test
    void landmarkDetectorsAreFoundLikeTheOthers() throws IOException {
        assertThat(Stages.defaultLandmarks()).isEmpty();
        assertThatThrownBy(Stages::defaultLandmarkDetector)
                .isInstanceOf(StageException.class)
                .hasMessageContaining("no landmark detector on the class path; add emotion-opencv");
        provide(LandmarkDetectorProvider.class, Blind.class);
        assertThat(Stages.landmarkDetectors()).extracting(StageProvider::name).containsExactly("blind");
        assertThat(Stages.defaultLandmarkDetector()).isNotNull();
        assertThat(Stages.defaultLandmarks()).isPresent();
        assertThat(Stages.landmarkDetector("blind")).isNotNull();
    }

    @Test
    void aModelFileOfTheUsersIsHandedOn() throws IOException {
        provide(FaceDetectorProvider.class, OnlyWithModel.class);
        assertThatThrownBy(() -> Stages.detector("only-with-model=some/where.onnx"))
                .isInstanceOf(StageException.class)
                .hasMessage("no such model: " + Path.of("some", "where.onnx"));
    }

    @Test
    void aStageWithoutModelFilesSaysSo() throws IOException {
        provide(FaceDetectorProvider.class, Full.class);
        assertThatThrownBy(() -> Stages.detector("full=x.onnx"))
                .isInstanceOf(StageException.class)
                .hasMessage("full takes no model file, got x.onnx");
    }

    @Test
    void aStageWithANegativePriorityIsNeverTheDefault() throws IOException {
        provide(FaceDetectorProvider.class, OnlyWithModel.class);
        assertThatThrownBy(Stages::defaultDetector)
                .isInstanceOf(StageException.class)
                .hasMessageContaining("no face detector on the class path; add emotion-opencv");
    }

    @Test
    void withoutAProviderTheMessageSaysWhatToAdd() {
        assertThatThrownBy(Stages::defaultClassifier)
                .isInstanceOf(StageException.class)
                .hasMessage(
                        "no expression classifier on the class path; add emotion-opencv or give the builder one of your"
                                + " own");
    }

    @Test
    void anUnknownNameIsAnsweredWithTheKnownOnes() throws IOException {
        provide(FaceDetectorProvider.class, Half.class, Full.class);
        assertThatThrownBy(() -> Stages.detector("haar"))
                .isInstanceOf(StageException.class)
                .hasMessage("no face detector is called \"haar\"; on the class path: full, half");
    }

    private void provide(Class<?> service, Class<?>... providers) throws IOException {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        StringBuilder lines = new StringBuilder();
        for (Class<?> provider : providers) {
            lines.append(provider.getName()).append('\n');
        }
        Files.writeString(services.resolve(service.getName()), lines);
    }

    /** A provider with a priority of 20. */
    public static final class Full implements FaceDetectorProvider {
        @Override
        public String name() {
            return "full";
        }

        @Override
        public String description() {
            return "bright areas at full size";
        }

        @Override
        public int priority() {
            return 20;
        }

        @Override
        public FaceDetector create() {
            return BrightAreaDetector.atFullSize();
        }
    }

    /** A provider with a priority of 10. */
    public static final class Half implements FaceDetectorProvider {
        @Override
        public String name() {
            return "half";
        }

        @Override
        public String description() {
            return "bright areas at half size";
        }

        @Override
        public int priority() {
            return 10;
        }

        @Override
        public FaceDetector create() {
            return BrightAreaDetector.atHalfSize();
        }
    }

    /** A provider that is never the default. */
    public static final class OnlyWithModel implements FaceDetectorProvider {
        @Override
        public String name() {
            return "only-with-model";
        }

        @Override
        public String description() {
            return "needs a model file";
        }

        @Override
        public int priority() {
            return -1;
        }

        @Override
        public FaceDetector create() {
            throw new StageException("needs a model file");
        }

        @Override
        public FaceDetector create(Path model) {
            throw new StageException("no such model: " + model);
        }
    }

    /** A provider of a landmark detector that sees nothing. */
    public static final class Blind implements LandmarkDetectorProvider {
        @Override
        public String name() {
            return "blind";
        }

        @Override
        public String description() {
            return "sees nothing";
        }

        @Override
        public int priority() {
            return 0;
        }

        @Override
        public LandmarkDetector create() {
            return (frame, face) -> Optional.empty();
        }
    }

    /** A provider with a priority of 5. */
    public static final class Integrator implements EmotionClassifierProvider {
        @Override
        public String name() {
            return "integrator";
        }

        @Override
        public String description() {
            return "eight labels";
        }

        @Override
        public int priority() {
            return 5;
        }

        @Override
        public EmotionClassifier create() {
            return new IntegratorClassifier();
        }
    }

    /** Another provider with a priority of 5. */
    public static final class Brightness implements EmotionClassifierProvider {
        @Override
        public String name() {
            return "brightness";
        }

        @Override
        public String description() {
            return "bright is happy";
        }

        @Override
        public int priority() {
            return 5;
        }

        @Override
        public EmotionClassifier create() {
            return new BrightnessClassifier();
        }
    }
}
