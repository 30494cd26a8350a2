package org.emotion4j.analysis;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.emotion4j.emotion.Affect;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.recording.SessionInfo;
import org.emotion4j.session.PipelineSettings;
import org.emotion4j.stage.StageMetadata;
import org.emotion4j.words.Words;

/**
 * Several sessions of one person in the order of time: how each figure went from session to session. Immutable.
 *
 * <p>Figures of sessions can be compared only where they were read in the same way; {@link #differences()} says where they
 * were not. A course is a description of a few numbers: no test of significance, and no statement about the person's state.
 */
public final class SubjectHistory {
    /** Stages that decide what a reading is, besides the models, which are compared by their hashes. */
    private static final Set<String> DECIDING = Set.of("landmarks", "aligner", "tracker", "smoother", "labelPolicy");

    private final Optional<String> subjectId;
    private final List<SessionSummary> sessions;

    private SubjectHistory(Optional<String> subjectId, List<SessionSummary> sessions) {
        this.subjectId = subjectId;
        this.sessions = sessions;
    }

    /**
     * Puts sessions in order.
     *
     * @param sessions at least one, all of the same person: with the same pseudonym, or all without one, where the caller
     *     knows. Those whose start is not known come last, in the order in which they were given
     * @return the history
     * @throws IllegalArgumentException if there is none, they are of several persons, or one is there twice
     */
    public static SubjectHistory of(Collection<SessionSummary> sessions) {
        if (sessions.isEmpty()) {
            throw new IllegalArgumentException("a history needs sessions; got none");
        }
        Set<String> subjects = new TreeSet<>();
        Set<String> ids = new HashSet<>();
        for (SessionSummary session : sessions) {
            subjects.add(session.info().metadata().subjectId().orElse("without a pseudonym"));
            if (session.info().formatVersion() > 0 && !ids.add(session.info().sessionId())) {
                throw new IllegalArgumentException(
                        "session " + session.info().sessionId() + " is there twice; give each session once");
            }
        }
        if (subjects.size() > 1) {
            throw new IllegalArgumentException("the sessions are of several persons, expected one: "
                    + subjects.stream().limit(5).collect(Collectors.joining(", ")) + (subjects.size() > 5 ? " …" : ""));
        }
        List<SessionSummary> ordered = new ArrayList<>(sessions);
        ordered.sort(Comparator.comparing(
                (SessionSummary session) -> session.info().started().orElse(Instant.MAX)));
        return new SubjectHistory(ordered.get(0).info().metadata().subjectId(), List.copyOf(ordered));
    }

    /**
     * One figure over the sessions.
     *
     * @param values its value in each session, in the order of {@link #sessions()}; {@code NaN} where a session has none
     * @param mean the mean of the values that there are; {@code NaN} without any
     * @param standardDeviation their sample standard deviation; {@code NaN} with fewer than two
     * @param change the last of them less the first; {@code NaN} with fewer than two
     */
    public record Course(List<Double> values, double mean, double standardDeviation, double change) {
        /**
         * Copies the list.
         *
         * @param values as {@link #values()}
         * @param mean as {@link #mean()}
         * @param standardDeviation as {@link #standardDeviation()}
         * @param change as {@link #change()}
         */
        public Course {
            values = List.copyOf(values);
        }

        private static Course of(List<Double> values) {
            List<Double> known = values.stream().filter(Double::isFinite).toList();
            double mean =
                    known.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
            if (known.size() < 2) {
                return new Course(values, mean, Double.NaN, Double.NaN);
            }
            double squares = known.stream()
                    .mapToDouble(value -> (value - mean) * (value - mean))
                    .sum();
            return new Course(
                    values, mean, Math.sqrt(squares / (known.size() - 1)), known.get(known.size() - 1) - known.get(0));
        }
    }

    /**
     * Returns whose sessions these are.
     *
     * @return the pseudonym in all of them, if there is one
     */
    public Optional<String> subjectId() {
        return subjectId;
    }

    /**
     * Returns the sessions.
     *
     * @return an immutable list, the earliest first
     */
    public List<SessionSummary> sessions() {
        return sessions;
    }

    /**
     * Returns an expression's share of the time with a face, from session to session.
     *
     * @param emotion the expression
     * @return shares of 0 to 1
     */
    public Course share(Emotion emotion) {
        return course(session -> session.share(emotion));
    }

