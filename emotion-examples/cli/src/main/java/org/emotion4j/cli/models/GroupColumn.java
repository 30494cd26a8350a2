package org.emotion4j.cli.models;

import java.util.ArrayList;
import java.util.List;

/**
 * By what people are compared: a column of a CSV file, and for numbers where they are divided.
 *
 * @param name the column
 * @param bounds where its numbers are divided, ascending; empty to take each value as a group of its own
 */
record GroupColumn(String name, List<Integer> bounds) {
    /** A value that is empty: nobody knows. */
    static final String UNKNOWN = "unknown";

    /**
     * Reads {@code gender} or {@code age:20:40:60}.
     *
     * @throws IllegalArgumentException if it is neither; the message says why
     */
    static GroupColumn parse(String text) {
        String[] parts = text.split(":", -1);
        String name = parts[0].strip();
        if (name.isEmpty()) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" names no column; expected for example gender or age:20:40:60");
        }
        List<Integer> bounds = new ArrayList<>();
        for (int i = 1; i < parts.length; i++) {
            int bound;
            try {
                bound = Integer.parseInt(parts[i].strip());
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(
                        "\"" + parts[i] + "\" of \"" + text
                                + "\" is no whole number; expected for example age:20:40:60",
                        e);
            }
            if (!bounds.isEmpty() && bound <= bounds.get(bounds.size() - 1)) {
                throw new IllegalArgumentException("the bounds of \"" + text + "\" do not ascend");
            }
            bounds.add(bound);
        }
        return new GroupColumn(name, List.copyOf(bounds));
    }

    /**
     * Names the group of a value.
     *
     * @param value as it stands in the file
     * @return the value, or {@code "20 to 39"}, {@code "under 20"}, {@code "60 and more"}
     * @throws IllegalArgumentException if it is no number where the column is divided; the message names both
     */
    String group(String value) {
        if (value.isEmpty()) {
            return UNKNOWN;
        }
        if (bounds.isEmpty()) {
            return value;
        }
        double number;
        try {
            number = Double.parseDouble(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("\"" + value + "\" in column " + name + " is no number", e);
        }
        if (!Double.isFinite(number)) {
            throw new IllegalArgumentException("\"" + value + "\" in column " + name + " is no number");
        }
        if (number < bounds.get(0)) {
            return "under " + bounds.get(0);
        }
        for (int i = 1; i < bounds.size(); i++) {
            if (number < bounds.get(i)) {
                return bounds.get(i - 1) + " to " + (bounds.get(i) - 1);
            }
        }
        return bounds.get(bounds.size() - 1) + " and more";
    }
}
