package org.emotion4j.window;

import java.awt.AWTEvent;
import java.awt.EventQueue;
import java.awt.Toolkit;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/**
 * Measures how long each event keeps the event thread: by the clock, and by what the event itself did, which is computing,
 * waiting for a lock or a condition, or reading and writing files. The second leaves out the time in which a busy machine
 * gave the processor, or the screen's server, to somebody else.
 */
final class EventThreadWatch extends EventQueue implements AutoCloseable {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final long limitNanos;
    private final List<Event> late = new CopyOnWriteArrayList<>();
    private final List<Double> own = new CopyOnWriteArrayList<>();
    private final List<Double> wall = new CopyOnWriteArrayList<>();
    private final Thread sampler = new Thread(this::sample, "event-thread-sampler");
    private volatile long runningSince;
    private volatile Thread eventThread = Thread.currentThread();
    private volatile String sampled = "";

    /**
     * An event that took long.
     *
     * @param name what it was
     * @param wallMillis by the clock
     * @param ownMillis computing or waiting
     * @param stack where it was found when the limit was over; empty where it had just ended
     */
    record Event(String name, double wallMillis, double ownMillis, String stack) {
        /** Whether it was found at a file or a socket that is not the screen's. */
        boolean isAtFile() {
            return Stream.of(
                            "java.io.File",
                            "java.nio.file",
                            "sun.nio.ch.File",
                            "sun.nio.fs",
                            "java.util.zip",
                            "java.net.")
                    .anyMatch(stack::contains);
        }
    }

    private EventThreadWatch(long limitMillis) {
        this.limitNanos = limitMillis * 1_000_000;
    }

    /** Watches from now on. */
    static EventThreadWatch begin(long limitMillis) {
        EventThreadWatch watch = new EventThreadWatch(limitMillis);
        THREADS.setThreadContentionMonitoringEnabled(true);
        Toolkit.getDefaultToolkit().getSystemEventQueue().push(watch);
        watch.sampler.setDaemon(true);
        watch.sampler.start();
        return watch;
    }

    @Override
    protected void dispatchEvent(AWTEvent event) {
        eventThread = Thread.currentThread();
        sampled = "";
        long waitedBefore = waitedMillis();
        long cpuBefore = THREADS.getCurrentThreadCpuTime();
        long start = System.nanoTime();
        runningSince = start;
        super.dispatchEvent(event);
        runningSince = 0;
        double wallMillis = (System.nanoTime() - start) / 1e6;
        double ownMillis = (THREADS.getCurrentThreadCpuTime() - cpuBefore) / 1e6 + waitedMillis() - waitedBefore;
        wall.add(wallMillis);
        own.add(ownMillis);
        if (wallMillis * 1e6 > limitNanos) {
            late.add(new Event(event.toString(), wallMillis, ownMillis, sampled));
        }
    }

    private static long waitedMillis() {
        ThreadInfo info = THREADS.getThreadInfo(Thread.currentThread().getId());
        return info == null ? 0 : info.getBlockedTime() + info.getWaitedTime();
    }

    private void sample() {
        while (!Thread.currentThread().isInterrupted()) {
            long since = runningSince;
            if (since != 0 && System.nanoTime() - since > limitNanos && sampled.isEmpty()) {
                StringBuilder stack = new StringBuilder();
                for (StackTraceElement element : eventThread.getStackTrace()) {
                    stack.append(element).append('\n');
                }
                sampled = stack.toString();
            }
            try {
                Thread.sleep(5);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** Events that kept the thread for longer than the limit by what they did themselves. */
    List<Event> blocked() {
        return late.stream()
                .filter(event -> event.ownMillis() * 1e6 > limitNanos || event.isAtFile())
                .toList();
    }

    int events() {
        return own.size();
    }

    /** What was measured, in a line. */
    String summary() {
        return "%d events; longest %.1f ms by the clock, %.1f ms of its own; 99 of 100 below %.1f and %.1f ms"
                .formatted(events(), share(wall, 1), share(own, 1), share(wall, 0.99), share(own, 0.99));
    }

    private static double share(List<Double> values, double share) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get((int) Math.min(sorted.size() - 1L, Math.round(share * sorted.size())));
    }

    @Override
    public void close() {
        sampler.interrupt();
        pop();
    }
}
