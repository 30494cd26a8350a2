package org.emotion4j.benchmarks;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.emotion4j.event.FacialEvent;

/**
 * Compares events that were found with those that there were: each is paired with at most one of the same name, the best overlap
 * (intersection over union of their times) first.
 */
final class EventMatches {
    /** Figures of one name. */
    static final class Figures {
        private int there;
        private int found;
        private int matched;
        private final List<Double> onsetErrors = new ArrayList<>();

        double f1() {
            return there + found == 0 ? 1 : 2.0 * matched / (there + found);
        }

        double medianOnsetError() {
            List<Double> sorted = onsetErrors.stream().sorted().toList();
            return sorted.isEmpty() ? Double.NaN : sorted.get(sorted.size() / 2);
        }

        double meanOnsetError() {
            return onsetErrors.stream().mapToDouble(each -> each).average().orElse(Double.NaN);
        }

        int there() {
            return there;
        }

        void add(Figures other) {
            there += other.there;
            found += other.found;
            matched += other.matched;
            onsetErrors.addAll(other.onsetErrors);
        }
    }

    private record Pair(MorphClip.Truth truth, FacialEvent event, double overlap) {}

    private final double leastOverlap;
    private final Map<String, Figures> byName = new TreeMap<>();

    EventMatches(double leastOverlap) {
        this.leastOverlap = leastOverlap;
    }

    /**
     * Adds a film.
     *
     * @param truths what there was
     * @param events what was found; those of other kinds and names count too
     */
    void add(List<MorphClip.Truth> truths, List<FacialEvent> events) {
        truths.forEach(truth -> figures(truth.kind(), truth.name()).there++);
        events.forEach(event -> figures(event.kind(), event.name()).found++);
        List<Pair> pairs = new ArrayList<>();
        for (MorphClip.Truth truth : truths) {
            for (FacialEvent event : events) {
                if (event.kind() == truth.kind() && event.name().equals(truth.name())) {
                    pairs.add(new Pair(truth, event, overlap(truth, event)));
                }
            }
        }
        pairs.sort(Comparator.comparingDouble((Pair pair) -> -pair.overlap));
        List<Object> taken = new ArrayList<>();
        for (Pair pair : pairs) {
            boolean free = taken.stream().noneMatch(each -> each == pair.truth || each == pair.event);
            if (free && pair.overlap >= leastOverlap) {
                taken.add(pair.truth);
                taken.add(pair.event);
                Figures figures = figures(pair.truth.kind(), pair.truth.name());
                figures.matched++;
                figures.onsetErrors.add(Math.abs(pair.event.onsetNanos() / 1e9 - pair.truth.onset()));
            }
        }
    }

    /** All of one kind together. */
    Figures of(FacialEvent.Kind kind) {
        Figures sum = new Figures();
        byName.forEach((name, figures) -> {
            if (name.startsWith(kind.code() + " ")) {
                sum.add(figures);
            }
        });
        return sum;
    }

    /** Names that there were, with their figures, one a line, and a line a kind. */
    void print() {
        System.out.println("kind and name            there  found  right     F1   onset error: median, mean");
        byName.forEach(EventMatches::print);
        for (FacialEvent.Kind kind : FacialEvent.Kind.values()) {
            Figures sum = of(kind);
            if (sum.there > 0) {
                print("all " + kind.code() + "s", sum);
            }
        }
    }

    private static void print(String name, Figures figures) {
        System.out.println(String.format(
                Locale.ROOT,
                "%-24s %5d  %5d  %5d  %5.2f   %6.0f ms  %6.0f ms",
                name,
                figures.there,
                figures.found,
                figures.matched,
                figures.f1(),
                1000 * figures.medianOnsetError(),
                1000 * figures.meanOnsetError()));
    }

    private Figures figures(FacialEvent.Kind kind, String name) {
        return byName.computeIfAbsent(kind.code() + " " + name, key -> new Figures());
    }

    private static double overlap(MorphClip.Truth truth, FacialEvent event) {
        double onset = event.onsetNanos() / 1e9;
        double offset = event.offsetNanos() / 1e9;
        double both = Math.min(offset, truth.offset()) - Math.max(onset, truth.onset());
        double either = Math.max(offset, truth.offset()) - Math.min(onset, truth.onset());
        return both <= 0 || either <= 0 ? 0 : both / either;
    }
}
