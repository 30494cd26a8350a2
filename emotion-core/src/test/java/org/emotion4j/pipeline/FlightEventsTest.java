package org.emotion4j.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.emotion4j.frame.ScriptedFrameSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlightEventsTest {
    @Test
    void theFlightRecorderIsToldOfEveryFrame(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("frames.jfr");
        try (Recording recording = new Recording();
                EmotionPipeline pipeline = new SessionFixture()
                        .pipeline(ScriptedFrameSource.frames(3).build())
                        .build()) {
            recording.enable("org.emotion4j.Frame");
            recording.start();
            pipeline.run(result -> {});
            recording.stop();
            recording.dump(file);
        }
        List<RecordedEvent> events = RecordingFile.readAllEvents(file);
        assertThat(events).extracting(event -> event.getLong("index")).containsExactly(0L, 1L, 2L);
        assertThat(events).extracting(event -> event.getInt("faces")).containsOnly(1);
        assertThat(events).allSatisfy(event -> assertThat(event.getDuration("total"))
                .isGreaterThanOrEqualTo(event.getDuration("detect")));
    }
}
