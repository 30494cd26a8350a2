package org.emotion4j.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.BorderLayout;
import java.awt.Component;
import java.util.Locale;
import javax.swing.JPanel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The switches of the overlays at the smallest width of the window. No display is needed to lay them out. */
final class WrappingRowTest {
    private final JPanel around = new JPanel(new BorderLayout());
    private final JPanel row = new JPanel(new WrappingRow(14, 6));

    @ParameterizedTest
    @CsvSource({"en, 240", "en, 420", "es, 420", "es, 900"})
    void nothingIsCutOffHoweverNarrowTheWindowIs(String language, int width) {
        fill(language);
        layOut(width);
        for (Component each : row.getComponents()) {
            assertThat(each.getX() + each.getWidth()).isLessThanOrEqualTo(width);
            assertThat(each.getY() + each.getHeight()).isLessThanOrEqualTo(row.getHeight());
        }
    }

    @Test
    void takesOneRowAgainWhereThereIsRoom() {
        fill("en");
        layOut(2_000);
        int one = row.getHeight();
        layOut(240);
        assertThat(row.getHeight()).isGreaterThan(one);
        layOut(2_000);
        assertThat(row.getHeight()).isEqualTo(one);
    }

    private void fill(String language) {
        Texts texts = Texts.of(Locale.forLanguageTag(language));
        for (Overlays.Kind kind : Overlays.Kind.values()) {
            row.add(Controls.checkBox(texts, kind.key(), kind.key()));
        }
        around.add(row, BorderLayout.NORTH);
    }

    private void layOut(int width) {
        around.setSize(width, 400);
        around.doLayout();
        row.doLayout();
    }
}
