package org.emotion4j.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.emotion4j.emotion.BrightnessClassifier;
import org.emotion4j.emotion.EmotionClassifier;
import org.emotion4j.face.BrightAreaDetector;
import org.emotion4j.face.FaceDetector;
import org.emotion4j.frame.Frame;
import org.emotion4j.frame.PixelFormat;
import org.emotion4j.pipeline.EmotionPipeline;
import org.emotion4j.stage.StageException;
import org.emotion4j.stage.StageMetadata;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

@Tag("native")
final class EmotionAutoConfigurationTest {
    private static final String VERSION = "spring-boot.version";

    private final ApplicationContextRunner application =
            new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(EmotionAutoConfiguration.class));

    /** One without networks, which is quickly there. */
    private final ApplicationContextRunner plain = application
            .withBean(FaceDetector.class, BrightAreaDetector::atFullSize)
            .withBean(EmotionClassifier.class, BrightnessClassifier::new)
            .withPropertyValues("emotion4j.landmarks=none");

    @Test
    @EnabledIfSystemProperty(named = VERSION, matches = ".+", disabledReason = "the build names the version")
    void runsOnTheSpringBootThatTheBuildNames() {
        assertThat(SpringBootVersion.getVersion()).isEqualTo(System.getProperty(VERSION));
    }

    @Test
    void readsWithWhatIsOnTheClassPath() {
        application.run(context -> {
            assertThat(context).hasSingleBean(EmotionPipeline.class);
            try (Frame gray = Frame.of(64, 64, PixelFormat.GRAY8, new byte[64 * 64])) {
                assertThat(context.getBean(EmotionPipeline.class).analyze(gray).readings())
                        .isEmpty();
            }
            assertThat(names(context.getBean(EmotionPipeline.class))).contains("single-shot", "landmarks");
        });
    }

    @Test
    void takesTheApplicationsOwnStages() {
        plain.run(context -> assertThat(names(context.getBean(EmotionPipeline.class)))
                .contains(
                        context.getBean(FaceDetector.class).metadata().name(),
                        context.getBean(EmotionClassifier.class).metadata().name()));
    }

    @Test
    void takesStagesByTheirNames() {
        application
                .withPropertyValues("emotion4j.detector=haar", "emotion4j.landmarks=none")
                .run(context -> assertThat(names(context.getBean(EmotionPipeline.class)))
                        .contains("haar-alt2"));
    }

    @Test
    void aNameThatNobodyHasStopsTheStart() {
        application.withPropertyValues("emotion4j.classifier=nobody").run(context -> assertThat(context)
                .getFailure()
                .rootCause()
                .isInstanceOf(StageException.class)
                .hasMessageContaining("no expression classifier is called \"nobody\""));
    }

    @Test
    void aValueOutOfItsRangeStopsTheStart() {
        plain.withPropertyValues("emotion4j.detect-every=0").run(context -> assertThat(context)
                .getFailure()
                .rootCause()
                .hasMessageContaining("emotion4j.detect-every is 0, expected 1 to 100"));
        plain.withPropertyValues("emotion4j.smoothing=0s").run(context -> assertThat(context)
                .getFailure()
                .rootCause()
                .hasMessageContaining("emotion4j.smoothing is PT0S, expected above PT0S"));
    }

    @Test
    void leavesItToAnApplicationThatMakesItsOwn() {
        EmotionPipeline own = EmotionPipeline.builder()
                .detector(BrightAreaDetector.atFullSize())
                .classifier(new BrightnessClassifier())
                .build();
        plain.withBean(EmotionPipeline.class, () -> own)
                .run(context ->
                        assertThat(context.getBean(EmotionPipeline.class)).isSameAs(own));
    }

    @Test
    void canBeSwitchedOff() {
        plain.withPropertyValues("emotion4j.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(EmotionPipeline.class));
    }

    @Test
    void asksWhoeverSetsMore() {
        AtomicInteger asked = new AtomicInteger();
        plain.withBean(EmotionPipelineCustomizer.class, () -> builder -> {
                    builder.storeOthers(true);
                    asked.incrementAndGet();
                })
                .run(context -> {
                    assertThat(context).hasSingleBean(EmotionPipeline.class);
                    assertThat(asked).hasValue(1);
                });
    }

    @Test
    void closesThePipelineWithTheContext() {
        EmotionPipeline[] pipeline = new EmotionPipeline[1];
        plain.run(context -> pipeline[0] = context.getBean(EmotionPipeline.class));
        try (Frame gray = Frame.of(64, 64, PixelFormat.GRAY8, new byte[64 * 64])) {
            assertThatIllegalStateException().isThrownBy(() -> pipeline[0].analyze(gray));
        }
    }

    private static List<String> names(EmotionPipeline pipeline) {
        return pipeline.metadata().stream().map(StageMetadata::name).toList();
    }
}
