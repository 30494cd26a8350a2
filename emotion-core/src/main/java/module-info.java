/** The vocabulary, interfaces and pipeline of Emotion4J, in plain Java. */
// HdrHistogram is no module of its own; nor are those that internal packages are for, or they are not there yet when
// this is compiled.
@SuppressWarnings({"requires-automatic", "module"})
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
    exports org.emotion4j.emotion.internal to
            org.emotion4j.djl,
            org.emotion4j.onnxruntime,
            org.emotion4j.opencv;
    exports org.emotion4j.face.internal to
            org.emotion4j.djl,
            org.emotion4j.onnxruntime,
            org.emotion4j.opencv;
    exports org.emotion4j.file.internal to
            org.emotion4j.analysis,
            org.emotion4j.cli,
            org.emotion4j.djl,
            org.emotion4j.opencv,
            org.emotion4j.recording,
            org.emotion4j.training,
            org.emotion4j.window;
    exports org.emotion4j.stage.internal to
            org.emotion4j.cli,
            org.emotion4j.djl,
            org.emotion4j.ffmpeg,
            org.emotion4j.onnxruntime,
            org.emotion4j.opencv,
            org.emotion4j.recording;

    uses org.emotion4j.spi.EmotionClassifierProvider;
    uses org.emotion4j.spi.FaceDetectorProvider;
    uses org.emotion4j.spi.LandmarkDetectorProvider;
    uses org.emotion4j.spi.WeightsProvider;
}
