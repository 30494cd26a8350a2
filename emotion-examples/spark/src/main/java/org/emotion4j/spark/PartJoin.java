package org.emotion4j.spark;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.emotion4j.recording.CsvSessionRecorder;

/**
 * Makes one record of those of a film's parts. Two parts belong together where they agree in every digit over the last seconds before
 * their border, with a face in sight at the border, and no other face follows: then the second one goes on as the film read as a whole
 * would. Where they do not, nothing is promised, and nothing is joined.
 */
final class PartJoin implements Closeable {
    private static final List<String> COLUMNS = CsvSessionRecorder.columns();
    private static final int INDEX = COLUMNS.indexOf("frame_index");
    private static final int TIME = COLUMNS.indexOf("media_time_ms");
    private static final int FACE = COLUMNS.indexOf("face_id");

    /** What differs between a part and the whole, and what is looked at apart. */
    private static final Set<Integer> OWN = Set.of(INDEX, FACE, COLUMNS.indexOf("wall_time"));

    private final CsvWriter whole;
    private final long agreementMicros;

    /** The rows of the last part from the agreement before the next border on. */
    private final Deque<List<String>> last = new ArrayDeque<>();

    private PartJoin(Path target, long agreementMicros) throws IOException {
        this.whole = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(target);
        this.agreementMicros = agreementMicros;
        whole.writeRecord(COLUMNS);
    }

    /**
     * Joins.
     *
     * @param parts the rows of each part, in order
     * @param bordersNanos where the second and each later part begins
     * @param agreementNanos how long they must agree before
     * @param target the file for the rows of the whole film
     * @return why they cannot be joined; empty where they were
     */
    static Optional<String> of(List<Path> parts, List<Long> bordersNanos, long agreementNanos, Path target)
            throws IOException {
        try (PartJoin join = new PartJoin(target, agreementNanos / 1_000)) {
            for (int i = 0; i < parts.size(); i++) {
                long next = i < bordersNanos.size() ? bordersNanos.get(i) / 1_000 : Long.MAX_VALUE;
                Optional<String> problem = i == 0
                        ? join.begin(parts.get(i), next)
                        : join.add(parts.get(i), bordersNanos.get(i - 1) / 1_000, next);
                if (problem.isPresent()) {
                    return Optional.of("part " + (i + 1) + ": " + problem.get());
                }
            }
            return Optional.empty();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private Optional<String> begin(Path part, long next) throws IOException {
        try (CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(part)) {
            rows.forEach(row -> write(row.getFields(), next));
        }
        return Optional.empty();
    }

    private Optional<String> add(Path part, long border, long next) throws IOException {
        List<List<String>> before = new ArrayList<>(last);
        last.clear();
        try (CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(part)) {
            Agreement agreement = new Agreement(before);
            boolean joined = false;
            for (NamedCsvRecord record : rows) {
                List<String> row = record.getFields();
                long time = micros(row);
                if (time < border - agreementMicros) {
                    continue;
                }
                if (time < border) {
                    if (!agreement.accepts(row)) {
                        return Optional.of("does not agree with the one before at " + row.get(TIME) + " ms");
                    }
                    continue;
                }
                if (!joined && !agreement.isReached()) {
                    return Optional.of("has no face at the border that the one before has too");
                }
                joined = true;
                Optional<List<String>> renamed = agreement.renamed(row);
                if (renamed.isEmpty()) {
                    return Optional.of("another face comes at " + row.get(TIME) + " ms");
                }
                write(renamed.get(), next);
            }
            return joined ? Optional.empty() : Optional.of("has no row of its own");
        }
    }

    private void write(List<String> row, long next) {
        whole.writeRecord(row);
        if (next != Long.MAX_VALUE && micros(row) >= next - agreementMicros) {
            last.add(List.copyOf(row));
        }
    }

    private static long micros(List<String> row) {
        return Math.round(Double.parseDouble(row.get(TIME)) * 1_000);
    }

    @Override
    public void close() throws IOException {
        whole.close();
    }

    /** Finds out which number of a frame and of a face in one part is which in the other. */
    private static final class Agreement {
        private final List<List<String>> before;
        private final Map<String, String> faces = new HashMap<>();
        private int seen;
        private long offset;

        Agreement(List<List<String>> before) {
            this.before = before;
        }

        boolean accepts(List<String> row) {
            if (seen >= before.size()) {
                return false;
            }
            List<String> other = before.get(seen);
            for (int i = 0; i < COLUMNS.size(); i++) {
                if (!OWN.contains(i) && !row.get(i).equals(other.get(i))) {
                    return false;
                }
            }
            long difference = Long.parseLong(other.get(INDEX)) - Long.parseLong(row.get(INDEX));
            boolean counts = seen == 0 || difference == offset;
            offset = difference;
            seen++;
            return counts && isSameFace(row.get(FACE), other.get(FACE));
        }

        private boolean isSameFace(String face, String other) {
            if (face.isEmpty() || other.isEmpty()) {
                return face.equals(other);
            }
            boolean free = !faces.containsKey(face) && !faces.containsValue(other);
            return other.equals(free ? faces.merge(face, other, (known, given) -> known) : faces.get(face));
        }

        /** All rows agreed, and the last one had a face. */
        boolean isReached() {
            return seen > 0
                    && seen == before.size()
                    && !before.get(seen - 1).get(FACE).isEmpty();
        }

        Optional<List<String>> renamed(List<String> row) {
            List<String> changed = new ArrayList<>(row);
            changed.set(INDEX, Long.toString(Long.parseLong(row.get(INDEX)) + offset));
            if (!row.get(FACE).isEmpty()) {
                String known = faces.get(row.get(FACE));
                if (known == null) {
                    return Optional.empty();
                }
                changed.set(FACE, known);
            }
            return Optional.of(changed);
        }
    }
}
