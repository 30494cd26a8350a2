package org.emotion4j;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * With {@code -DexcludedGroups=native}, fails a class of tests that loads native code: it lacks the tag. Where tagged classes run in the
 * same virtual machine nothing can be told, nor elsewhere than on Linux.
 */
public final class NativesAreTagged implements BeforeAllCallback, AfterAllCallback {
    private static final Path LOADED = Path.of("/proc/self/maps");
    private static final Pattern NATIVES =
            Pattern.compile("/(\\S*(?:opencv_java|onnxruntime|jniavutil|djl_torch)\\S*)");

    private static final boolean EXCLUDED =
            List.of(System.getProperty("tests.excluded", "").split("[, |]+")).contains("native");

    private boolean clean;

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        clean = EXCLUDED && isOutermost(context) && loaded().isEmpty();
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        if (clean && isOutermost(context)) {
            loaded().ifPresent(name -> {
                throw new AssertionError(
                        context.getRequiredTestClass().getName() + " loads " + name + ": give it @Tag(\"native\")");
            });
        }
    }

    private static boolean isOutermost(ExtensionContext context) {
        return context.getRequiredTestClass().getEnclosingClass() == null;
    }

    private static Optional<String> loaded() throws IOException {
        if (!Files.isReadable(LOADED)) {
            return Optional.empty();
        }
        Matcher matcher = NATIVES.matcher(Files.readString(LOADED, StandardCharsets.ISO_8859_1));
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
