package org.emotion4j.spark;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.SparkConf;
import org.emotion4j.NeedsLoopback;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@NeedsLoopback
class ExecutorCoresTest {
    private static final String OPTIONS = "spark.executor.extraJavaOptions";

    private static SparkConf cluster(String master) {
        return new SparkConf(false).setMaster(master);
    }

    private static String options(SparkConf conf) {
        ExecutorCores.bound(conf);
        return conf.get(OPTIONS, "");
    }

    @ParameterizedTest
    @CsvSource({
        "spark://host:7077, 3, -XX:ActiveProcessorCount=3",
        "yarn, 5, -XX:ActiveProcessorCount=5",
        "yarn, , -XX:ActiveProcessorCount=1", // Spark's own default there
        "k8s://https://host:6443, , -XX:ActiveProcessorCount=1",
        "spark://host:7077, , ''", // all of a worker that nobody has seen yet
    })
    void anExecutorHasAsManyProcessorsAsCores(String master, String cores, String expected) {
        SparkConf conf = cluster(master);
        if (cores != null) {
            conf.set("spark.executor.cores", cores);
        }
        assertThat(options(conf)).isEqualTo(expected);
    }

    @Test
    void optionsOfTheUsersOwnStay() {
        SparkConf conf = cluster("yarn").set(OPTIONS, "-XX:+UseZGC");
        assertThat(options(conf)).isEqualTo("-XX:+UseZGC -XX:ActiveProcessorCount=1");
        assertThat(options(cluster("yarn").set(OPTIONS, "-XX:ActiveProcessorCount=7")))
                .isEqualTo("-XX:ActiveProcessorCount=7");
        assertThat(options(cluster("yarn").set("spark.executor.defaultJavaOptions", "-XX:ActiveProcessorCount=2")))
                .isEmpty();
    }
}
