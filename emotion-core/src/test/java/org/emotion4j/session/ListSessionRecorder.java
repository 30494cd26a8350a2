package org.emotion4j.session;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.emotion4j.reading.FrameResult;

/** A recorder for tests: keeps the results in memory, and fails where it is told to. */
public final class ListSessionRecorder implements SessionRecorder {
    private final List<FrameResult> results = new ArrayList<>();
    private final long failsAt;
    private int calls;
    private boolean closed;

    private ListSessionRecorder(long failsAt) {
        this.failsAt = failsAt;
    }

    /** Makes a recorder that does not fail. */
    public static ListSessionRecorder create() {
        return new ListSessionRecorder(-1);
    }

    /** Makes a recorder that fails at the frame of that index and would take all others. */
    public static ListSessionRecorder failingAt(long index) {
        return new ListSessionRecorder(index);
    }

    @Override
    public void record(FrameResult result) throws IOException {
        calls++;
        if (result.index() == failsAt) {
            throw new IOException("scripted: disk full");
        }
        results.add(result);
    }

    @Override
    public void close() {
        closed = true;
    }

    /** Returns what was recorded. */
    public List<FrameResult> results() {
        return List.copyOf(results);
    }

    /** Returns how often it was asked to record. */
    public int calls() {
        return calls;
    }

    /** Tells whether somebody closed this recorder. */
    public boolean isClosed() {
        return closed;
    }
}
