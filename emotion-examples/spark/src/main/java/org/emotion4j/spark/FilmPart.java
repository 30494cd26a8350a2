package org.emotion4j.spark;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * A part of a long film. It is read from a margin before its own first time on, so that tracker, smoother and label have found what they
 * would have known by then; what the margin gives is compared with the part before and left out.
 *
 * @param item the film
 * @param sha256 of its content
 * @param index which part, from 0
 * @param fromNanos its own first media time
 * @param toNanos what it ends before
 * @param startNanos where reading begins
 */
record FilmPart(WorkItem item, String sha256, int index, long fromNanos, long toNanos, long startNanos)
        implements Serializable {
    /** How long two parts must agree before their border. */
    static final Duration AGREEMENT = Duration.ofSeconds(5);

    /** How long a part is read before anything of it counts, beside the smoother's window. */
    private static final Duration WARM_UP = Duration.ofSeconds(10);

    /** How much of a film is read twice at each border. */
    static Duration margin(ReadingSettings settings) {
        return WARM_UP.plus(settings.window()).plus(AGREEMENT);
    }

    /** Divides a film into parts of the same length, each about as long as is wanted. */
    static List<FilmPart> of(WorkItem item, String sha256, long lengthNanos, JobSettings settings) {
        long wanted =
                java.util.Objects.requireNonNull(settings.split(), "split").toNanos();
        int count = (int) Math.max(2, Math.round((double) lengthNanos / wanted));
        long length = lengthNanos / count;
        long margin = margin(settings.reading()).toNanos();
        List<FilmPart> parts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long from = i * length;
            // the container's length may be short of its last frame
            long to = i == count - 1 ? Duration.ofDays(9_999).toNanos() : from + length;
            parts.add(new FilmPart(item, sha256, i, from, to, Math.max(0, from - (i == 0 ? 0 : margin))));
        }
        return parts;
    }

    FilmAnalysis.Stretch stretch() {
        return new FilmAnalysis.Stretch(Duration.ofNanos(startNanos), Duration.ofNanos(toNanos));
    }

    /** A name for its record, which only a part with the same content, settings and times has. */
    String name(String fingerprint) {
        String all = item.path() + "\n" + sha256 + "\n" + fingerprint + "\n" + startNanos + "\n" + toNanos;
        byte[] hash = SessionIds.sha256().digest(all.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(hash, 0, 16);
    }
}
