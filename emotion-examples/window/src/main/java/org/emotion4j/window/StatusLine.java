package org.emotion4j.window;

import java.awt.Color;
import java.awt.Component;
import java.awt.Dimension;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.Insets;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import javax.swing.BorderFactory;
import javax.swing.Box;
import javax.swing.BoxLayout;
import javax.swing.Icon;
import javax.swing.JButton;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JProgressBar;
import javax.swing.SwingConstants;
import org.emotion4j.pipeline.LatencySummary;
import org.emotion4j.pipeline.PipelineStep;
import org.emotion4j.pipeline.SessionMetrics;

/** The line below: the phase, whether something is stored, and how fast it goes. */
@SuppressWarnings("serial") // components are never serialized
final class StatusLine extends JPanel {
    private static final double SMOOTHING = 0.4;
    private static final int PROGRESS_WIDTH = 90;
    private static final Duration SOON = Duration.ofSeconds(1);

    private final Texts texts;
    private final JButton showFolder;
    private final JButton erase;
    private final JLabel phase = new JLabel(" ");
    private final JLabel recording = new JLabel(" ");
    private final JLabel rates = new SteadyLabel();
    private final JLabel latency = new SteadyLabel();
    private final JLabel dropped = new SteadyLabel();
    private final JProgressBar progress = new JProgressBar();
    private long lastAt;
    private long lastShown;
    private long lastProcessed;
    private double shownRate;
    private double processedRate;

    StatusLine(Texts texts, SessionPresenter presenter) {
        this.texts = texts;
        showFolder = Controls.button(texts, "status.showFolder", "showFolder", presenter.afterwards()::showFolder);
        erase = Controls.button(texts, "status.erase", "erase", presenter.afterwards()::erase);
        setLayout(new BoxLayout(this, BoxLayout.X_AXIS));
        setBorder(BorderFactory.createCompoundBorder(
                BorderFactory.createMatteBorder(1, 0, 0, 0, Palette.line()),
                BorderFactory.createEmptyBorder(5, 14, 5, 14)));
        name(recording, "recording");
        name(phase, "phase");
        name(rates, "rates");
        name(latency, "latency");
        name(dropped, "dropped");
        add(recording);
        for (JButton button : List.of(showFolder, erase)) {
            button.setMargin(new Insets(0, 6, 0, 6));
            button.setVisible(false);
            add(Box.createHorizontalStrut(8));
            add(button);
        }
        recording.setMinimumSize(new Dimension(0, 0));
        add(Box.createHorizontalStrut(22));
        add(phase);
        add(Box.createHorizontalStrut(12));
        progress.setName("progress");
        progress.setMaximumSize(new Dimension(PROGRESS_WIDTH, 8));
        progress.setPreferredSize(new Dimension(PROGRESS_WIDTH, 8));
        Controls.describe(progress, texts.get("empty.progress"));
        progress.setVisible(false);
        add(progress);
        add(Box.createHorizontalGlue());
        add(rates);
        add(Box.createHorizontalStrut(22));
        add(latency);
        add(Box.createHorizontalStrut(22));
        add(dropped);
    }

    private static void name(JLabel label, String name) {
        label.setName(name);
    }

    void show(Presentation state) {
        phase.setText(texts.get("status." + state.phase().name().toLowerCase(Locale.ROOT)));
        Optional<Presentation.Stored> stored = state.phase().hasEnded() ? state.stored() : Optional.empty();
        showFolder.setVisible(stored.isPresent());
        erase.setVisible(stored.isPresent());
        recording.setToolTipText(
                stored.map(record -> record.folder().toString()).orElse(null));
        if (stored.isPresent()) {
            boolean whole = state.recording() != Presentation.Recording.FAILED;
            recording.setIcon(null);
            recording.setText(texts.get(
                    whole ? "status.stored" : "status.storedPart",
                    stored.get().until(),
                    stored.get().folder()));
            return;
        }
        switch (state.recording()) {
            case OFF -> recording(Dot.NONE, "status.notRecording");
            case ON -> {
                boolean paused = state.phase() == Phase.PAUSED;
                recording(paused ? Dot.HOLLOW : Dot.FULL, paused ? "status.recordingPaused" : "status.recording");
            }
            case FAILED -> recording(Dot.HOLLOW, "status.recordingFailed");
        }
    }

