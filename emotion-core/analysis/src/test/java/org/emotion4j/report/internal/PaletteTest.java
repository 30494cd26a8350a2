package org.emotion4j.report.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Contrast as the Web Content Accessibility Guidelines 2.1 define it, and what their success criteria 1.4.3 and 1.4.11 ask for. */
class PaletteTest {
    @Test
    void theFormulaIsTheGuidelines() {
        assertThat(contrast("#000000", "#FFFFFF")).isCloseTo(21, within(1e-9));
        assertThat(contrast("#777777", "#FFFFFF")).isCloseTo(4.48, within(0.005));
        assertThat(contrast("#FFFFFF", "#FFFFFF")).isCloseTo(1, within(1e-9));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void everyMarkStandsOutFromWhatItIsDrawnOn(boolean dark) {
        assertThat(tooPale(Palette.Role.MARK, List.of(Palette.PAPER, Palette.PLOT), 3, dark))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void everyTextCanBeReadOnEveryGround(boolean dark) {
        assertThat(tooPale(Palette.Role.TEXT, grounds(), 4.5, dark)).isEmpty();
    }

    /** A color that the style sheet has for itself would be measured by nobody. */
    @Test
    void theStyleSheetHasNoColorOfItsOwnAndNothingIsTransparent() {
        String sheet = Style.css().substring(Palette.css().length());
        assertThat(sheet).doesNotContainPattern("#[0-9a-fA-F]{3,8}\\b|rgba?\\(|hsla?\\(|opacity");
        Matcher variables = Pattern.compile("var\\(--([a-z0-9-]+)\\)").matcher(sheet);
        List<String> known = Arrays.stream(Palette.values()).map(Palette::style).toList();
        while (variables.find()) {
            assertThat(known).contains(variables.group(1));
        }
    }

    @Test
    void theExpressionsHaveDifferentColors() {
        for (Function<Palette, String> theme : List.<Function<Palette, String>>of(Palette::light, Palette::dark)) {
            assertThat(Arrays.stream(Palette.values()).map(theme)).doesNotHaveDuplicates();
        }
    }

    private static List<Palette> grounds() {
        return Arrays.stream(Palette.values())
                .filter(color -> color.role() == Palette.Role.GROUND)
                .toList();
    }

    private static List<String> tooPale(Palette.Role role, List<Palette> grounds, double least, boolean dark) {
        List<String> found = new ArrayList<>();
        for (Palette color : Palette.values()) {
            for (Palette ground : grounds) {
                double contrast =
                        dark ? contrast(color.dark(), ground.dark()) : contrast(color.light(), ground.light());
                if (color.role() == role && contrast < least) {
                    found.add(color + " on " + ground + ": " + contrast);
                }
            }
        }
        return found;
    }

    private static double contrast(String one, String other) {
        double first = luminance(one);
        double second = luminance(other);
        return (Math.max(first, second) + 0.05) / (Math.min(first, second) + 0.05);
    }

    private static double luminance(String color) {
        double[] linear = new double[3];
        for (int i = 0; i < linear.length; i++) {
            double value = Integer.parseInt(color.substring(1 + 2 * i, 3 + 2 * i), 16) / 255.0;
            linear[i] = value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
        }
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
    }
}
