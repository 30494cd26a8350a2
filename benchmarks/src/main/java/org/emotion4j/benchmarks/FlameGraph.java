package org.emotion4j.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;

/** Flight Recorder's samples of one thread as a flame graph (Gregg 2011): as wide as often seen, callers below. */
final class FlameGraph {
    private static final int WIDTH = 1200;
    private static final int ROW = 18;
    private static final int TOP = 40;
    private static final double LETTER = 6.6;
    private static final double LEAST_SHARE = 0.002;
    private static final String[] COLORS = {"#f2b279", "#f6c896", "#eaa05f", "#f4d3a8"};

    private final Node root;

    private FlameGraph(Node root) {
        this.root = root;
    }

    /** A method below those that called it, with the samples in which it was seen there. */
    private static final class Node {
        private final Map<String, Node> callees = new TreeMap<>();
        private long samples;

        Node callee(String method) {
            Node callee = callees.computeIfAbsent(method, name -> new Node());
            callee.samples++;
            return callee;
        }

        int depth(double least) {
            return samples < least
                    ? 0
                    : 1
                            + callees.values().stream()
                                    .mapToInt(callee -> callee.depth(least))
                                    .max()
                                    .orElse(0);
        }
    }

    /**
     * Reads a recording.
     *
     * @param thread the name of the thread whose samples count
     * @param from the method that is the root, as {@code Class.method}; samples without it do not count
     */
    static FlameGraph of(Path recording, String thread, String from) throws IOException {
        Node root = new Node();
        try (RecordingFile file = new RecordingFile(recording)) {
            while (file.hasMoreEvents()) {
                RecordedEvent event = file.readEvent();
                boolean isSample = event.getEventType().getName().endsWith("Sample");
                RecordedThread sampled = isSample ? event.getThread("sampledThread") : null;
                if (sampled != null && thread.equals(sampled.getJavaName()) && event.getStackTrace() != null) {
                    add(root, event.getStackTrace(), from);
                }
            }
        }
        return new FlameGraph(root);
    }

    private static void add(Node root, RecordedStackTrace stack, String from) {
        List<String> methods = stack.getFrames().stream().map(FlameGraph::name).toList();
        int start = methods.lastIndexOf(from);
        if (start < 0) {
            return;
        }
        root.samples++;
        Node node = root;
        for (int i = start; i >= 0; i--) {
            node = node.callee(methods.get(i));
        }
    }

    private static String name(RecordedFrame frame) {
        RecordedMethod method = frame.getMethod();
        String type = method.getType().getName();
        return type.substring(type.lastIndexOf('.') + 1).replaceAll("\\$\\$Lambda.*", "\\$lambda") + "."
                + method.getName();
    }

    String toSvg(String title) {
        double least = LEAST_SHARE * root.samples;
        int height = TOP + ROW * root.depth(least);
        StringBuilder svg = new StringBuilder("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + WIDTH + " "
                + height + "\" width=\"" + WIDTH + "\" height=\"" + height
                + "\" font-family=\"monospace\" font-size=\"11\">\n"
                + "<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n<text x=\"6\" y=\"22\" font-family=\"sans-serif\""
                + " font-size=\"14\">" + escaped(title) + ": " + root.samples + " samples</text>\n");
        draw(svg, root, 0, height - ROW, least);
        return svg.append("</svg>\n").toString();
    }

    private void draw(StringBuilder svg, Node node, double x, int y, double least) {
        double left = x;
        for (Map.Entry<String, Node> callee : node.callees.entrySet()) {
            long samples = callee.getValue().samples;
            double width = (double) WIDTH * samples / root.samples;
            if (samples >= least) {
                svg.append(String.format(
                        Locale.ROOT,
                        "<g><title>%s: %.1f %%</title><rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\""
                                + " stroke=\"white\"/><text x=\"%.1f\" y=\"%d\">%s</text></g>%n",
                        escaped(callee.getKey()),
                        100.0 * samples / root.samples,
                        left,
                        y,
                        width,
                        ROW - 1,
                        COLORS[Math.floorMod(callee.getKey().hashCode(), COLORS.length)],
                        left + 3,
                        y + 13,
                        escaped(fitting(callee.getKey(), width))));
                draw(svg, callee.getValue(), left, y - ROW, least);
            }
            left += width;
        }
    }

    private static String fitting(String name, double width) {
        int letters = (int) ((width - 6) / LETTER);
        return letters >= name.length() ? name : letters < 4 ? "" : name.substring(0, letters - 1) + "…";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
