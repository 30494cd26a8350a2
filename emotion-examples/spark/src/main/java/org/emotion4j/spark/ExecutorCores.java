package org.emotion4j.spark;

import java.util.Locale;
import java.util.OptionalInt;
import org.apache.spark.SparkConf;

/**
 * Keeps an executor to the cores that Spark counts for it. Left alone it takes the machine's: its virtual machine for the compiler, the
 * collector and the close-ups of several faces; and a machine has many executors.
 */
final class ExecutorCores {
    private static final String CORES = "spark.executor.cores";
    private static final String OPTIONS = "spark.executor.extraJavaOptions";
    private static final String DEFAULTS = "spark.executor.defaultJavaOptions";
    private static final String PROCESSORS = "-XX:ActiveProcessorCount=";

    private ExecutorCores() {}

    /** Tells executors' virtual machines how many cores they have, where that is known and the user has not done it. */
    static void bound(SparkConf conf) {
        String options = conf.get(OPTIONS, "");
        if (options.contains(PROCESSORS) || conf.get(DEFAULTS, "").contains(PROCESSORS)) {
            return;
        }
        cores(conf).ifPresent(cores -> conf.set(OPTIONS, (options + " " + PROCESSORS + cores).strip()));
    }

    /** A standalone executor has all cores of its worker, unless it is told how many: then nobody knows before it is there. */
    private static OptionalInt cores(SparkConf conf) {
        if (conf.contains(CORES)) {
            return OptionalInt.of(conf.getInt(CORES, 1));
        }
        String master = conf.get("spark.master", "").toLowerCase(Locale.ROOT);
        return master.startsWith("yarn") || master.startsWith("k8s") ? OptionalInt.of(1) : OptionalInt.empty();
    }
}
