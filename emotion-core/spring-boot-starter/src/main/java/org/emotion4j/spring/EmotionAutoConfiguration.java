package org.emotion4j.spring;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.emotion4j.emotion.EmotionClassifier;
import org.emotion4j.emotion.LabelPolicy;
import org.emotion4j.emotion.MovingAverageSmoother;
import org.emotion4j.face.FaceDetector;
import org.emotion4j.face.LandmarkDetector;
import org.emotion4j.pipeline.EmotionPipeline;
import org.emotion4j.spi.Stages;
import org.emotion4j.stage.Stage;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * Makes one {@link EmotionPipeline} for the whole application, unless it has one of its own. The pipeline is thread-safe:
 * inject it, call {@link EmotionPipeline#analyze} from any request, and begin sessions on it.
 *
 * <p>A bean of type {@link FaceDetector}, {@link LandmarkDetector}, {@link EmotionClassifier} or {@link LabelPolicy} is taken
 * in place of what {@link EmotionProperties} name; every {@link EmotionPipelineCustomizer} is asked, in its order. The
 * pipeline is closed with the application's context, after all that was made with it.
 */
@AutoConfiguration
@ConditionalOnProperty(name = "emotion4j.enabled", havingValue = "true", matchIfMissing = true)
@EnableConfigurationProperties(EmotionProperties.class)
public final class EmotionAutoConfiguration {
    /** Made by Spring. */
    public EmotionAutoConfiguration() {}

    /**
     * Makes the pipeline.
     *
     * @param properties what was set
     * @param detector the application's own, if it has one
     * @param landmarks likewise
     * @param classifier likewise
     * @param labelPolicy likewise
     * @param customizers who sets more
     * @return a pipeline without a source
     * @throws org.emotion4j.stage.StageException if a stage is not on the class path or does not load
     */
    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean
    EmotionPipeline emotionPipeline(
            EmotionProperties properties,
            ObjectProvider<FaceDetector> detector,
            ObjectProvider<LandmarkDetector> landmarks,
            ObjectProvider<EmotionClassifier> classifier,
            ObjectProvider<LabelPolicy> labelPolicy,
            ObjectProvider<EmotionPipelineCustomizer> customizers) {
        Made made = new Made();
        try {
            EmotionPipeline.Builder builder = EmotionPipeline.builder()
                    .detector(made.stage(detector, properties.detector(), Stages::detector, Stages::defaultDetector))
                    .classifier(made.stage(
                            classifier, properties.classifier(), Stages::classifier, Stages::defaultClassifier))
                    .smoothers(() -> MovingAverageSmoother.over(properties.smoothing()))
                    // The context closes it, at a moment that it chooses: after the requests, before the process ends.
                    .closeAtShutdown(false);
            made.landmarks(landmarks, properties.landmarks()).ifPresent(builder::landmarks);
            if (properties.detectEvery() > 1) {
                builder.detectEvery(properties.detectEvery());
            }
            labelPolicy.ifAvailable(builder::labelPolicy);
            customizers.orderedStream().forEach(customizer -> customizer.customize(builder));
            return warm(builder.build(), properties);
        } catch (RuntimeException e) {
            made.close(e);
            throw e;
        }
    }

    private static EmotionPipeline warm(EmotionPipeline pipeline, EmotionProperties properties) {
        if (!properties.warmUp()) {
            return pipeline;
        }
        try {
            pipeline.warmUp();
            return pipeline;
        } catch (RuntimeException e) {
            pipeline.close();
            throw e;
        }
    }

    /** The stages made so far, which nobody else would close where a later one cannot be made. */
    private static final class Made {
        private final Deque<Stage> stages = new ArrayDeque<>();

        <T extends Stage> T stage(
                ObjectProvider<T> bean, @Nullable String name, Function<String, T> named, Supplier<T> byDefault) {
            T own = bean.getIfAvailable();
            if (own != null) {
                return own;
            }
            T stage = name == null || name.isBlank() ? byDefault.get() : named.apply(name);
            stages.push(stage);
            return stage;
        }

        Optional<LandmarkDetector> landmarks(ObjectProvider<LandmarkDetector> bean, @Nullable String name) {
            LandmarkDetector own = bean.getIfAvailable();
            if (own != null) {
                return Optional.of(own);
            }
            if (EmotionProperties.NONE.equals(name)) {
                return Optional.empty();
            }
            Optional<LandmarkDetector> found = name == null || name.isBlank()
                    ? Stages.defaultLandmarks()
                    : Optional.of(Stages.landmarkDetector(name));
            found.ifPresent(stages::push);
            return found;
        }

        void close(RuntimeException reason) {
            for (Stage stage : stages) {
                try {
                    stage.close();
                } catch (RuntimeException e) {
                    reason.addSuppressed(e);
                }
            }
        }
    }
}
