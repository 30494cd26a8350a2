package org.emotion4j.recording;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A timer whose time passes when a test says so. */
final class HandTurnedTimer implements ForceTimer {
    private record Task(Duration due, Runnable action) {}

    private final List<Task> tasks = new ArrayList<>();
    private Duration now = Duration.ZERO;

    @Override
    public void after(Duration delay, Runnable task) {
        tasks.add(new Task(now.plus(delay), task));
    }

    @Override
    public void close() {
        tasks.clear();
    }

    void pass(Duration time) {
        now = now.plus(time);
        for (Task task : List.copyOf(tasks)) {
            if (task.due.compareTo(now) <= 0) {
                tasks.remove(task);
                task.action.run();
            }
        }
    }
}
