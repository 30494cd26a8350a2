package org.emotion4j.window;

import java.awt.BorderLayout;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.swing.JButton;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.JMenuItem;
import javax.swing.JPanel;
import javax.swing.JPopupMenu;
import org.jspecify.annotations.Nullable;

/** What is written and where: nothing, the record while it is made, and what can be made of it afterwards. */
@SuppressWarnings("serial") // components are never serialized
final class OutputPanel extends Column {
    private static final List<Duration> INTERVALS =
            List.of(Duration.ofSeconds(1), Duration.ofSeconds(10), Duration.ofMinutes(1));

    private final Texts texts;
    private final SessionPresenter presenter;
    private final JButton files = new JButton();
    private final JLabel what = new JLabel(" ");
    private final JLabel where = new JLabel(" ");

    OutputPanel(Texts texts, SessionPresenter presenter, Sections sections) {
        this.texts = texts;
        this.presenter = presenter;
        Controls.label(files, texts, "output.files");
        files.setName("output.files");
        files.setIcon(Icons.REPORT);
        files.addActionListener(e -> menu().show(files, 0, files.getHeight()));
        what.setName("output.what");
        where.setName("output.where");
        for (JLabel each : List.of(what, where)) {
            each.setFont(each.getFont().deriveFont(each.getFont().getSize2D() - 1));
            each.setForeground(Palette.quietInk());
        }
        JPanel heading = new JPanel(new BorderLayout(6, 0));
        heading.setOpaque(false);
        heading.add(
                new Disclosure(texts, "output.title", sections, Sections.Kind.OUTPUT, List.of(what, where)),
                BorderLayout.CENTER);
        heading.add(files, BorderLayout.EAST);
        row(heading, 0);
        row(what, 4);
        row(where, 0);
    }

    /** Made when it is opened, in the order in which it is used. */
    private JPopupMenu menu() {
        JPopupMenu menu = new JPopupMenu();
        menu.add(item("summary.report", presenter.afterwards()::openReport));
        menu.addSeparator();
        for (Duration interval : INTERVALS) {
            JMenuItem item = new JMenuItem(texts.get("output.table", interval.toSeconds()));
            item.setName("output.table." + interval.toSeconds());
            item.addActionListener(
                    e -> presenter.afterwards().write(session -> TimelineFiles.writeTable(session, interval)));
            menu.add(item);
        }
        menu.add(item(
                "output.picture",
                () -> presenter.afterwards().write(session -> TimelineFiles.writePicture(session, texts))));
        menu.addSeparator();
        menu.add(item("status.showFolder", presenter.afterwards()::showFolder));
        return menu;
    }

    private JMenuItem item(String key, Runnable action) {
        JMenuItem item = new JMenuItem();
        Controls.label(item, texts, key);
        item.setName("output." + key);
        item.addActionListener(e -> action.run());
        return item;
    }

    void show(Presentation state) {
        boolean recorded = state.phase().hasEnded() && state.stored().isPresent();
        files.setEnabled(recorded);
        Optional<Path> folder = state.stored().map(Presentation.Stored::folder);
        if (folder.isPresent()) {
            say(texts.get(recorded ? "output.written" : "output.writing"), folder.get());
        } else if (state.form().record()) {
            say(texts.get("output.planned"), presenter.sessions());
        } else {
            what.setText(texts.get("output.none"));
            where.setText(" ");
            tell(where, null);
        }
    }

    private void say(String text, Path folder) {
        what.setText(text);
        Path name = folder.getFileName();
        where.setText(texts.get("output.in", name == null ? folder.toString() : name.toString()));
        tell(where, folder.toString());
    }

    private static void tell(JComponent label, @Nullable String text) {
        label.setToolTipText(text);
    }
}
