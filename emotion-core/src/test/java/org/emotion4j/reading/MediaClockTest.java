package org.emotion4j.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MediaClockTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0:00.0",
        "5.34, 0:05.3",
        "59.96, 1:00.0",
        "299.94, 4:59.9",
        "299.95, 5:00.0",
        "243.64, 4:03.6",
        "3599.99, 1:00:00.0",
        "3723.04, 1:02:03.0",
        "-1.5, -0:01.5",
        "-0.01, 0:00.0"
    })
    void timesAreWrittenToATenthOfASecond(double seconds, String text) {
        assertThat(MediaClock.clock((long) (seconds * 1e9))).isEqualTo(text);
        assertThat(MediaClock.clock(Duration.ofNanos((long) (seconds * 1e9)))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0, 0:00", "5.99, 0:05", "60, 1:00", "3725, 1:02:05", "-61, -1:01", "-0.5, 0:00"})
    void aRunningClockShowsTheSecondsThatAreOver(double seconds, String text) {
        assertThat(MediaClock.clockOfWholeSeconds((long) (seconds * 1e9))).isEqualTo(text);
    }

    @Test
    void aLanguageHasItsOwnDecimalSeparator() {
        assertThat(MediaClock.clock(65_300_000_000L, Locale.forLanguageTag("es")))
                .isEqualTo("1:05,3");
        assertThat(MediaClock.clock(65_300_000_000L, Locale.ENGLISH)).isEqualTo("1:05.3");
    }

    @Test
    void theWholeRangeCanBeWritten() {
        assertThat(MediaClock.clock(Long.MIN_VALUE)).isEqualTo("-2562047:47:16.9");
        assertThat(MediaClock.clockOfWholeSeconds(Long.MAX_VALUE)).isEqualTo("2562047:47:16");
    }

    @Test
    void theLanguageOfTheMachineDoesNotMatter() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG"));
            assertThat(MediaClock.clock(65_300_000_000L)).isEqualTo("1:05.3");
        } finally {
            Locale.setDefault(before);
        }
    }
}
