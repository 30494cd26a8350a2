package org.emotion4j.recording;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * How moments by the clock are written for people: in the time of a zone, which is said. Records keep them in UTC, whatever the
 * zone of the machine.
 */
public final class WallTime {
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss xxx", Locale.ROOT);

    private WallTime() {}

    /**
     * Writes a moment to the second.
     *
     * @param moment when
     * @param zone whose clock, {@link ZoneId#systemDefault()} for that of the machine
     * @return for example {@code 2026-11-02 04:00:00 -05:00 (America/Lima)}
     */
    public static String describe(Instant moment, ZoneId zone) {
        return MOMENT.format(moment.atZone(zone)) + " (" + zone.getId() + ")";
    }

    /**
     * Returns the day of a moment.
     *
     * @param moment when
     * @param zone whose calendar
     * @return the day there
     */
    public static LocalDate day(Instant moment, ZoneId zone) {
        return LocalDate.ofInstant(moment, zone);
    }
}
