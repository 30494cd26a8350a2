package org.emotion4j.opencv;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.opencv.core.Core;

/** NOTICE names what OpenCV's build says that it was linked with, on the platform that tests. */
@Tag("native")
class OpenCvLicenseTest {
    private static final Pattern LINKED = Pattern.compile("3rdparty dependencies: +(.*)");

    /** The build's names for what is known by another one. */
    private static final Map<String, String> KNOWN_AS = Map.of(
            "ippicv", "IPP ICV",
            "ippiw", "IPP IW",
            "ittnotify", "ITT API",
            "libopenjp2", "OpenJPEG",
            "libprotobuf", "Protobuf",
            "tegra_hal", "Carotene");

    @Test
    void theNoticeNamesEachLibraryThatIsLinkedIn() throws IOException {
        OpenCv.load();
        String notice = Files.readString(Path.of("..", "NOTICE"));
        Matcher linked = LINKED.matcher(Core.getBuildInformation());
        assertThat(linked.find()).isTrue();
        assertThat(linked.group(1).strip().split(" ")).hasSizeGreaterThan(5).allSatisfy(library -> assertThat(notice)
                .containsPattern("(?i)\\b" + KNOWN_AS.getOrDefault(library, library) + "\\b"));
    }
}
