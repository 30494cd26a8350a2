package org.emotion4j.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class WallTimeTest {
    private static final Instant EVENING_IN_LIMA = Instant.parse("2026-11-02T03:30:05.9Z");

    @Test
    void aMomentIsWrittenWithItsZone() {
        assertThat(WallTime.describe(EVENING_IN_LIMA, ZoneId.of("America/Lima")))
                .isEqualTo("2026-11-01 22:30:05 -05:00 (America/Lima)");
        assertThat(WallTime.describe(EVENING_IN_LIMA, ZoneOffset.UTC)).isEqualTo("2026-11-02 03:30:05 +00:00 (Z)");
    }

    @Test
    void theDayIsThatOfTheZone() {
        assertThat(WallTime.day(EVENING_IN_LIMA, ZoneId.of("America/Lima"))).isEqualTo(LocalDate.of(2026, 11, 1));
    }
}
