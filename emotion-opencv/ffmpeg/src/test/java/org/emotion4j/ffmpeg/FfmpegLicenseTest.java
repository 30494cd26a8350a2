package org.emotion4j.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avfilter;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the build of FFmpeg says of itself is what NOTICE says of it, and the texts are in the jar. */
@Tag("native")
class FfmpegLicenseTest {
    private static final Pattern LIBRARY = Pattern.compile("--enable-(lib[\\w-]+|openssl|zlib)");

    /** Of the system, and loaded from there. */
    private static final Set<String> NOT_IN_THE_JAR = Set.of("libxcb", "libpulse");

    @BeforeAll
    static void load() {
        Ffmpeg.load();
    }

    @Test
    void allOfItIsUnderTheLgpl() {
        assertThat(List.of(
                        avutil.avutil_license().getString(),
                        avcodec.avcodec_license().getString(),
                        avformat.avformat_license().getString(),
                        avfilter.avfilter_license().getString()))
                .containsOnly("LGPL version 3 or later");
        assertThat(configuration())
                .contains("--enable-version3")
                .doesNotContain("--enable-gpl", "--enable-nonfree", "x264", "x265");
    }

    @Test
    void theNoticeNamesEachLibraryThatIsLinkedIn() throws IOException {
        String notice = Files.readString(Path.of("..", "..", "NOTICE"));
        assertThat(LIBRARY.matcher(configuration()).results().map((MatchResult match) -> match.group(1)))
                .filteredOn(library -> !NOT_IN_THE_JAR.contains(library))
                .hasSizeGreaterThan(10)
                .allSatisfy(library -> assertThat(notice).containsPattern("(?i)\\b" + library + "\\b"));
    }

    @Test
    void theJarHasTheTextsThatGoWithFfmpeg() throws IOException {
        for (String name : List.of("LGPL-3.0.txt", "GPL-3.0.txt")) {
            try (InputStream text = Ffmpeg.class.getResourceAsStream("/META-INF/licenses/" + name)) {
                assertThat(text).as(name).isNotNull();
                assertThat(new String(text.readAllBytes(), StandardCharsets.UTF_8))
                        .isEqualTo(Files.readString(Path.of("..", "..", "licenses", name)));
            }
        }
    }

    private static String configuration() {
        return avutil.avutil_configuration().getString();
    }
}
