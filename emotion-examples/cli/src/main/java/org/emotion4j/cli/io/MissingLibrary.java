package org.emotion4j.cli.io;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A class that is not on the class path, as the library that it belongs to. */
public final class MissingLibrary {
    /** What Java says of a class that it does not find, and nothing else. */
    private static final Pattern CLASS = Pattern.compile("(?:[\\w$]+[/.]){2,}[\\w$]+");

    private static final Map<String, String> LIBRARIES = Map.of(
            "org.opencv.", "OpenCV: put org.openpnp:opencv",
            "nu.pattern.", "OpenCV: put org.openpnp:opencv",
            "org.bytedeco.", "FFmpeg: put org.bytedeco:ffmpeg and org.bytedeco:javacpp",
            "ai.onnxruntime.", "ONNX Runtime: put com.microsoft.onnxruntime:onnxruntime",
            "ai.djl.", "Deep Java Library: put ai.djl:api and an engine",
            "com.google.crypto.tink.", "Google Tink: put com.google.crypto.tink:tink");

    private MissingLibrary() {}

    /** Says what is missing and what to do; empty where a failure is another one. */
    public static Optional<String> describe(Throwable failure) {
        if (!(failure instanceof NoClassDefFoundError) || failure.getMessage() == null) {
            return Optional.empty();
        }
        Matcher matcher = CLASS.matcher(failure.getMessage());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String name = failure.getMessage().replace('/', '.');
        String what = LIBRARIES.entrySet().stream()
                .filter(library -> name.startsWith(library.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("a library: put it");
        return Optional.of(String.format(
                Locale.ROOT,
                "not on the class path is %s there; beside emotion-examples.jar its jar belongs into the folder lib (no class"
                        + " %s)",
                what,
                name));
    }
}
