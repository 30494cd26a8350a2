package org.emotion4j.annotation;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What annotation programs call the containers of films. */
final class MediaType {
    private static final Map<String, String> BY_ENDING = Map.ofEntries(
            Map.entry("mp4", "video/mp4"),
            Map.entry("m4v", "video/mp4"),
            Map.entry("mov", "video/quicktime"),
            Map.entry("mpg", "video/mpeg"),
            Map.entry("mpeg", "video/mpeg"),
            Map.entry("ts", "video/mp2t"),
            Map.entry("mts", "video/mp2t"),
            Map.entry("m2ts", "video/mp2t"),
            Map.entry("avi", "video/x-msvideo"),
            Map.entry("mkv", "video/x-matroska"),
            Map.entry("webm", "video/webm"),
            Map.entry("wmv", "video/x-ms-wmv"),
            Map.entry("flv", "video/x-flv"),
            Map.entry("ogv", "video/ogg"));

    private MediaType() {}

    static Optional<String> of(String fileName) {
        int dot = fileName.lastIndexOf('.');
        return Optional.ofNullable(BY_ENDING.get(fileName.substring(dot + 1).toLowerCase(Locale.ROOT)));
    }
}
