package org.emotion4j.pipeline;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.emotion4j.session.PipelineSettings;
import org.emotion4j.stage.Stage;
import org.emotion4j.stage.StageMetadata;
import org.jspecify.annotations.Nullable;

/**
 * What a pipeline says of itself in a record. Filled in by the builder, option by option; stages are asked only when a run
 * begins, since a recorder may be chosen as late as that.
 */
final class PipelineDescription {
    private final Map<String, Supplier<StageMetadata>> roles = new LinkedHashMap<>();
    private final Map<String, String> options = new LinkedHashMap<>();
    private final Map<String, String> ofSessions = new LinkedHashMap<>();

    /** Notes who does something; nobody is asked to where there is none. */
    void role(String role, @Nullable Stage stage) {
        if (stage != null) {
            role(role, stage.getClass(), stage::metadata);
        }
    }

    /** Notes who does something that is no stage. */
    void role(String role, Class<?> type, Supplier<StageMetadata> metadata) {
        roles.put(role, () -> Optional.ofNullable(metadata.get()).orElseGet(() -> StageMetadata.ofClass(type)));
    }

    /** Notes an option that holds for runs and sessions. */
    void option(String name, Object value) {
        options.put(name, value.toString());
    }

    /** Notes an option of sessions only; one that was set by hand is noted in a run's record, too. */
    void ofSessions(String name, @Nullable Object set, Object value) {
        (set == null ? ofSessions : options).put(name, value.toString());
    }

    /** Notes whom the user gave to listen, to tell the time and the like, by the name of the class. */
    void callback(String name, @Nullable Object set) {
        if (set != null) {
            options.put(name, StageMetadata.ofClass(set.getClass()).name());
        }
    }

    PipelineSettings ofRun() {
        return settings("run", Map.of());
    }

    PipelineSettings ofSession() {
        return settings("session", ofSessions);
    }

    private PipelineSettings settings(String mode, Map<String, String> more) {
        List<PipelineSettings.Part> parts = new ArrayList<>();
        roles.forEach((role, metadata) -> parts.add(new PipelineSettings.Part(role, metadata.get())));
        Map<String, String> all = new LinkedHashMap<>();
        all.put(PipelineSettings.MODE, mode);
        all.putAll(options);
        all.putAll(more);
        return new PipelineSettings(parts, all);
    }
}
