package org.emotion4j.report.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.emotion4j.recording.SessionMarker;

/** Where the names of marked topics stand above a plot: in a few rows, none over another. */
final class TopicNames {
    private static final int MOST_ROWS = 4;
    private static final int ROW = 16;
    private static final int MOST_CHARACTERS = 30;
    private static final int MOST_CHARACTERS_NARROW = 16;

    /** A width that no system's font exceeds by much, so that names do not touch. */
    private static final double CHARACTER = 7.4;

    private TopicNames() {}

    /**
     * One topic.
     *
     * @param number from 1, as in the table of markers
     * @param text its number and its name, which is cut where it is long
     * @param x where its marker is
     * @param left where its name begins
     * @param row of its name, 0 the lowest; {@link #MOST_ROWS} where there is no room for it
     */
    record Place(int number, String text, double x, double left, int row) {
        boolean isShown() {
            return row < MOST_ROWS;
        }

        /** Where the marker's line begins, with the plot's upper edge at 0. */
        int top() {
            return isShown() ? -(row + 1) * ROW : 0;
        }

        int baseline() {
            return top() + 12;
        }
    }

    /** Places the topics that lie between two times, in their order. */
    static List<Place> of(List<SessionMarker> topics, TimeScale scale) {
        List<Place> places = new ArrayList<>();
        double[] ends = new double[MOST_ROWS];
        Arrays.fill(ends, Double.NEGATIVE_INFINITY);
        for (int i = 0; i < topics.size(); i++) {
            long nanos = topics.get(i).mediaNanos();
            if (!scale.has(nanos)) {
                continue;
            }
            String text = (i + 1) + " "
                    + cut(topics.get(i).text(), scale.isNarrow() ? MOST_CHARACTERS_NARROW : MOST_CHARACTERS);
            double x = scale.x(nanos);
            double width = CHARACTER * text.length();
            double left = x + 3 + width <= scale.width() ? x + 3 : x - 3 - width;
            int row = 0;
            while (row < MOST_ROWS && ends[row] > left) {
                row++;
            }
            if (row < MOST_ROWS) {
                ends[row] = left + width;
            }
            places.add(new Place(i + 1, text, x, left, row));
        }
        return places;
    }

    /** How much room the names take above the plot. */
    static int height(List<Place> places) {
        return places.stream()
                .filter(Place::isShown)
                .mapToInt(place -> (place.row() + 1) * ROW)
                .max()
                .orElse(0);
    }

    private static String cut(String text, int most) {
        return text.length() <= most
                ? text
                : text.substring(
                                        0,
                                        text.offsetByCodePoints(
                                                0, Math.min(most - 1, text.codePointCount(0, text.length()))))
                                .stripTrailing()
                        + "…";
    }
}
