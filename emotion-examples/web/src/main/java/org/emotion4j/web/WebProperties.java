package org.emotion4j.web;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What the service allows: {@code emotion4j.web.*}.
 *
 * @param origins pages of other addresses that may call, for example {@code https://clinic.example}; by default none but the
 *     service's own at a loopback address
 * @param records where sessions are recorded that somebody has consented to; by default {@code emotion4j-sessions}
 * @param upload limits of {@code POST /api/analyze}
 * @param live limits of cameras
 * @param requestsPerSecond how many requests a second are answered over a longer time; by default 50
 * @param requestBurst how many may come at once; by default 500
 */
@ConfigurationProperties("emotion4j.web")
public record WebProperties(
        @DefaultValue Set<String> origins,
        @DefaultValue("emotion4j-sessions") Path records,
        @DefaultValue Upload upload,
        @DefaultValue Live live,
        @DefaultValue("50") double requestsPerSecond,
        @DefaultValue("500") int requestBurst) {

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a value is out of its range
     */
    public WebProperties {
        origins = Set.copyOf(origins);
        requireAbove("requests-per-second", requestsPerSecond);
        requireAbove("request-burst", requestBurst);
    }

    /**
     * Limits of what is uploaded.
     *
     * @param maxBytes of a file; by default 64 MB
     * @param inMemory how large a file may be that is never written to disk; larger ones rest in a private temporary file
     *     until they are read; by default 16 MB
     * @param maxPixels of a picture or of a film's frame; by default 50,000,000
     * @param maxLength of a film, in its own time; by default 10 minutes
     * @param maxWork how long a film may be worked on; by default 5 minutes
     * @param maxAnswer of a film's readings together; by default 32 MB, which is one face for 20 minutes
     * @param framesPerSecond at most so many frames of a film are read; by default 30
     * @param atOnce how many uploads are read at the same time; others wait; by default 8
     * @param patience how long an upload waits for its turn; by default 30 seconds
     */
    public record Upload(
            @DefaultValue("64MB") DataSize maxBytes,
            @DefaultValue("16MB") DataSize inMemory,
            @DefaultValue("50000000") long maxPixels,
            @DefaultValue("10m") Duration maxLength,
            @DefaultValue("5m") Duration maxWork,
            @DefaultValue("32MB") DataSize maxAnswer,
            @DefaultValue("30") double framesPerSecond,
            @DefaultValue("8") int atOnce,
            @DefaultValue("30s") Duration patience) {
        /**
         * Checks the ranges.
         *
         * @throws IllegalArgumentException if a value is out of its range
         */
        public Upload {
            requireAbove("upload.max-bytes", maxBytes.toBytes());
            requireAbove("upload.max-pixels", maxPixels);
            requireAbove("upload.max-length", maxLength.toMillis());
            requireAbove("upload.max-work", maxWork.toMillis());
            requireAbove("upload.max-answer", maxAnswer.toBytes());
            requireAbove("upload.frames-per-second", framesPerSecond);
            requireAbove("upload.at-once", atOnce);
        }
    }

    /**
     * Limits of cameras.
     *
     * @param sessions how many at the same time; by default 16
     * @param maxMessage of one picture; by default 1 MB
     * @param maxPixels of one picture; by default 2,100,000, which is 1920x1080
     * @param framesPerSecond of one session; more are dropped; by default 30
     * @param maxLength of one session; by default 2 hours
     * @param silence after how long without a message a connection is closed; by default 30 seconds
     */
    public record Live(
            @DefaultValue("16") int sessions,
            @DefaultValue("1MB") DataSize maxMessage,
            @DefaultValue("2100000") long maxPixels,
            @DefaultValue("30") double framesPerSecond,
            @DefaultValue("2h") Duration maxLength,
            @DefaultValue("30s") Duration silence) {
        /**
         * Checks the ranges.
         *
         * @throws IllegalArgumentException if a value is out of its range
         */
        public Live {
            requireAbove("live.sessions", sessions);
            requireAbove("live.max-message", maxMessage.toBytes());
            requireAbove("live.max-pixels", maxPixels);
            requireAbove("live.frames-per-second", framesPerSecond);
            requireAbove("live.max-length", maxLength.toMillis());
            requireAbove("live.silence", silence.toMillis());
        }
    }

    private static void requireAbove(String name, double value) {
        if (!(value > 0)) {
            throw new IllegalArgumentException("emotion4j.web." + name + " is " + value + ", expected above 0");
        }
    }
}
