package org.emotion4j.ffmpeg;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * Packets that went to the decoder and whose pictures did not come yet. After damage some never come, and a decoder says
 * nothing of them. Not thread-safe.
 */
final class AwaitedPictures {
    private final Deque<Awaited> all = new ArrayDeque<>();

    /**
     * Takes note of a packet that goes to the decoder.
     *
     * @param packet its number
     * @param time when its picture is shown, or {@link DamageTracker#NO_TIME}: then it is not waited for
     */
    void add(long packet, long time) {
        if (time != DamageTracker.NO_TIME) {
            all.addLast(new Awaited(packet, time));
        }
    }

    /** The picture of a packet came. */
    void came(long packet) {
        all.removeIf(awaited -> awaited.packet == packet);
    }

    /** The picture of a packet cannot be decoded; where that is not known exactly, it is the first from there on. */
    void failed(long packet) {
        Iterator<Awaited> each = all.iterator();
        while (each.hasNext()) {
            if (each.next().packet >= packet) {
                each.remove();
                return;
            }
        }
    }

    /**
     * Finds a picture that should have come before another one. Those that come to nothing in a sound film (as packets
     * without a picture of their own do) are passed over.
     *
     * @param packet from which packet the other is
     * @param time when the other is shown, or {@link DamageTracker#NO_TIME}
     * @param damage what is damaged
     * @return its time, or {@link DamageTracker#NO_TIME} if none is missing; it is not found again
     */
    long missingBefore(long packet, long time, DamageTracker damage) {
        Iterator<Awaited> each = all.iterator();
        while (each.hasNext()) {
            Awaited awaited = each.next();
            if (awaited.packet < packet && (time == DamageTracker.NO_TIME || awaited.time < time)) {
                each.remove();
                if (!damage.isSound(awaited.packet, awaited.time)) {
                    return awaited.time;
                }
            }
        }
        return DamageTracker.NO_TIME;
    }

    void clear() {
        all.clear();
    }

    private record Awaited(long packet, long time) {}
}
