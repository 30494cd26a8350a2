package org.emotion4j.pipeline;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;
import org.emotion4j.face.BoundingBox;
import org.emotion4j.reading.EmotionReading;
import org.emotion4j.reading.Subject;
import org.emotion4j.reading.SubjectRule;
import org.jspecify.annotations.Nullable;

/**
 * Says frame by frame whom a session is about, as {@link SubjectRule} describes. Confined to the analysis, except for
 * {@link #choose}, {@link #follow} and {@link #latest}, which any thread may call.
 */
final class SubjectFinder {
    /** For so long a face has to be there to bind, and another one to be somebody. */
    private static final long ESTABLISHED = Duration.ofSeconds(1).toNanos();

    /** In sides of the larger of two boxes, from middle to middle. */
    private static final double NEAR = 1;

    private static final double SIZE_RATIO_MOST = 2.2;

    /** So many others are remembered at most: more is no consulting room. */
    private static final int MOST_OTHERS = 1_000;

    private final AtomicReference<@Nullable Choice> pending = new AtomicReference<>();
    private final Map<Integer, Seen> others = new HashMap<>();
    private volatile Latest latest = new Latest(OptionalInt.empty(), List.of());
    private volatile SubjectRule rule;
    private SubjectRule usedRule;
    private boolean ruleIsLate;
    private boolean wasChosen;
    private @Nullable Seen subject;
    private OptionalInt id = OptionalInt.empty();
    private Subject.Basis basis = Subject.Basis.NONE;
    private boolean cutIsNext;
    private boolean anyFrame;
    private boolean moreThanOneSinceCut;

    SubjectFinder(SubjectRule rule) {
        this.rule = rule;
        this.usedRule = rule;
    }

    /** Who is in the picture, and whom the session is about. */
    record Latest(OptionalInt subject, List<EmotionReading> readings) {}

    private record Choice(int id, Seen where) {}

    /** From when to when, and where last. */
    private static final class Seen {
        private final long first;
        private long last;
        private BoundingBox box;
        private double surest;

        /** Whether it was in the picture together with the session's face, and so is another one. */
        private boolean together;

        Seen(EmotionReading reading) {
            first = reading.mediaNanos();
            last = reading.mediaNanos();
            box = reading.face().box();
            surest = reading.face().confidence();
        }

        void again(EmotionReading reading) {
            last = reading.mediaNanos();
            box = reading.face().box();
            surest = Math.max(surest, reading.face().confidence());
        }

        boolean isEstablished() {
            return last - first >= ESTABLISHED;
        }
    }

    /** Another rule from the next frame on; its face is looked for anew. */
    void follow(SubjectRule value) {
        rule = value;
        pending.set(null);
    }

    /** Takes a face of the latest frame. Returns whether it is there. */
    boolean choose(int faceId) {
        Optional<EmotionReading> chosen = latest.readings().stream()
                .filter(reading -> reading.faceId() == faceId)
                .findFirst();
        chosen.ifPresent(reading -> pending.set(new Choice(faceId, new Seen(reading))));
        return chosen.isPresent();
    }

    Latest latest() {
        return latest;
    }

    /** Begins a run. A rule that was set stays. */
    void reset() {
        forget();
        others.clear();
        pending.set(null);
        latest = new Latest(OptionalInt.empty(), List.of());
        cutIsNext = false;
        anyFrame = false;
        moreThanOneSinceCut = false;
        usedRule = rule;
        ruleIsLate = false;
    }

    /** The next frame does not follow from the one before; ids from before do not come back. */
    void cut() {
        cutIsNext = true;
    }

