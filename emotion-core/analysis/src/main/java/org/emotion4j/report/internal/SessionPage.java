package org.emotion4j.report.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.emotion4j.analysis.SessionSummary;
import org.emotion4j.analysis.SharedSmiles;
import org.emotion4j.recording.SessionMarker;
import org.emotion4j.recording.SessionNote;
import org.emotion4j.recording.SessionProblem;
import org.emotion4j.words.Words;

/** The parts of a session's page; {@code session.jte} says in which order they come. */
public final class SessionPage {
    private static final int MOST_PROBLEMS = 10;

    private final SessionFigures figures;
    private final SessionSummary summary;
    private final Words words;
    private final RecordFacts facts;
    private final Moments moments;
    private final EventTables events;
    private final ExpressionTables expressions;

    /**
     * Prepares a page.
     *
     * @param figures what it shows
     * @param language in which
     * @throws IllegalArgumentException if there are no texts in this language
     */
    public SessionPage(SessionFigures figures, Locale language) {
        this.figures = figures;
        this.summary = figures.summary();
        this.words = Words.of(language);
        this.facts = new RecordFacts(summary, words);
        this.moments = Moments.of(figures.events());
        this.events = new EventTables(figures.events(), moments, words);
        this.expressions = new ExpressionTables(summary, words);
    }

    /**
     * Writes the page.
     *
     * @return HTML
     */
    public String html() {
        return Template.html((output, nobody) -> JtesessionGenerated.render(output, nobody, this, words));
    }

    String title() {
        return facts.title();
    }

    List<Fact> who() {
        return facts.who(figures.topics());
    }

    List<String> sentences() {
        return new Sentences(summary, words).all();
    }

    /** What was taken out, where something was. */
    Optional<String> baseline() {
        return figures.baseline().map(note -> note.apply(words));
    }

    /** What the two of a session of two have in common; empty of one person's. */
    List<String> smiles() {
        return figures.smiles().stream().map(this::smiles).toList();
    }

    private String smiles(SharedSmiles both) {
        return both.readable().isZero()
                ? words.say("smiles.unread")
                : words.say(
                        "smiles.text",
                        words.clock(both.shared()),
                        words.percent(both.share(), 1),
                        words.clock(both.readable()),
                        both.times());
    }

    List<String> warnings() {
        return summary.warnings(words.locale());
    }

    boolean isEmpty() {
        return summary.counters().frames() == 0;
    }

    boolean isPictures() {
        return summary.isPictures();
    }

    StripChart strip() {
        return new StripChart(figures, moments, words);
    }

    EventTables events() {
        return events;
    }

    Table moments() {
        return events.moments(summary.stretches());
    }

    ExpressionTables expressions() {
        return expressions;
    }

    /** What somebody marked has a number; where the session itself was held or its source had a gap has none. */
    Table markers() {
        Table.Builder table = Table.plain()
                .column(words.say("markers.number"))
                .number(words.say("markers.time"))
                .column(words.say("markers.text"));
        List<SessionMarker> later = figures.notes().markers();
        int number = 1;
        for (SessionMarker marker : figures.markers()) {
            String text = marker.isOwn() ? words.sayOr("marker." + marker.text(), marker.text()) : marker.text();
            table.row(
                    Table.text(marker.isOwn() ? "" : Integer.toString(number++)),
                    words.clock(marker.mediaNanos()),
                    later.contains(marker) ? words.say("markers.later", text) : text);
        }
        return table.build();
    }

    /** What somebody added to the session since, markers aside; no figure knows of it. */
    Table notes() {
        Table.Builder table = Table.plain()
                .column(words.say("notes.at"))
                .column(words.say("notes.kind"))
                .column(words.say("notes.text"))
                .column(words.say("notes.by"))
                .column(words.say("notes.written"));
        for (SessionNote note : figures.notes().current()) {
            if (note.kind() != SessionNote.Kind.MARKER) {
                table.row(
                        Table.text(place(note)),
                        words.say("notes.kind." + note.kind().code()),
                        said(note),
                        note.by(),
                        words.moment(note.writtenAt()));
            }
        }
        return table.build();
    }

    private String place(SessionNote note) {
        if (note.fromNanos().isEmpty()) {
            return words.say("notes.session");
        }
        String from = words.clock(note.fromNanos().getAsLong());
        return note.toNanos().isPresent()
                ? words.say("notes.fromTo", from, words.clock(note.toNanos().getAsLong()))
                : from;
    }

    private String said(SessionNote note) {
        List<String> said = new ArrayList<>();
        if (note.kind() == SessionNote.Kind.LABEL) {
            said.add(words.of(note.label()));
        }
        if (!note.text().isEmpty()) {
            said.add(note.text());
        }
        note.value().ifPresent(value -> said.add(words.number(value, value == Math.rint(value) ? 0 : 1)));
        return String.join(": ", said);
    }

    /** How much of the time could be read, and how much the scores moved; empty without a face. */
    String movement() {
        return Double.isNaN(summary.times().movement())
                ? ""
                : words.say(
                        "shares.movement",
                        words.clock(summary.times().readable()),
                        words.clock(summary.times().withFace()),
                        words.number(summary.times().movement(), 2),
                        words.number(0.7, 1));
    }

    String noteOnBrief() {
        int all = summary.briefMoments().size();
        String note = words.say("brief.note", all);
        return all > ExpressionTables.MOST_BRIEF
                ? note + " " + words.say("brief.first", ExpressionTables.MOST_BRIEF)
                : note;
    }

    boolean hasChanges() {
        return summary.transitions().total() > 0;
    }

    Optional<AffectCharts> affect() {
        return summary.times().affect().map(mean -> new AffectCharts(figures, mean, words));
    }

    Optional<PatternChart> patterns() {
        return figures.clusters().map(clusters -> new PatternChart(clusters, figures.readings(), words));
    }

    Table eachPicture() {
        return expressions.eachPicture(figures.pictures());
    }

    /** Says how many pictures are not listed; empty where all are. */
    String noteOnPictures() {
        long all = summary.counters().frames();
        return all > figures.pictures().size()
                ? words.say("pictures.first", figures.pictures().size(), all)
                : "";
    }

    List<Fact> quality() {
        return facts.quality();
    }

    /** In English, as the reader of the record tells them. */
    List<String> problems() {
        return Stream.concat(summary.quality().problems().stream(), figures.notes().problems().stream())
                .limit(MOST_PROBLEMS)
                .map(SessionProblem::toString)
                .toList();
    }

    List<Fact> recording() {
        return facts.recording(baseline());
    }
}
