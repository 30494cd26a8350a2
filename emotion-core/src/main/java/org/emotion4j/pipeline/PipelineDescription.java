package org.emotion4j.pipeline;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.emotion4j.session.PipelineSettings;
import org.emotion4j.stage.Stage;
import org.emotion4j.stage.StageMetadata;

/** What a pipeline and a session say of themselves in a record, option by option. Confined to one thread. */
final class PipelineDescription {
    static final String RUN = "run";
    static final String SESSION = "session";

    private final List<PipelineSettings.Part> parts = new ArrayList<>();
    private final Map<String, String> options = new LinkedHashMap<>();

    /**
     * @param mode {@link #RUN} or {@link #SESSION}
     */
    PipelineDescription(String mode) {
        options.put(PipelineSettings.MODE, mode);
    }

    /** Notes who does something; nobody is asked to where there is none. */
    void role(String role, Optional<? extends Stage> stage) {
        stage.ifPresent(each -> role(role, each.getClass(), Optional.ofNullable(each.metadata())));
    }

    /** Notes who does something that is no stage. */
    void role(String role, Class<?> type, Optional<StageMetadata> metadata) {
        parts.add(new PipelineSettings.Part(role, metadata.orElseGet(() -> StageMetadata.ofClass(type))));
    }

    /** Notes an option. */
    void option(String name, Object value) {
        options.put(name, value.toString());
    }

    /** Notes whom the user gave to listen, to tell the time and the like, by the name of the class. */
    void callback(String name, Optional<?> set) {
        set.ifPresent(each -> {
            String called = StageMetadata.ofClass(each.getClass()).name();
            options.put(name, called.endsWith("-lambda") ? "set" : called);
        });
    }

    PipelineSettings settings() {
        return new PipelineSettings(parts, options);
    }
}