    /**
     * Looks at a frame.
     *
     * @param lost ids that do not come back
     */
    Subject next(List<EmotionReading> readings, List<Integer> lost, int width, int height) {
        takeChoice();
        boolean cut = cutIsNext;
        cutIsNext = false;
        boolean unrelated = cut && anyFrame && !moreThanOneSinceCut;
        moreThanOneSinceCut = anyFrame && !cut;
        anyFrame = true;
        if (unrelated) {
            forget();
            others.clear();
        }
        boolean hadSubject = id.isPresent();
        if (hadSubject && (cut || lost.contains(id.getAsInt()))) {
            lose();
        }
        Optional<EmotionReading> present = find(readings);
        if (present.isEmpty() && id.isEmpty()) {
            present = subject == null ? pick(readings, width, height) : findAgain(cut, readings);
        } else if (present.isPresent()) {
            present = orTheSurerOne(present.get(), readings);
        }
        present.ifPresent(this::see);
        remember(readings, present.isPresent());
        latest = new Latest(id, List.copyOf(readings));
        return new Subject(usedRule, id, basis, readings.size(), false);
    }

    private void takeChoice() {
        if (!usedRule.equals(rule)) {
            usedRule = rule;
            ruleIsLate = anyFrame;
            forget();
            others.clear();
        }
        Choice choice = pending.getAndSet(null);
        if (choice != null) {
            Seen before = subject;
            if (before != null && id.isPresent() && id.getAsInt() != choice.id) {
                before.together = true;
                others.put(id.getAsInt(), before);
            }
            Seen known = others.remove(choice.id);
            subject = known == null ? choice.where : known;
            id = OptionalInt.of(choice.id);
            wasChosen = true;
            basis = Subject.Basis.CHOSEN;
        }
    }

    private void forget() {
        subject = null;
        id = OptionalInt.empty();
        basis = Subject.Basis.NONE;
        wasChosen = false;
    }

    private void lose() {
        boolean binds = subject != null && (subject.isEstablished() || !nobodyChose());
        id = OptionalInt.empty();
        basis = Subject.Basis.NONE;
        if (!binds) {
            subject = null;
        }
    }

    private boolean nobodyChose() {
        return usedRule.isLargestFace() && !wasChosen;
    }

    private Optional<EmotionReading> find(List<EmotionReading> readings) {
        return id.isEmpty()
                ? Optional.empty()
                : readings.stream()
                        .filter(reading -> reading.faceId() == id.getAsInt())
                        .findFirst();
    }

    private Optional<EmotionReading> pick(List<EmotionReading> readings, int width, int height) {
        Optional<EmotionReading> picked;
        if (usedRule.isLargestFace()) {
            picked = readings.stream()
                    .filter(reading -> reading.face().confidence() >= SubjectRule.SURE)
                    .findFirst()
                    .or(() -> readings.stream().findFirst());
        } else if (usedRule.faceId().isPresent()) {
            int wanted = usedRule.faceId().getAsInt();
            picked = readings.stream()
                    .filter(reading -> reading.faceId() == wanted)
                    .findFirst();
        } else {
            picked = at(usedRule.x() * width, usedRule.y() * height, readings);
        }
        Subject.Basis why = ruleIsLate
                ? Subject.Basis.CHOSEN
                : usedRule.isLargestFace() ? Subject.Basis.LARGEST : Subject.Basis.RULE;
        picked.ifPresent(reading -> take(reading, why));
        return picked;
    }

    private static Optional<EmotionReading> at(double x, double y, List<EmotionReading> readings) {
        EmotionReading nearest = null;
        double least = Double.POSITIVE_INFINITY;
        for (EmotionReading reading : readings) {
            BoundingBox box = reading.face().box();
            double distance = Math.hypot(box.centerX() - x, box.centerY() - y);
            boolean inside = x >= box.x() && x <= box.right() && y >= box.y() && y <= box.bottom();
            if (inside && distance < least) {
                least = distance;
                nearest = reading;
            }
        }
        return Optional.ofNullable(nearest);
    }

