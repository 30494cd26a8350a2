package org.emotion4j.recording;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.emotion4j.session.PipelineSettings;
import org.emotion4j.stage.StageMetadata;

/**
 * What a recording is begun with: random ids, the consent, and what computes. Immutable.
 *
 * <p>Ids are pseudonyms: they tell sessions and persons apart and say nothing about either. Whoever keeps a list of which
 * id is whom keeps it elsewhere.
 *
 * @param sessionId the session's random id
 * @param subjectId the pseudonym of the person recorded, the same in each of their sessions; empty where nobody asked
 * @param consent who agreed to what; empty for recordings that need none, such as the sample session
 * @param stages what computed the readings, with the hashes of the models; the pipeline fills it in when a run begins
 * @param settings anything that was set, by name, by whoever records
 * @param pipeline how the pipeline was composed and set; the pipeline fills it in when a run begins. Empty in records from
 *     before it was kept, and where rows were recorded without a pipeline
 * @param companion the record of whoever else the same session was about; empty where it was about one person
 */
public record SessionMetadata(
        String sessionId,
        Optional<String> subjectId,
        Optional<Consent> consent,
        List<StageMetadata> stages,
        Map<String, String> settings,
        Optional<PipelineSettings> pipeline,
        Optional<Companion> companion) {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    /**
     * Checks the ids and copies the collections; settings keep their order.
     *
     * @param sessionId as {@link #sessionId()}
     * @param subjectId as {@link #subjectId()}
     * @param consent as {@link #consent()}
     * @param stages as {@link #stages()}
     * @param settings as {@link #settings()}
     * @param pipeline as {@link #pipeline()}
     * @param companion as {@link #companion()}
     * @throws IllegalArgumentException if an id is not 1 to 64 letters, digits, dots, dashes and underscores
     */
    public SessionMetadata {
        requireId("sessionId", sessionId);
        subjectId.ifPresent(id -> requireId("subjectId", id));
        stages = List.copyOf(stages);
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }

    /**
     * The record of the other person in a session of two: each has a record of their own, and the two name each other. Immutable.
     *
     * @param sessionId the other record's session id
     * @param folder the name of its folder, beside this one's
     */
    public record Companion(String sessionId, String folder) {
        private static final Pattern FOLDER = Pattern.compile("[^/\\\\\\p{Cntrl}]{1,255}");

        /**
         * Checks both.
         *
         * @param sessionId as {@link #sessionId()}
         * @param folder as {@link #folder()}
         * @throws IllegalArgumentException if the id has another form than ids have, or the folder is no name of one
         */
        public Companion {
            requireId("the companion's sessionId", sessionId);
            if (!FOLDER.matcher(folder).matches() || folder.equals(".") || folder.equals("..")) {
                throw new IllegalArgumentException("the companion's folder is \"" + folder
                        + "\", expected the name of a folder beside this one, without a path");
            }
        }
    }

    /**
     * Metadata of a session of one person.
     *
     * @param sessionId the session's random id
     * @param subjectId the pseudonym of the person recorded
     * @param consent who agreed to what
     * @param stages what computed the readings
     * @param settings anything that was set, by name
     * @param pipeline how the pipeline was composed and set
     * @throws IllegalArgumentException if an id is not 1 to 64 letters, digits, dots, dashes and underscores
     */
    public SessionMetadata(
            String sessionId,
            Optional<String> subjectId,
            Optional<Consent> consent,
            List<StageMetadata> stages,
            Map<String, String> settings,
            Optional<PipelineSettings> pipeline) {
        this(sessionId, subjectId, consent, stages, settings, pipeline, Optional.empty());
    }

    /**
     * Metadata of rows that come from no pipeline, or from one that does not run yet.
     *
     * @param sessionId the session's random id
     * @param subjectId the pseudonym of the person recorded
     * @param consent who agreed to what
     * @param stages what computed the readings
     * @param settings anything that was set, by name
     * @throws IllegalArgumentException if an id is not 1 to 64 letters, digits, dots, dashes and underscores
     */
    public SessionMetadata(
            String sessionId,
            Optional<String> subjectId,
            Optional<Consent> consent,
            List<StageMetadata> stages,
            Map<String, String> settings) {
        this(sessionId, subjectId, consent, stages, settings, Optional.empty());
    }

    /**
     * Begins with a consent and a new random session id.
     *
     * @param consent who agreed to what
     * @return the metadata
     */
    public static SessionMetadata of(Consent consent) {
        return new SessionMetadata(newId(), Optional.empty(), Optional.of(consent), List.of(), Map.of());
    }

    /**
     * Begins without a consent: for pictures of nobody who could give one, or where it is kept elsewhere. Without its
     * date, such a session is never listed as past its date.
     *
     * @return the metadata, with a new random session id
     */
    public static SessionMetadata withoutConsent() {
        return new SessionMetadata(newId(), Optional.empty(), Optional.empty(), List.of(), Map.of());
    }

    /**
     * Draws a new id for a session or a person: 122 random bits that are made from nothing.
     *
     * @return a random UUID
     */
    public static String newId() {
        return UUID.randomUUID().toString();
    }

    /**
     * Sets the session's id, for callers that draw their own.
     *
     * @param id 1 to 64 letters, digits, dots, dashes and underscores; not a name
     * @return a copy with it
     * @throws IllegalArgumentException if the id has another form
     */
    public SessionMetadata withSessionId(String id) {
        return new SessionMetadata(id, subjectId, consent, stages, settings, pipeline, companion);
    }

    /**
     * Sets the person's pseudonym.
     *
     * @param id 1 to 64 letters, digits, dots, dashes and underscores; not a name
     * @return a copy with it
     * @throws IllegalArgumentException if the id has another form
     */
    public SessionMetadata withSubject(String id) {
        return new SessionMetadata(sessionId, Optional.of(id), consent, stages, settings, pipeline, companion);
    }

    /**
     * Sets the consent.
     *
     * @param value who agreed to what
     * @return a copy with it
     */
    public SessionMetadata withConsent(Consent value) {
        return new SessionMetadata(sessionId, subjectId, Optional.of(value), stages, settings, pipeline, companion);
    }

    /**
     * Sets what computes.
     *
     * @param value the metadata of the stages, as {@code EmotionPipeline.metadata()} gives it
     * @return a copy with it
     */
    public SessionMetadata withStages(List<StageMetadata> value) {
        return new SessionMetadata(sessionId, subjectId, consent, value, settings, pipeline, companion);
    }

    /**
     * Sets how the pipeline was composed and set, which is what computes, too.
     *
     * @param value as the pipeline gives it
     * @return a copy with it
     */
    public SessionMetadata withPipeline(PipelineSettings value) {
        List<StageMetadata> all =
                value.parts().stream().map(PipelineSettings.Part::stage).toList();
        return new SessionMetadata(sessionId, subjectId, consent, all, settings, Optional.of(value), companion);
    }

    /**
     * Notes a setting.
     *
     * @param name what was set
     * @param value to what
     * @return a copy with it
     */
    public SessionMetadata withSetting(String name, String value) {
        Map<String, String> all = new LinkedHashMap<>(settings);
        all.put(name, value);
        return new SessionMetadata(sessionId, subjectId, consent, new ArrayList<>(stages), all, pipeline, companion);
    }

    /**
     * Names the record of the other person of a session of two.
     *
     * @param value its id and its folder
     * @return a copy with it
     */
    public SessionMetadata withCompanion(Companion value) {
        return new SessionMetadata(sessionId, subjectId, consent, stages, settings, pipeline, Optional.of(value));
    }

    private static void requireId(String what, String id) {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException(what + " is \"" + id
                    + "\", expected 1 to 64 letters, digits, dots, dashes and underscores; draw one with newId()");
        }
    }
}
