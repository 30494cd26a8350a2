package org.emotion4j.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What JavaCPP's loader says, and what it means. The words are those of Linux, met with {@code mount -o noexec}. */
@Tag("native")
class FfmpegDoesNotLoadTest {
    @Test
    void aFolderThatForbidsRunningCodeIsNamedWithTheSettingThatChoosesAnother() {
        UnsatisfiedLinkError failure = new UnsatisfiedLinkError("no jniavutil in java.library.path: /usr/lib");
        failure.initCause(new UnsatisfiedLinkError("/n/libjniavutil.so: failed to map segment from shared object"));
        assertThat(Ffmpeg.failure(failure, true))
                .hasMessageContaining("failed to map segment")
                .hasMessageContaining("mounted noexec")
                .hasMessageContaining("-Dorg.bytedeco.javacpp.cachedir=DIR")
                .hasMessageNotContaining("put on the class path");
    }

    @Test
    void whatIsMissingIsNamed() {
        assertThat(Ffmpeg.failure(new UnsatisfiedLinkError("no jniavutil in java.library.path: /usr/lib"), false))
                .hasMessageContaining("put on the class path")
                .hasMessageContaining("org.bytedeco:ffmpeg")
                .hasMessageNotContaining("noexec");
    }

    @Test
    void whatIsThereIsNotCalledMissing() {
        assertThat(Ffmpeg.failure(new UnsatisfiedLinkError("libva.so.2: cannot open shared object file"), true))
                .hasMessageContaining("it is on the class path")
                .hasMessageNotContaining("put on the class path");
    }
}
