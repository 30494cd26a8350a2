package org.emotion4j.cli.models;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.emotion4j.cli.io.Progress;
import org.emotion4j.djl.training.EpochReport;
import org.emotion4j.djl.training.TrainingListener;

/** One line per epoch and, for somebody who sits at a terminal, a bar over all epochs, both on standard error. */
final class TrainingProgress implements TrainingListener, AutoCloseable {
    private static final int WIDTH = 110;
    private static final int UPDATE_MILLIS = 500;

    private final PrintWriter err;
    private final int epochs;
    private final Optional<ProgressBar> bar;
    private int first;

    TrainingProgress(PrintWriter err, int epochs) {
        this.err = err;
        this.epochs = epochs;
        this.bar = System.console() == null ? Optional.empty() : Optional.of(bar());
    }

    private static ProgressBar bar() {
        return new ProgressBarBuilder()
                .setTaskName("train")
                .setUnit(" pictures", 1)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(UPDATE_MILLIS)
                .setConsumer(new ConsoleProgressBarConsumer(Progress.terminal(), WIDTH))
                .showSpeed()
                .build();
    }

    @Override
    public void onStep(int epoch, int done, int total, double loss) {
        first = first == 0 ? epoch : first;
        bar.ifPresent(shown -> {
            shown.maxHint((long) total * (epochs - first + 1));
            shown.stepTo((long) total * (epoch - first) + done);
            shown.setExtraMessage(String.format(Locale.ROOT, " epoch %d, loss %.3f", epoch, loss));
        });
    }

    @Override
    public void onEpoch(EpochReport report) {
        bar.ifPresent(shown -> err.println());
        if (report.epoch() == 0) {
            err.printf(
                    Locale.ROOT,
                    "before: validation loss %.4f, validation accuracy %.4f%n",
                    report.validationLoss(),
                    report.validationAccuracy());
            err.flush();
            return;
        }
        err.printf(
                Locale.ROOT,
                "epoch %d: loss %.4f, validation loss %.4f, validation accuracy %.4f%s, %.1f s%n",
                report.epoch(),
                report.trainingLoss(),
                report.validationLoss(),
                report.validationAccuracy(),
                report.best() ? " (best)" : "",
                report.seconds());
        err.flush();
    }

    @Override
    public void close() {
        bar.ifPresent(ProgressBar::close);
    }
}
