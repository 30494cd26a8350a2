/** The vocabulary, interfaces and pipeline of Emotion4J, in plain Java. */
@SuppressWarnings("requires-automatic") // HdrHistogram is no module of its own
module org.emotion4j.core {
    requires org.slf4j;
    requires transitive org.jspecify;
    requires HdrHistogram;
    requires static jdk.jfr;

    exports org.emotion4j.emotion;
    exports org.emotion4j.event;
    exports org.emotion4j.face;
    exports org.emotion4j.file;
    exports org.emotion4j.frame;
    exports org.emotion4j.pipeline;
    exports org.emotion4j.reading;
    exports org.emotion4j.session;
    exports org.emotion4j.spi;
    exports org.emotion4j.stage;

    uses org.emotion4j.spi.EmotionClassifierProvider;
    uses org.emotion4j.spi.FaceDetectorProvider;
    uses org.emotion4j.spi.LandmarkDetectorProvider;
    uses org.emotion4j.spi.WeightsProvider;
}
