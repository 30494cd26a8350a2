package org.emotion4j.benchmarks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The command line of a program here: {@code --name value}, or {@code --name} alone for a switch. */
final class Options {
    private final Map<String, String> values = new LinkedHashMap<>();

    private Options() {}

    /**
     * Reads a command line.
     *
     * @param args the arguments
     * @param known the options that take a value
     * @param switches those that do not
     * @return what was given
     * @throws IllegalArgumentException if an option is unknown or lacks its value
     */
    static Options of(String[] args, List<String> known, List<String> switches) {
        Options options = new Options();
        for (int i = 0; i < args.length; i++) {
            String name = args[i].startsWith("--") ? args[i].substring(2) : "";
            if (switches.contains(name)) {
                options.values.put(name, "true");
            } else if (known.contains(name) && i + 1 < args.length) {
                options.values.put(name, args[++i]);
            } else {
                throw new IllegalArgumentException("\"" + args[i] + "\" is not an option with a value; options: "
                        + known + ", switches: " + switches);
            }
        }
        return options;
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    String text(String name, String otherwise) {
        return values.getOrDefault(name, otherwise);
    }

    long number(String name, long otherwise) {
        String text = values.get(name);
        return text == null ? otherwise : Long.parseLong(text);
    }
}
