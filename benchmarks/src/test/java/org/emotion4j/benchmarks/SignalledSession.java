package org.emotion4j.benchmarks;

import ai.djl.Device;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.emotion4j.djl.DjlEmotionClassifier;
import org.emotion4j.djl.nets.Network;
import org.emotion4j.djl.nets.NetworkArchitecture;
import org.emotion4j.frame.Frame;
import org.emotion4j.pipeline.EmotionPipeline;
import org.emotion4j.pipeline.EmotionSession;
import org.emotion4j.recording.CsvSessionRecorder;
import org.emotion4j.spi.Stages;

/** A program for a signal: a session on PyTorch that would not end by itself. Says so after its first readings. */
final class SignalledSession {
    private SignalledSession() {}

    /** @param args the weights, written if they do not exist, and the folder of the record */
    public static void main(String[] args) throws Exception {
        Path weights = Path.of(args[0]);
        if (!Files.exists(weights)) {
            try (Network net = Network.initial(NetworkArchitecture.named("table2"), Device.cpu(), 1)) {
                net.toFile(Map.of()).write(weights);
            }
        }
        List<Frame> frames = PortraitFrames.draw(640, 480, 1, 8, 1);
        AtomicLong results = new AtomicLong();
        try (EmotionPipeline pipeline = EmotionPipeline.builder()
                        .source(LoopSource.file(frames, Long.MAX_VALUE))
                        .detector(Stages.defaultDetector())
                        .classifier(DjlEmotionClassifier.load(weights))
                        .recorder(CsvSessionRecorder.create(Path.of(args[1])))
                        .build();
                EmotionSession session = pipeline.start(result -> {
                    if (results.incrementAndGet() == 3) {
                        System.out.println("ready");
                    }
                })) {
            session.awaitCompletion();
        }
    }
}
