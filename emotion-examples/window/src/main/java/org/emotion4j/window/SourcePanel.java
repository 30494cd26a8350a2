package org.emotion4j.window;

import java.awt.GridLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.swing.DefaultComboBoxModel;
import javax.swing.JButton;
import javax.swing.JComboBox;
import javax.swing.JPanel;
import org.emotion4j.spi.StageProvider;
import org.emotion4j.spi.Stages;

/** Which source, which detector, which model. */
@SuppressWarnings("serial") // components are never serialized
final class SourcePanel extends Column {
    private final Texts texts;
    private final SessionPresenter presenter;
    private final JComboBox<Object> sources = new JComboBox<>();
    private final JComboBox<String> detectors = new JComboBox<>(names(Stages.detectors()));
    private final JComboBox<String> classifiers = new JComboBox<>(names(Stages.classifiers()));
    private final JButton file;
    private final JButton folder;
    private List<Object> offered = List.of();
    private boolean updating;

    SourcePanel(
            Texts texts, SessionPresenter presenter, Sections sections, Runnable chooseFile, Runnable chooseFolder) {
        this.texts = texts;
        this.presenter = presenter;
        this.file = Controls.button(texts, "source.open", "openFile", chooseFile);
        this.folder = Controls.button(texts, "source.folder", "openFolder", chooseFolder);
        row(Controls.heading(Controls.labelFor(texts, "source.title", sources, "sources")), 0);
        row(sources, 4);
        JPanel buttons = new JPanel(new GridLayout(1, 2, 6, 0));
        buttons.setOpaque(false);
        buttons.add(file);
        buttons.add(folder);
        row(buttons, 6);
        StageNames.in(detectors, texts);
        StageNames.in(classifiers, texts);
        Column analysis = new Column();
        analysis.pair(Controls.labelFor(texts, "analysis.detector", detectors, "detectors"), detectors, 4);
        analysis.pair(Controls.labelFor(texts, "analysis.classifier", classifiers, "classifiers"), classifiers, 4);
        row(new Disclosure(texts, "analysis.title", sections, Sections.Kind.ANALYSIS, List.of(analysis)), 10);
        row(analysis, 0);
        sources.addActionListener(e -> {
            if (!updating && sources.getSelectedItem() instanceof SourceChoice choice) {
                presenter.open(choice);
            }
        });
        detectors.addActionListener(e -> stagesChosen());
        classifiers.addActionListener(e -> stagesChosen());
    }

    /** Those that need no model file of the user's own. */
    private static String[] names(List<? extends StageProvider<?>> providers) {
        return providers.stream()
                .filter(provider -> provider.priority() >= 0)
                .map(StageProvider::name)
                .toArray(String[]::new);
    }

    private void stagesChosen() {
        if (!updating
                && detectors.getSelectedItem() instanceof String detector
                && classifiers.getSelectedItem() instanceof String classifier) {
            presenter.fill(presenter.state().form().withStages(detector, classifier));
        }
    }

    void show(Presentation state) {
        updating = true;
        List<Object> choices = choices(state);
        if (!choices.equals(offered)) {
            offered = choices;
            sources.setModel(new DefaultComboBoxModel<>(choices.toArray()));
        }
        Object selected = state.source().<Object>map(source -> source).orElse(choices.get(0));
        if (!selected.equals(sources.getSelectedItem())) {
            sources.setSelectedItem(selected);
        }
        select(detectors, state.form().detector());
        detectors.setToolTipText(StageNames.of(state.form().detector(), texts) + " ("
                + state.form().detector() + ")");
        classifiers.setToolTipText(StageNames.of(state.form().classifier(), texts) + " ("
                + state.form().classifier() + ")");
        select(classifiers, state.form().classifier());
        boolean free = state.phase().canOpen();
        sources.setEnabled(free);
        file.setEnabled(free);
        folder.setEnabled(free);
        detectors.setEnabled(free);
        classifiers.setEnabled(free);
        updating = false;
    }

    private static void select(JComboBox<String> box, String name) {
        if (!name.equals(box.getSelectedItem())) {
            ((DefaultComboBoxModel<String>) box.getModel()).setSelectedItem(name);
        }
    }

    private List<Object> choices(Presentation state) {
        List<Object> choices = new ArrayList<>();
        Optional<SourceChoice> chosen = state.source();
        if (chosen.isEmpty()) {
            choices.add(texts.get(state.cameras().isEmpty() ? "source.noCamera" : "source.none"));
        }
        state.cameras().forEach(camera -> choices.add(SourceChoice.of(camera)));
        chosen.filter(choice -> !choices.contains(choice)).ifPresent(choices::add);
        return choices;
    }
}