    /** A face that the detector doubts gives way to one that it does not, before anybody can have relied on it. */
    private Optional<EmotionReading> orTheSurerOne(EmotionReading present, List<EmotionReading> readings) {
        boolean doubtful = basis == Subject.Basis.LARGEST
                && subject != null
                && Math.max(subject.surest, present.face().confidence()) < SubjectRule.SURE;
        Optional<EmotionReading> surer = doubtful
                ? readings.stream()
                        .filter(reading -> reading.face().confidence() >= SubjectRule.SURE)
                        .findFirst()
                : Optional.empty();
        surer.ifPresent(reading -> take(reading, Subject.Basis.LARGEST));
        return surer.or(() -> Optional.of(present));
    }

    private Optional<EmotionReading> findAgain(boolean cut, List<EmotionReading> readings) {
        List<EmotionReading> unknown = readings.stream()
                .filter(reading -> !isAnother(reading.faceId()))
                .toList();
        List<EmotionReading> near =
                unknown.stream().filter(reading -> isNearest(reading, readings)).toList();
        if (near.size() == 1) {
            take(near.get(0), Subject.Basis.SAME_PLACE);
            return Optional.of(near.get(0));
        }
        if (readings.size() == 1
                && unknown.size() == 1
                && !isAnybodyBut(unknown.get(0).faceId())) {
            take(unknown.get(0), Subject.Basis.ALONE);
            return Optional.of(unknown.get(0));
        }
        if (cut && near.isEmpty() && nobodyChose() && !readings.isEmpty()) {
            take(readings.get(0), Subject.Basis.LARGEST);
            return Optional.of(readings.get(0));
        }
        return Optional.empty();
    }

    /** Whether a face is where the session's was last, and no other that is out of sight was nearer. */
    private boolean isNearest(EmotionReading reading, List<EmotionReading> readings) {
        BoundingBox box = reading.face().box();
        Seen last = subject;
        if (last == null || !isNear(last.box, box)) {
            return false;
        }
        double distance = distance(last.box, box);
        return others.entrySet().stream()
                .filter(other -> other.getValue().isEstablished())
                .filter(other -> readings.stream().noneMatch(each -> each.faceId() == other.getKey()))
                .noneMatch(other -> distance(other.getValue().box, box) <= distance);
    }

    private static boolean isNear(BoundingBox one, BoundingBox other) {
        double ratio = side(one) / side(other);
        return distance(one, other) <= NEAR && ratio <= SIZE_RATIO_MOST && ratio >= 1 / SIZE_RATIO_MOST;
    }

    private static double distance(BoundingBox one, BoundingBox other) {
        return Math.hypot(one.centerX() - other.centerX(), one.centerY() - other.centerY())
                / Math.max(side(one), side(other));
    }

    private static double side(BoundingBox box) {
        return Math.max(1, Math.max(box.width(), box.height()));
    }

    private boolean isAnother(int faceId) {
        Seen seen = others.get(faceId);
        return seen != null && seen.together;
    }

    private boolean isAnybodyBut(int faceId) {
        return others.entrySet().stream()
                .anyMatch(other -> other.getKey() != faceId && other.getValue().isEstablished());
    }

    private void take(EmotionReading reading, Subject.Basis why) {
        others.remove(reading.faceId());
        boolean isTheSame = why == Subject.Basis.SAME_PLACE || why == Subject.Basis.ALONE;
        if (subject == null || !isTheSame) {
            if (id.isPresent() && subject != null) {
                subject.together = true;
                others.put(id.getAsInt(), subject);
            }
            subject = new Seen(reading);
        }
        id = OptionalInt.of(reading.faceId());
        basis = why;
    }

    private void see(EmotionReading reading) {
        if (subject != null) {
            subject.again(reading);
        }
    }

    private void remember(List<EmotionReading> readings, boolean withSubject) {
        for (EmotionReading reading : readings) {
            if (id.isPresent() && id.getAsInt() == reading.faceId()) {
                continue;
            }
            Seen known = others.get(reading.faceId());
            if (known == null && others.size() < MOST_OTHERS) {
                known = new Seen(reading);
                others.put(reading.faceId(), known);
            }
            if (known != null) {
                known.again(reading);
                known.together |= withSubject;
            }
        }
    }
}
