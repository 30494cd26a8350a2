package org.emotion4j.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import org.emotion4j.emotion.EmotionClassifier;
import org.emotion4j.face.FaceDetector;
import org.emotion4j.frame.Frame;
import org.emotion4j.pipeline.EmotionPipeline;
import org.emotion4j.reading.EmotionReading;
import org.emotion4j.spi.Stages;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** On ONNX Runtime one set of weights serves any number of threads. */
@Tag("native")
class OnnxRuntimeThreadsTest {
    @Test
    void bothStagesSayThatTheyAreThreadSafe() {
        try (FaceDetector detector = Stages.detector("single-shot-onnxruntime");
                EmotionClassifier classifier = Stages.classifier("expression-onnxruntime")) {
            assertThat(detector.isThreadSafe()).isTrue();
            assertThat(classifier.isThreadSafe()).isTrue();
        }
    }

    @Test
    void aPipelineGivesEachThreadTheReadingsOfItsOwnPicture() {
        List<Frame> pictures = new ArrayList<>();
        for (String portrait : List.of("user1-128x128.jpg", "user3-128x128.jpg", "user6-128x128.jpg")) {
            pictures.add(Portraits.frame(portrait));
        }
        try (EmotionPipeline pipeline = EmotionPipeline.builder()
                .detector(Stages.detector("single-shot-onnxruntime"))
                .classifier(Stages.classifier("expression-onnxruntime"))
                .closeAtShutdown(false)
                .build()) {
            List<List<EmotionReading>> alone = pictures.stream()
                    .map(picture -> pipeline.analyze(picture).readings())
                    .toList();
            CyclicBarrier together = new CyclicBarrier(pictures.size());
            List<CompletableFuture<List<List<EmotionReading>>>> threads = new ArrayList<>();
            for (Frame picture : pictures) {
                CompletableFuture<List<List<EmotionReading>>> answers = new CompletableFuture<>();
                threads.add(answers);
                new Thread(() -> {
                            try {
                                List<List<EmotionReading>> given = new ArrayList<>();
                                for (int i = 0; i < 10; i++) {
                                    together.await();
                                    given.add(pipeline.analyze(picture).readings());
                                }
                                answers.complete(given);
                            } catch (Exception | Error e) {
                                answers.completeExceptionally(e);
                                together.reset();
                            }
                        })
                        .start();
            }
            for (int i = 0; i < pictures.size(); i++) {
                assertThat(alone.get(i)).isNotEmpty();
                assertThat(threads.get(i).join()).containsOnly(alone.get(i)).hasSize(10);
            }
        } finally {
            pictures.forEach(Frame::close);
        }
    }
}
