package org.emotion4j.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.emotion4j.event.FacialEvent;
import org.emotion4j.recording.CsvSessionRecorder;
import org.emotion4j.recording.EventCsv;
import org.emotion4j.recording.SessionReader;
import org.emotion4j.session.SessionEnd;
import org.emotion4j.session.UnreadInput;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MarkedMomentsTest {
    @TempDir
    Path folder;

    private final StringBuilder rows = new StringBuilder(EventCsv.header());
    private String id = "";

    @BeforeEach
    void record() throws IOException {
        try (CsvSessionRecorder recorder = CsvSessionRecorder.create(folder)) {
            id = recorder.sessionId();
            recorder.end(SessionEnd.FINISHED, Optional.empty(), UnreadInput.NONE);
        }
    }

    @Test
    void theHighestRiseAboveTheRestComesFirst() throws IOException {
        expression("sad", 10, 0.9, 0.7, "0");
        expression("happy", 20, 0.8, 0.1, "0");
        expression("surprise", 30, 0.6, 0.1, "0");
        assertThat(found(5)).extracting(FacialEvent::name).containsExactly("happy", "surprise", "sad");
    }

    @Test
    void thereAreFiveAtMostUnlessOthersAreAskedFor() throws IOException {
        for (int i = 0; i < 9; i++) {
            expression("happy", 10 * (i + 1), 0.5 + i / 100.0, 0.1, "0");
        }
        try (SessionReader reader = written()) {
            assertThat(MarkedMoments.of(reader))
                    .extracting(event -> event.apexNanos() / 1_000_000_000)
                    .containsExactly(90L, 80L, 70L, 60L, 50L);
        }
        assertThat(found(2)).hasSize(2);
        assertThatThrownBy(() -> found(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void oneLaughIsOneMoment() throws IOException {
        expression("happy", 20, 0.8, 0.1, "0");
        expression("surprise", 21, 0.9, 0.1, "0");
        expression("happy", 22.5, 0.7, 0.1, "0");
        expression("happy", 24, 0.6, 0.1, "0");
        assertThat(found(5))
                .extracting(event -> event.apexNanos() / 1_000_000_000)
                .containsExactly(21L, 24L);
    }

    @Test
    void whatSpeechExplainsAndWhatIsNoExpressionDoesNotCount() throws IOException {
        expression("surprise", 20, 0.9, 0.1, "1");
        row("movement", "AU12", 30, 0.9, 0.1, "");
        expression("sad", 40, 0.4, 0.1, "");
        assertThat(found(5)).extracting(FacialEvent::name).containsExactly("sad");
    }

    @Test
    void whatIsTooFaintForALabelIsAnEventAndNoMoment() throws IOException {
        expression("sad", 20, 0.26, 0.01, "0");
        expression("happy", 30, 0.41, 0.16, "0");
        assertThat(found(5)).extracting(FacialEvent::name).containsExactly("happy");
        try (SessionReader reader = written()) {
            assertThat(SessionEvents.of(reader).events(FacialEvent.Kind.EXPRESSION))
                    .hasSize(2);
        }
    }

    @Test
    void ofTwoThatRoseAsFarTheEarlierComesFirst() throws IOException {
        expression("happy", 40, 0.75, 0.25, "0");
        expression("sad", 20, 0.75, 0.25, "0");
        assertThat(found(5)).extracting(FacialEvent::name).containsExactly("sad", "happy");
    }

    private void expression(String name, double apex, double peak, double rest, String talking) {
        row("expression", name, apex, peak, rest, talking);
    }

    private void row(String kind, String name, double apex, double peak, double rest, String talking) {
        rows.append(String.format(
                Locale.ROOT,
                "1,%s,%s,%s,1,1,%.3f,%.3f,%.3f,%.5f,%.5f,0,%s%n",
                id,
                kind,
                name,
                1000 * (apex - 0.4),
                1000 * apex,
                1000 * (apex + 0.6),
                peak,
                rest,
                talking));
    }

    private SessionReader written() throws IOException {
        Files.writeString(folder.resolve("events.csv"), rows.toString().replace("\r\n", "\n"));
        return SessionReader.open(folder);
    }

    private List<FacialEvent> found(int most) throws IOException {
        try (SessionReader reader = written()) {
            return MarkedMoments.of(SessionEvents.of(reader), most);
        }
    }
}
