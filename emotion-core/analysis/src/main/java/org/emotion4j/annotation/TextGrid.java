package org.emotion4j.annotation;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A TextGrid of Praat, in its long text format. */
final class TextGrid {
    private TextGrid() {}

    static void write(SessionAnnotations session, OutputStream target) throws IOException {
        Writer out = new OutputStreamWriter(target, StandardCharsets.UTF_8);
        // Praat refuses a tier without length.
        long end = Math.max(1_000_000, session.endNanos());
        out.write("File type = \"ooTextFile\"\nObject class = \"TextGrid\"\n\n");
        out.write("xmin = 0\nxmax = " + seconds(end) + "\ntiers? <exists>\n");
        out.write("size = " + session.tiers().size() + "\nitem []:\n");
        int number = 0;
        for (AnnotationTier tier : session.tiers()) {
            List<Interval> intervals = withoutGaps(tier.annotations(), end);
            out.write("    item [" + ++number + "]:\n        class = \"IntervalTier\"\n");
            out.write("        name = " + quoted(tier.name()) + "\n");
            out.write("        xmin = 0\n        xmax = " + seconds(end) + "\n");
            out.write("        intervals: size = " + intervals.size() + "\n");
            for (int i = 0; i < intervals.size(); i++) {
                Interval each = intervals.get(i);
                out.write("        intervals [" + (i + 1) + "]:\n");
                out.write("            xmin = " + seconds(each.start()) + "\n");
                out.write("            xmax = " + seconds(each.end()) + "\n");
                out.write("            text = " + quoted(each.text()) + "\n");
            }
        }
        out.flush();
    }

    private record Interval(long start, long end, String text) {}

    /** Praat's intervals fill their tier; those without length are no intervals there. */
    private static List<Interval> withoutGaps(List<Annotation> annotations, long end) {
        List<Interval> all = new ArrayList<>();
        long at = 0;
        for (Annotation each : annotations) {
            long start = Math.max(at, each.startNanos());
            long stop = Math.min(end, each.endNanos());
            if (stop <= start) {
                continue;
            }
            if (start > at) {
                all.add(new Interval(at, start, ""));
            }
            all.add(new Interval(start, stop, each.label()));
            at = stop;
        }
        if (at < end) {
            all.add(new Interval(at, end, ""));
        }
        return all;
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\"", "\"\"") + "\"";
    }

    static String seconds(long nanos) {
        BigDecimal value = BigDecimal.valueOf(nanos, 9).stripTrailingZeros();
        return value.signum() == 0 ? "0" : value.toPlainString();
    }
}
