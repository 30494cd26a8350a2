package org.emotion4j.opencv;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the loader says, and what it means. The words are those of Linux, met with {@code mount -o noexec}. */
@Tag("native")
class OpenCvDoesNotLoadTest {
    @Test
    void aFolderThatForbidsRunningCodeIsNamedWithTheSettingThatChoosesAnother() {
        assertThat(OpenCv.failure(new UnsatisfiedLinkError(
                        "/n/libopencv_java490.so: /n/libopencv_java490.so: failed to map segment from shared object")))
                .hasMessageContaining("mounted noexec")
                .hasMessageContaining("-Djava.io.tmpdir=DIR")
                .hasMessageNotContaining("glibc");
    }

    @Test
    void aDiskThatIsFullIsNamed() {
        assertThat(OpenCv.failure(new ExceptionInInitializerError(
                        new java.io.IOException("/n/libopencv_java490.so: No space left on device"))))
                .hasMessageContaining("cannot be unpacked")
                .hasMessageContaining("-Djava.io.tmpdir=DIR");
    }

    @Test
    void whatIsMissingIsNotCalledBroken() {
        NoClassDefFoundError missing = new NoClassDefFoundError("nu/pattern/OpenCV");
        missing.initCause(new ClassNotFoundException("nu.pattern.OpenCV"));
        assertThat(OpenCv.failure(missing))
                .hasMessageContaining("put org.openpnp:opencv 4.9.0-0 on the class path")
                .hasMessageNotContaining("does not load");
    }

    @ParameterizedTest
    @ValueSource(strings = {"version `GLIBC_2.28' not found", "wrong ELF class: ELFCLASS32"})
    void whatTheSystemRefusesIsToldWithThePlatformsThatAreThere(String words) {
        assertThat(OpenCv.failure(new UnsatisfiedLinkError(words)))
                .hasMessageContaining(words)
                .hasMessageContaining("glibc 2.28 or newer")
                .hasMessageNotContaining("noexec");
    }
}
