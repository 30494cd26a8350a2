package org.emotion4j.spark;

import java.io.Serializable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a run is asked for, as its tasks need it.
 *
 * @param reading what changes the figures
 * @param format how tables are written
 * @param out the folder of the tables
 * @param timeLimit how long one input may take; null for ten minutes and ten times its length
 * @param split films longer than this are read in parts of this length; null for none
 * @param withoutConsent whether sessions without a consent are read too
 * @param forget whether rows go of inputs that are not given any more
 */
record JobSettings(
        ReadingSettings reading,
        TableFormat format,
        String out,
        @Nullable Duration timeLimit,
        @Nullable Duration split,
        boolean withoutConsent,
        boolean forget)
        implements Serializable {
    /** The same without parts: for films whose parts cannot be joined. */
    JobSettings unsplit() {
        return new JobSettings(reading, format, out, timeLimit, null, withoutConsent, forget);
    }
}
