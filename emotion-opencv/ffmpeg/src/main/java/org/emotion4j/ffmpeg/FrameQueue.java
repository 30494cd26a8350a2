package org.emotion4j.ffmpeg;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * Decoded pictures that wait for those that come before them in the file and after them on the screen: what a picture is
 * made from may be such a one, and its damage shows only when it is there. Where the file's order is the screen's, nothing
 * waits. Not thread-safe.
 */
final class FrameQueue implements AutoCloseable {
    /** Packets whose pictures are looked after; a power of two. */
    private static final int WINDOW = 64;

    /** Pictures between two in a row of the file; no codec here allows more. */
    private static final int MOST_WAITING = 16;

    private final Deque<Entry> waiting = new ArrayDeque<>();
    private final List<AVFrame> spares = new ArrayList<>();
    private final boolean[] expected = new boolean[WINDOW];
    private final boolean[] references = new boolean[WINDOW];
    private final boolean[] broken = new boolean[WINDOW];

    private AVFrame current = avutil.av_frame_alloc();
    private long lastExpected;
    private long settledBefore = 1;

    /** Takes note of a packet that goes to the decoder. */
    void expect(long packet, boolean isReference, boolean isBroken) {
        expected[index(packet)] = true;
        references[index(packet)] = isReference;
        broken[index(packet)] = isBroken;
        lastExpected = packet;
    }

    /** Whether other pictures may be made from that of a packet. */
    boolean isReference(long packet) {
        return packet <= lastExpected - WINDOW || references[index(packet)];
    }

    /** A frame to decode into. */
    AVFrame spare() {
        if (spares.isEmpty()) {
            spares.add(avutil.av_frame_alloc());
        }
        return spares.get(spares.size() - 1);
    }

    /** Takes the frame that {@link #spare} gave. */
    void add(long packet, boolean damaged) {
        AVFrame frame = spares.remove(spares.size() - 1);
        expected[index(packet)] = false;
        waiting.addLast(new Entry(frame, packet, damaged || broken[index(packet)]));
    }

    /**
     * Tells whether the first picture that waits need wait no more.
     *
     * @param inOrder whether the file's order is the screen's, or nothing comes any more
     */
    boolean isNextKnown(boolean inOrder) {
        Entry first = waiting.peekFirst();
        if (first == null) {
            return false;
        }
        if (inOrder || waiting.size() > MOST_WAITING) {
            // Some packets have no picture of their own: they are not waited for any longer.
            settledBefore = Math.max(settledBefore, first.packet);
            return true;
        }
        long from = Math.max(settledBefore, lastExpected - WINDOW + 1);
        for (long packet = from; packet < first.packet; packet++) {
            if (expected[index(packet)]) {
                return false;
            }
        }
        settledBefore = Math.max(settledBefore, first.packet);
        return true;
    }

    /** The first picture that waits, which goes on waiting. */
    Entry first() {
        return waiting.getFirst();
    }

    /** The first picture that waits; its frame is {@link #current} until the next call. */
    Entry next() {
        Entry entry = waiting.removeFirst();
        avutil.av_frame_unref(current);
        spares.add(current);
        current = entry.frame;
        return entry;
    }

    AVFrame current() {
        return current;
    }

    void clear() {
        for (Entry entry : waiting) {
            avutil.av_frame_unref(entry.frame);
            spares.add(entry.frame);
        }
        waiting.clear();
        settledBefore = lastExpected + 1;
    }

    @Override
    public void close() {
        clear();
        spares.forEach(avutil::av_frame_free);
        spares.clear();
        avutil.av_frame_free(current);
    }

    private static int index(long packet) {
        return (int) (packet & WINDOW - 1);
    }

    /**
     * A decoded picture.
     *
     * @param packet from which packet it is
     * @param isDamaged whether it is damaged itself
     */
    record Entry(AVFrame frame, long packet, boolean isDamaged) {}
}
