package org.emotion4j.djl.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The messages are those of the loader of JDK 17 and of DJL 0.35. */
final class NativeFailureTest {
    @Test
    void whatIsNotOnTheClassPathIsToBePutThere() {
        assertThat(NativeFailure.pytorch(new IllegalStateException("No PyTorch native library matches")))
                .hasMessageContaining("put ai.djl.pytorch:pytorch-jni");
    }

    @Test
    void whatIsThereAndDoesNotLoadIsNotToBePutThereAgain() {
        assertThat(NativeFailure.pytorch(linkError("libtorch.so: undefined symbol: x"))
                        .getMessage())
                .contains("it is on the class path")
                .doesNotContain("put ai.djl");
    }

    @Test
    void anotherClassLoaderIsNamed() {
        String said = "Native Library /home/user/.djl.ai/libc10.so already loaded in another classloader";
        assertThat(NativeFailure.pytorch(linkError(said)).getMessage())
                .contains("another class loader of this process", "server's own lib folder")
                .doesNotContain("put ai.djl");
    }

    @Test
    void aFolderThatForbidsRunningCodeIsNamed() {
        String said = "/mnt/x.so: failed to map segment from shared object";
        assertThat(NativeFailure.pytorch(linkError(said))).hasMessageContaining("-DENGINE_CACHE_DIR=DIR");
    }

    @Test
    void aFolderThatCannotBeWrittenIsNamedAndNothingIsSaidOfTheClassPath() {
        for (IOException cause : List.of(
                new FileSystemException("/ro/pytorch", null, "Read-only file system"),
                new FileSystemException("/file/pytorch", null, "Not a directory"),
                new AccessDeniedException("/cache/pytorch"),
                new FileAlreadyExistsException("/file"))) {
            assertThat(NativeFailure.pytorch(new IllegalStateException("Failed to load", cause)))
                    .hasMessageContaining("its native code cannot be unpacked: choose another folder with"
                            + " -DENGINE_CACHE_DIR=DIR")
                    .hasMessageContaining(cause.getMessage());
        }
    }

    private static Throwable linkError(String words) {
        return new IllegalStateException("Failed to load", new UnsatisfiedLinkError(words));
    }
}
