package org.emotion4j.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One damage is one or two lines of a log, however many frames it took. */
final class FrameFailureLogTest {
    private final List<String> lines = new ArrayList<>();
    private final FrameFailureLog log = new FrameFailureLog(lines::add);

    @Test
    void tellsTheFirstOfARowAndHowManyThereWere() {
        frames(10, 48);
        frames(60, 61);
        frames(70, 70);
        log.end();

        assertThat(lines)
                .containsExactly(
                        "frame 10 film.mp4 was skipped: damaged",
                        "and the next 38, to frame 48",
                        "frame 60 film.mp4 was skipped: damaged",
                        "and the next one, frame 61",
                        "frame 70 film.mp4 was skipped: damaged");
    }

    @Test
    void afterManyRowsOnlyTheirNumberIsTold() {
        for (int i = 0; i < FrameFailureLog.MOST_ROWS + 5; i++) {
            frames(10 * i, 10 * i + 2);
        }
        log.end();
        log.end();

        assertThat(lines).hasSize(2 * FrameFailureLog.MOST_ROWS + 1);
        assertThat(lines.get(lines.size() - 1)).isEqualTo("15 more frames were skipped");
    }

    private void frames(long from, long to) {
        for (long index = from; index <= to; index++) {
            log.add(new FrameFailure(index, "film.mp4", new IOException("damaged")));
        }
    }
}