    /**
     * Returns the share of the time with a face that had no clear expression.
     *
     * @return shares of 0 to 1
     */
    public Course noClearShare() {
        return course(session -> session.times().noClearShare());
    }

    /**
     * Returns the mean valence, derived from the scores.
     *
     * @return values of -1 to 1
     */
    public Course valence() {
        return course(session -> session.times().affect().map(Affect::valence).orElse(Double.NaN));
    }

    /**
     * Returns the mean arousal, derived from the scores.
     *
     * @return values of -1 to 1
     */
    public Course arousal() {
        return course(session -> session.times().affect().map(Affect::arousal).orElse(Double.NaN));
    }

    /**
     * Returns how often the label changed in a minute with a face.
     *
     * @return values of 0 or more
     */
    public Course changesPerMinute() {
        return course(session -> {
            Duration seen = session.times().withFace();
            return seen.isZero() ? Double.NaN : session.transitions().total() * 60e9 / seen.toNanos();
        });
    }

    /**
     * Says why sessions may not be comparable: read by other models, or with other settings.
     *
     * @return a sentence for each kind of difference; empty where nothing speaks against comparing
     */
    public List<String> differences() {
        return differences(Locale.ENGLISH);
    }

    /**
     * Says in a language why sessions may not be comparable.
     *
     * @param language English, Spanish, or one whose texts were added
     * @return as {@link #differences()}
     * @throws IllegalArgumentException if there are no texts in this language
     */
    public List<String> differences(Locale language) {
        Words words = Words.of(language);
        List<String> found = new ArrayList<>();
        long models = sessions.stream().map(SubjectHistory::models).distinct().count();
        if (models > 1) {
            found.add(words.say("differences.models", models));
        }
        Set<String> settings = new TreeSet<>();
        Map<String, String> first = settings(sessions.get(0));
        for (SessionSummary session : sessions) {
            Map<String, String> other = settings(session);
            Set<String> names = new TreeSet<>(first.keySet());
            names.addAll(other.keySet());
            if (isFromBeforePipelines(session) != isFromBeforePipelines(sessions.get(0))) {
                // What an old record does not say is not known to differ.
                names.retainAll(other.keySet());
                names.retainAll(first.keySet());
            }
            names.removeIf(name -> first.getOrDefault(name, "").equals(other.getOrDefault(name, "")));
            settings.addAll(names);
        }
        if (!settings.isEmpty()) {
            found.add(words.say("differences.settings", String.join(", ", settings)));
        }
        return List.copyOf(found);
    }

    @Override
    public String toString() {
        return "SubjectHistory[subject=" + subjectId.orElse("unknown") + ", sessions=" + sessions.size() + "]";
    }

    /** What whoever recorded has set, and how the pipeline was set; not where the pictures came from, nor where they went. */
    private static Map<String, String> settings(SessionSummary session) {
        Map<String, String> all = new LinkedHashMap<>(session.info().metadata().settings());
        session.info().metadata().pipeline().ifPresent(pipeline -> {
            pipeline.parts().stream()
                    .filter(part -> DECIDING.contains(part.role()))
                    .forEach(part -> all.put(
                            part.role(),
                            part.stage().name() + " " + part.stage().settings()));
            for (String name : List.of(
                    PipelineSettings.DETECT_EVERY,
                    PipelineSettings.REDETECT_WHEN_UNCERTAIN,
                    PipelineSettings.SKIP_UNCHANGED_FRAMES)) {
                pipeline.option(name).ifPresent(value -> all.put(name, value));
            }
            if (pipeline.isFollowedInCloseUps()) { // records from before that option do not name it
                all.put(PipelineSettings.FOLLOW_IN_CLOSE_UPS, "true");
            }
        });
        return all;
    }

    private static boolean isFromBeforePipelines(SessionSummary session) {
        return session.info().metadata().pipeline().isEmpty();
    }

    private static Set<String> models(SessionSummary session) {
        SessionInfo info = session.info();
        return info.metadata().stages().stream()
                .filter(stage -> stage.sha256().isPresent())
                .map(SubjectHistory::model)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String model(StageMetadata stage) {
        return stage.name() + " " + stage.sha256().orElse("");
    }

    private Course course(ToDoubleFunction<SessionSummary> figure) {
        List<Double> values = new ArrayList<>();
        for (SessionSummary session : sessions) {
            values.add(figure.applyAsDouble(session));
        }
        return Course.of(values);
    }
}
