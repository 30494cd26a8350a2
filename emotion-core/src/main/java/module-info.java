/** The vocabulary, interfaces and pipeline of Emotion4J, in plain Java. */
// HdrHistogram, Hipparchus, Micrometer and Tink are no modules of their own. Tink is optional at compile time, too: who
// encrypts requires it beside this module.
@SuppressWarnings({"requires-automatic", "exports"})
module org.emotion4j.core {
    requires org.slf4j;
    requires transitive org.jspecify;
    requires com.google.gson;
    requires de.siegmar.fastcsv;
    requires HdrHistogram;
    requires hipparchus.clustering;
    requires hipparchus.core;
    requires hipparchus.stat;
    requires static com.google.crypto.tink;
    requires static jdk.jfr;
    requires static micrometer.core;

    exports org.emotion4j.analysis;
    exports org.emotion4j.emotion;
    exports org.emotion4j.event;
    exports org.emotion4j.face;
    exports org.emotion4j.frame;
    exports org.emotion4j.micrometer;
    exports org.emotion4j.pipeline;
    exports org.emotion4j.reading;
    exports org.emotion4j.report;
    exports org.emotion4j.session;
    exports org.emotion4j.spi;
    exports org.emotion4j.stage;

    uses org.emotion4j.spi.EmotionClassifierProvider;
    uses org.emotion4j.spi.FaceDetectorProvider;
    uses org.emotion4j.spi.LandmarkDetectorProvider;
}
