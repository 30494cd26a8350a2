package org.emotion4j.examples;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import java.util.Optional;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * A progress bar on standard error, with pictures a second and the time left, drawn only for somebody who sits at a
 * terminal and has to wait.
 */
final class Progress implements AutoCloseable {
    /** Of a source whose end nobody knows: how much was done is still worth to be seen. */
    static final long UNKNOWN = -1;

    private static final int WORTH_A_BAR = 20;
    private static final int WIDTH = 100;

    private final Optional<ProgressBar> bar;

    private Progress(Optional<ProgressBar> bar) {
        this.bar = bar;
    }

    /** Draws a bar where that is worth it; for commands that print nothing else meanwhile. */
    static Progress of(String task, long total) {
        if ((total < WORTH_A_BAR && total != UNKNOWN) || System.console() == null) {
            return silent();
        }
        return new Progress(Optional.of(new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(total)
                .setStyle(ProgressBarStyle.ASCII)
                .setUnit(" frames", 1)
                .showSpeed(new DecimalFormat("0.0", DecimalFormatSymbols.getInstance(Locale.ROOT)))
                .setConsumer(new ConsoleProgressBarConsumer(System.err, WIDTH))
                .build()));
    }

    /** Draws nothing. */
    static Progress silent() {
        return new Progress(Optional.empty());
    }

    void step() {
        bar.ifPresent(ProgressBar::step);
    }

    @Override
    public void close() {
        bar.ifPresent(ProgressBar::close);
    }
}