    private void recording(Dot dot, String key) {
        recording.setIcon(dot == Dot.NONE ? null : new RecordingDot(dot));
        recording.setText(texts.get(key));
    }

    /** Shows that something is being done once it takes longer than one waits without being told. */
    void busy(Optional<Duration> lasting) {
        boolean isLong = lasting.filter(each -> each.compareTo(SOON) > 0).isPresent();
        if (isLong != progress.isVisible()) {
            progress.setIndeterminate(isLong);
            progress.setVisible(isLong);
        }
    }

    /** Works the rates out since the last call; a few times a second is often enough. */
    void refresh(
            Optional<SessionMetrics> metrics,
            long shown,
            long mediaNanos,
            boolean goingOn,
            Optional<Duration> planned) {
        long now = System.nanoTime();
        double seconds = (now - lastAt) / 1e9;
        long processed = metrics.map(SessionMetrics::processed).orElse(0L);
        if (lastAt != 0 && seconds > 0) {
            shownRate = smoothed(shownRate, Math.max(0, shown - lastShown) / seconds);
            processedRate = smoothed(processedRate, Math.max(0, processed - lastProcessed) / seconds);
        }
        lastAt = now;
        lastShown = shown;
        lastProcessed = processed;
        if (metrics.isEmpty()) {
            set(rates, " ");
            set(latency, " ");
            set(dropped, " ");
            return;
        }
        LatencySummary times = metrics.get().latency(PipelineStep.LATENCY);
        String time = planned.map(
                        length -> texts.get("status.clock", Texts.clock(mediaNanos), Texts.clock(length.toNanos())))
                .orElse(Texts.clock(mediaNanos));
        String clock = goingOn ? time + "  ·  " : "";
        set(rates, clock + texts.get("status.rates", texts.number(shownRate), texts.number(processedRate)));
        set(latency, texts.get("status.latency", milliseconds(times.p50Nanos()), milliseconds(times.p95Nanos())));
        set(dropped, texts.get("status.dropped", metrics.get().dropped()));
    }

    private static double smoothed(double before, double now) {
        return before == 0 ? now : before + SMOOTHING * (now - before);
    }

    private static String milliseconds(long nanos) {
        return Long.toString(Math.round(nanos / 1e6));
    }

    private static void set(JLabel label, String text) {
        if (!Objects.equals(label.getText(), text)) {
            label.setText(text);
        }
    }

    /** As wide as the widest text that it had, so that figures that change do not push each other about. */
    private static final class SteadyLabel extends JLabel {
        private int widest;

        SteadyLabel() {
            super(" ", SwingConstants.TRAILING);
        }

        @Override
        public Dimension getPreferredSize() {
            Dimension size = super.getPreferredSize();
            widest = getText().isBlank() ? 0 : Math.max(widest, size.width);
            return new Dimension(Math.max(widest, size.width), size.height);
        }

        @Override
        public Dimension getMaximumSize() {
            return getPreferredSize();
        }
    }

    private enum Dot {
        NONE,
        HOLLOW,
        FULL
    }

    /** Red and full while readings are stored. */
    private record RecordingDot(Dot dot) implements Icon {
        private static final int SIDE = 12;

        @Override
        public void paintIcon(Component component, Graphics graphics, int x, int y) {
            Graphics2D pen = (Graphics2D) graphics.create();
            pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            pen.setColor(Palette.RECORDING);
            Ellipse2D circle = new Ellipse2D.Double(x + 0.5, y + 0.5, SIDE - 1.0, SIDE - 1.0);
            if (dot == Dot.FULL) {
                pen.fill(circle);
                pen.setColor(new Color(0x8C, 0x10, 0x10));
            }
            pen.draw(circle);
            pen.dispose();
        }

        @Override
        public int getIconWidth() {
            return SIDE;
        }

        @Override
        public int getIconHeight() {
            return SIDE;
        }
    }
}
