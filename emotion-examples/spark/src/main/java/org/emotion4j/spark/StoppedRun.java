package org.emotion4j.spark;

import java.io.IOException;
import java.util.function.Consumer;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.util.ShutdownHookManager;

/**
 * What is left to do where somebody stops a run (Ctrl-C): say what is kept, and that no input is to blame.
 *
 * @param marks of the inputs that are being read
 * @param told is given the line for people
 */
record StoppedRun(DeathMarks marks, Consumer<String> told) implements AutoCloseable, Runnable {
    /** Watches until it is closed. */
    static StoppedRun watch(DeathMarks marks, Consumer<String> told) {
        StoppedRun run = new StoppedRun(marks, told);
        // After Spark's own, which ends the tasks, and before file systems are closed.
        ShutdownHookManager.get().addShutdownHook(run, FileSystem.SHUTDOWN_HOOK_PRIORITY + 1);
        return run;
    }

    @Override
    public void run() {
        String left = "";
        try {
            marks.forget();
        } catch (IOException e) {
            left = "; " + Reasons.of(e);
        }
        told.accept("archive: was stopped; what it has read is kept, and the same command goes on from there" + left);
    }

    @Override
    public void close() {
        if (!ShutdownHookManager.get().isShutdownInProgress()) {
            ShutdownHookManager.get().removeShutdownHook(this);
        }
    }
}
