package org.emotion4j.spark;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.emotion4j.emotion.EmotionClassifier;
import org.emotion4j.face.FaceDetector;
import org.emotion4j.face.LandmarkDetector;
import org.emotion4j.pipeline.EmotionPipeline;
import org.emotion4j.stage.StageMetadata;

/**
 * One set of models for all tasks of an executor: loaded by the first that needs it, kept until the process ends. Its tasks share it, as
 * requests of a server do. Thread-safe.
 */
final class ExecutorModels {
    private static final int FINGERPRINT_BYTES = 16;

    private static final Map<ReadingSettings, ExecutorModels> LOADED = new HashMap<>();
    private static int loads;

    private final EmotionPipeline pipeline;
    private final List<StageMetadata> stages;
    private final String fingerprint;

    private ExecutorModels(ReadingSettings settings) {
        FaceDetector faces = settings.createDetector();
        Optional<LandmarkDetector> points = settings.createLandmarks();
        EmotionClassifier expressions = settings.createClassifier();
        List<StageMetadata> all = new ArrayList<>(List.of(faces.metadata(), expressions.metadata()));
        points.map(LandmarkDetector::metadata).ifPresent(all::add);
        stages = List.copyOf(all);
        EmotionPipeline.Builder builder = EmotionPipeline.builder()
                .detector(faces)
                .classifier(expressions)
                .smoothers(settings::smoother);
        points.ifPresent(builder::landmarks);
        pipeline = builder.build();
        pipeline.warmUp();
        fingerprint = fingerprint(settings);
    }

    /** Returns this process's models for these settings. */
    static synchronized ExecutorModels of(ReadingSettings settings) {
        ExecutorModels loaded = LOADED.get(settings);
        if (loaded == null) {
            loaded = new ExecutorModels(settings);
            LOADED.put(settings, loaded);
            loads++;
        }
        return loaded;
    }

    /** Gives these models up, because somebody hangs in them: the next one who asks gets others. */
    void abandon() {
        synchronized (ExecutorModels.class) {
            LOADED.values().remove(this);
        }
    }

    /** How often this process has loaded models. */
    static synchronized int loads() {
        return loads;
    }

    EmotionPipeline pipeline() {
        return pipeline;
    }

    /** Detector, classifier and, where there is one, landmark detector. */
    List<StageMetadata> stages() {
        return stages;
    }

    /** Stands for all that makes the figures: two executors with the same one read the same in the same film. */
    String fingerprint() {
        return fingerprint;
    }

    /** The models by name and hash, for people. */
    String describe() {
        StringBuilder words = new StringBuilder();
        for (StageMetadata stage : stages) {
            words.append(words.isEmpty() ? "" : "; ").append(stage.name());
            stage.version().ifPresent(version -> words.append(' ').append(version));
            stage.sha256().ifPresent(hash -> words.append(" sha256 ").append(hash));
            stage.runtime().ifPresent(runtime -> words.append(", ").append(runtime));
        }
        return words.toString();
    }

    static String version() {
        return Optional.ofNullable(EmotionPipeline.class.getPackage().getImplementationVersion())
                .orElse("development");
    }

    private String fingerprint(ReadingSettings settings) {
        StringBuilder all = new StringBuilder(version()).append('\n').append(settings.describe());
        for (StageMetadata stage : stages) {
            all.append('\n')
                    .append(List.of(
                            stage.name(),
                            stage.version().orElse(""),
                            stage.sha256().orElse(""),
                            stage.runtime().orElse(""),
                            stage.settings()));
        }
        byte[] hash = SessionIds.sha256().digest(all.toString().getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(hash, 0, FINGERPRINT_BYTES);
    }
}
