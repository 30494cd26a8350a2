package org.emotion4j.ffmpeg;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Which pictures of a stream are to be trusted: after one that is lost or damaged, none until a key frame, because each
 * is made from those before it. Packets are counted in the order in which they are decoded; pictures come out in the order
 * in which they are shown, and say from which packet they are.
 *
 * <p>Pictures that follow a key frame in the file and come before it on the screen (the leading pictures of an open group)
 * are made from pictures before the key frame, too. Not thread-safe.
 */
final class DamageTracker {
    /** Stands for a time that a packet or a picture does not have. */
    static final long NO_TIME = Long.MIN_VALUE;

    /** Stretches that are kept: pictures come out at most some tens of packets late. */
    private static final int KEPT = 16;

    private final Deque<Stretch> stretches = new ArrayDeque<>();
    private long packets;
    private long keyPacket;
    private long keyTime = NO_TIME;

    /**
     * Counts a packet before it is decoded.
     *
     * @param key whether decoding can begin with it
     * @param time when its picture is shown, in any unit that goes on, or {@link #NO_TIME}
     * @return its number, from 1
     */
    long packet(boolean key, long time) {
        packets++;
        if (key) {
            keyPacket = packets;
            keyTime = time;
            Stretch last = stretches.peekLast();
            if (last != null && last.isOpen()) {
                last.endAt(packets, time);
            }
        }
        return packets;
    }

    /** Of the packet that was counted last. */
    long lastPacket() {
        return packets;
    }

    /**
     * Notes that the picture of a packet is lost or damaged, and with it all up to the next key frame.
     *
     * @param packet its number; that of the key frame itself if that is what is damaged
     */
    void damaged(long packet) {
        Stretch last = stretches.peekLast();
        if (last != null && last.isOpen()) {
            last.from = Math.min(last.from, packet);
            return;
        }
        Stretch fresh = new Stretch(packet);
        if (packet < keyPacket) {
            fresh.endAt(keyPacket, keyTime);
        }
        add(fresh);
    }

    /** Notes that the picture of a packet is damaged and that no other is made from it. */
    void damagedAlone(long packet) {
        if (isSound(packet, NO_TIME)) {
            Stretch alone = new Stretch(packet);
            alone.endAt(packet + 1, NO_TIME);
            Stretch last = stretches.peekLast();
            if (last != null && last.isOpen()) {
                // The open one stays last.
                stretches.removeLast();
                add(alone);
                add(last);
            } else {
                add(alone);
            }
        }
    }

    private void add(Stretch stretch) {
        if (stretches.size() == KEPT) {
            stretches.removeFirst();
        }
        stretches.addLast(stretch);
    }

    /**
     * Judges a picture.
     *
     * @param packet from which packet it is
     * @param time when it is shown, in the unit of {@link #packet}, or {@link #NO_TIME}
     * @return false if it is damaged or made from damaged ones
     */
    boolean isSound(long packet, long time) {
        for (Stretch stretch : stretches) {
            if (packet >= stretch.from && packet < stretch.to || stretch.isLeading(packet, time)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Tells whether there is damage between two pictures.
     *
     * @param packet from which packet the one is
     * @param later from which later packet the other is
     */
    boolean isBetween(long packet, long later) {
        return stretches.stream().anyMatch(stretch -> stretch.from > packet && stretch.from <= later);
    }

    /** Forgets all: what is decoded next does not depend on what was decoded before. */
    void reset() {
        stretches.clear();
        keyPacket = 0;
        keyTime = NO_TIME;
    }

    /** From the packet that is damaged to the key frame that is not. */
    private static final class Stretch {
        private long from;
        private long to = Long.MAX_VALUE;
        private long keyTime = NO_TIME;

        Stretch(long from) {
            this.from = from;
        }

        boolean isOpen() {
            return to == Long.MAX_VALUE;
        }

        void endAt(long packet, long time) {
            to = packet;
            keyTime = time;
        }

        boolean isLeading(long packet, long time) {
            return packet > to && keyTime != NO_TIME && time != NO_TIME && time < keyTime;
        }
    }
}
