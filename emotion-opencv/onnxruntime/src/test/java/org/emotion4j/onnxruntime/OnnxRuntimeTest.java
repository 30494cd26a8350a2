package org.emotion4j.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Why it does not start; the messages are those of the loader of JDK 17. */
final class OnnxRuntimeTest {
    @Test
    void whatIsNotOnTheClassPathIsToBePutThere() {
        assertThat(OnnxRuntime.unavailable(new NoClassDefFoundError("ai/onnxruntime/OrtEnvironment"), false))
                .hasMessageContaining("put com.microsoft.onnxruntime:onnxruntime on the class path");
    }

    @Test
    void whatIsThereAndDoesNotLoadIsNotToBePutThereAgain() {
        assertThat(OnnxRuntime.unavailable(linkError("/tmp/x/libonnxruntime.so: file too short"), true)
                        .getMessage())
                .contains("file too short", "it is on the class path", "single-shot and expression")
                .doesNotContain("put com.microsoft");
    }

    @Test
    void aFolderThatForbidsRunningCodeIsNamed() {
        assertThat(OnnxRuntime.unavailable(linkError("/mnt/x.so: failed to map segment from shared object"), true))
                .hasMessageContaining("-Djava.io.tmpdir=DIR");
    }

    @Test
    void itIsHere() {
        assertThat(OnnxRuntime.isOnClassPath()).isTrue();
    }

    private static Throwable linkError(String words) {
        return new IllegalStateException("Failed to load", new UnsatisfiedLinkError(words));
    }
}
