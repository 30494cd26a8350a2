package org.emotion4j.pipeline;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.emotion4j.reading.FrameResult;
import org.emotion4j.session.SessionRecorder;

/** Keeps the record in memory, and may run out of space. */
final class MemoryRecorder implements SessionRecorder {
    final List<FrameResult> results = new CopyOnWriteArrayList<>();
    final BlockingQueue<String> marks = new LinkedBlockingQueue<>();
    private final long space;
    private volatile boolean closed;

    MemoryRecorder() {
        this(Long.MAX_VALUE);
    }

    MemoryRecorder(long space) {
        this.space = space;
    }

    @Override
    public void record(FrameResult result) throws IOException {
        if (results.size() >= space) {
            throw new IOException("No space left on device");
        }
        results.add(result);
    }

    @Override
    public void mark(long mediaNanos, String text) {
        marks.add(TimeUnit.NANOSECONDS.toMillis(mediaNanos) + " " + text);
    }

    @Override
    public void close() {
        closed = true;
    }

    boolean isClosed() {
        return closed;
    }

    List<Long> indices() {
        return results.stream().map(FrameResult::index).toList();
    }

    String awaitMark() throws InterruptedException {
        String mark = marks.poll(2, TimeUnit.MINUTES);
        if (mark == null) {
            throw new AssertionError("no mark came");
        }
        return mark;
    }
}
