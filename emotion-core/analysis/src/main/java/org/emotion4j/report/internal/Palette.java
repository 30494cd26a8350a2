package org.emotion4j.report.internal;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.emotion4j.emotion.Emotion;

/**
 * All colors of a page, on light and on dark ground. The hues of the expressions are those of Okabe and Ito, which the
 * color-blind can tell apart, on light ground as much darker as it takes; words stand beside all of them.
 *
 * <p>A mark differs from what it is drawn on by a contrast of 3:1 and a text by 4.5:1, as the Web Content Accessibility
 * Guidelines ask for; a test measures it.
 */
enum Palette {
    ANGRY(Role.MARK, "#C84B11", "#F0702E"),
    DISGUST(Role.MARK, "#00805C", "#1FB88C"),
    FEAR(Role.MARK, "#B3508C", "#DB8DBB"),
    HAPPY(Role.MARK, "#9C7A00", "#F0E442"),
    SAD(Role.MARK, "#0072B2", "#5AA0E6"),
    SURPRISE(Role.MARK, "#2E8BC0", "#7CCBF7"),
    NEUTRAL(Role.MARK, "#7A828C", "#A9B1BA"),
    UNCLEAR(Role.MARK, "#4B4F55", "#7E8791"),
    NO_FACE(Role.MARK, "#8A6D5B", "#B39C8C"),
    /** Outlines, events without a color of their own, the edge of a box. */
    EDGE(Role.MARK, "#6B7683", "#8B96A3"),
    /** The edge of what is to be minded. */
    ALERT(Role.MARK, "#B35900", "#F0A04B"),
    INK(Role.TEXT, "#222B36", "#E4E8ED"),
    /** Notes. */
    SOFT(Role.TEXT, "#4A5562", "#AEB7C2"),
    PAPER(Role.GROUND, "#FFFFFF", "#14181D"),
    PLOT(Role.GROUND, "#F4F6F8", "#1D232A"),
    /** Steps of a table of counts, from few to many; the counts stand on them. */
    HEAT_1(Role.GROUND, "#E0EDF5", "#17293A"),
    HEAT_2(Role.GROUND, "#C3DEEE", "#19374F"),
    HEAT_3(Role.GROUND, "#AAD0E8", "#1B4669"),
    /** Lines that divide and carry nothing. */
    RULE(Role.DECORATION, "#DDE2E8", "#39424D");

    /** What a color is for. */
    enum Role {
        MARK,
        TEXT,
        GROUND,
        DECORATION
    }

    /** Of groups of readings, which are numbered as well. */
    private static final List<Palette> CLUSTERS = List.of(SAD, HAPPY, DISGUST, FEAR, ANGRY, SURPRISE, UNCLEAR);

    private final Role role;
    private final String light;
    private final String dark;

    Palette(Role role, String light, String dark) {
        this.role = role;
        this.light = light;
        this.dark = dark;
    }

    Role role() {
        return role;
    }

    String light() {
        return light;
    }

    String dark() {
        return dark;
    }

    /** The class of a mark in this color, and its name in the style sheet. */
    String style() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The class of an expression's marks, or of "no clear expression". */
    static String style(Optional<Emotion> label) {
        return label.map(emotion -> valueOf(emotion.name())).orElse(UNCLEAR).style();
    }

    static String styleOfCluster(int cluster) {
        return CLUSTERS.get(cluster % CLUSTERS.size()).style();
    }

    /** The colors as a style sheet has them; paper is light. */
    static String css() {
        String marks = Arrays.stream(values())
                .filter(color -> color.role == Role.MARK)
                .map(color -> String.format(
                        Locale.ROOT, ".%1$s{fill:var(--%1$s);background-color:var(--%1$s)}", color.style()))
                .collect(Collectors.joining("\n"));
        return ":root{color-scheme:light dark;" + variables(false)
                + "}\n@media screen and (prefers-color-scheme:dark){:root{" + variables(true) + "}}\n" + marks + "\n";
    }

    private static String variables(boolean dark) {
        return Arrays.stream(values())
                .map(color -> "--" + color.style() + ":" + (dark ? color.dark : color.light))
                .collect(Collectors.joining(";"));
    }
}
