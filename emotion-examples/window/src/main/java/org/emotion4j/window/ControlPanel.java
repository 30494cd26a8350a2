package org.emotion4j.window;

import java.awt.BorderLayout;
import java.awt.GridLayout;
import java.util.ArrayList;
import java.util.List;
import javax.swing.JButton;
import javax.swing.JPanel;
import javax.swing.JTextArea;
import javax.swing.JTextField;
import org.emotion4j.pipeline.EmotionSession;

/** Start, pause, stop, and marks. */
@SuppressWarnings("serial") // components are never serialized
final class ControlPanel extends Column {
    private final Texts texts;
    private final SessionPresenter presenter;
    private final JButton start;
    private final JButton pause;
    private final JButton stop;
    private final JButton mark;
    private final JTextField marker = new JTextField(8);
    private final JTextArea presets = Controls.note("");

    ControlPanel(Texts texts, SessionPresenter presenter) {
        this.texts = texts;
        this.presenter = presenter;
        start = Controls.button(texts, "control.start", "start", this::startOrAgain);
        pause = Controls.button(texts, "control.pause", "pause", presenter::pauseOrResume);
        stop = Controls.button(texts, "control.stop", "stop", presenter::stop);
        mark = Controls.button(texts, "control.mark", "mark", this::mark);
        Controls.primary(start);
        start.setIcon(Icons.START);
        pause.setIcon(Icons.PAUSE);
        stop.setIcon(Icons.STOP);
        mark.setIcon(Icons.MARK);
        JPanel buttons = new JPanel(new GridLayout(1, 2, 6, 0));
        buttons.setOpaque(false);
        buttons.add(pause);
        buttons.add(stop);
        row(start, 0);
        row(buttons, 6);
        JPanel marking = beside(marker, mark);
        marking.add(Controls.labelFor(texts, "control.marker", marker, "marker"), BorderLayout.WEST);
        row(marking, 8);
        presets.setName("presets");
        presets.setVisible(false);
        row(presets, 4);
        marker.addActionListener(e -> mark());
    }

    /** Begins a session, or makes ready for another one. */
    void startOrAgain() {
        if (presenter.state().phase().hasEnded()) {
            presenter.again();
        } else {
            presenter.start();
        }
    }

    /** Marks this moment with the text that was typed, or with a number. */
    void mark() {
        String text = marker.getText().strip();
        if (text.isEmpty()) {
            text = texts.get(
                    "control.mark.default",
                    Integer.toString(presenter.view().markers().size() + 1));
        }
        presenter.mark(text.substring(0, Math.min(text.length(), EmotionSession.MAX_MARK_LENGTH)));
        marker.setText("");
    }

    void show(Presentation state) {
        Phase phase = state.phase();
        boolean again = phase.hasEnded();
        Controls.label(start, texts, again ? "control.again" : "control.start");
        start.setEnabled(again ? state.source().isPresent() : phase == Phase.READY);
        Controls.label(pause, texts, phase == Phase.PAUSED ? "control.resume" : "control.pause");
        pause.setIcon(phase == Phase.PAUSED ? Icons.START : Icons.PAUSE);
        pause.setEnabled(phase.isGoingOn());
        stop.setEnabled(phase.isGoingOn());
        mark.setEnabled(phase.isGoingOn());
        show(presenter.presets());
        marker.setEnabled(phase.isGoingOn());
    }

    /** Which key sets which marker. */
    private void show(MarkerPresets keys) {
        List<String> entries = new ArrayList<>();
        for (int key = 1; key <= keys.texts().size(); key++) {
            entries.add(texts.get(
                    "control.preset", Integer.toString(key), keys.texts().get(key - 1)));
        }
        String line = String.join("   ", entries);
        if (!line.equals(presets.getText())) {
            presets.setText(line);
            presets.setVisible(!entries.isEmpty());
            revalidate();
        }
    }
}
