package org.emotion4j.cli.io;

import java.io.PrintStream;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import java.util.Optional;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * A progress bar on standard error, with pictures a second and the time left, drawn only for somebody who sits at a
 * terminal and has to wait.
 */
public final class Progress implements AutoCloseable {
    /** Of a source whose end nobody knows: how much was done is still worth to be seen. */
    public static final long UNKNOWN = -1;

    private static final int WORTH_A_BAR = 20;
    private static final int WIDTH = 100;

    private final Optional<ProgressBar> bar;
    private final Object terminal;

    /** A bar goes back to the start of its line, which standard error's filter would write out. */
    private static volatile Optional<PrintStream> drawnOn = Optional.empty();

    public static void drawOn(PrintStream stream) {
        drawnOn = Optional.of(stream);
    }

    public static PrintStream terminal() {
        return drawnOn.orElse(System.err);
    }

    private Progress(Optional<ProgressBar> bar, Object terminal) {
        this.bar = bar;
        this.terminal = terminal;
    }

    /** Draws a bar where that is worth it; for commands that print nothing else meanwhile. */
    public static Progress of(String task, long total) {
        return total < WORTH_A_BAR && total != UNKNOWN ? silent() : drawn(task, total, "frames");
    }

    /** Draws a bar for several sessions, each of which may take seconds. */
    public static Progress ofSessions(String task, long total) {
        return total < 2 ? silent() : drawn(task, total, "sessions");
    }

    private static Progress drawn(String task, long total, String unit) {
        if (System.console() == null) {
            return silent();
        }
        Object terminal = new Object();
        ConsoleProgressBarConsumer standardError = new ConsoleProgressBarConsumer(terminal(), WIDTH);
        ProgressBar bar = new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(total)
                .setStyle(ProgressBarStyle.ASCII)
                .setUnit(" " + unit, 1)
                .showSpeed(new DecimalFormat("0.0", DecimalFormatSymbols.getInstance(Locale.ROOT)))
                .setConsumer(new DelegatingProgressBarConsumer(
                        line -> {
                            synchronized (terminal) {
                                standardError.accept(line);
                            }
                        },
                        WIDTH))
                .build();
        return new Progress(Optional.of(bar), terminal);
    }

    /** Draws nothing. */
    public static Progress silent() {
        return new Progress(Optional.empty(), new Object());
    }

    public boolean isDrawn() {
        return bar.isPresent();
    }

    /** Prints where the bar is, which comes again below. */
    public void above(Runnable print) {
        synchronized (terminal) {
            terminal().print("\r" + " ".repeat(WIDTH) + "\r");
            terminal().flush();
            print.run();
        }
    }

    public void step() {
        bar.ifPresent(ProgressBar::step);
    }

    @Override
    public void close() {
        if (bar.isPresent()) {
            bar.get().close();
            terminal().println();
        }
    }
}
