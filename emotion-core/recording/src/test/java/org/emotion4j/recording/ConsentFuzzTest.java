package org.emotion4j.recording;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever a text of consent or a signature holds, it is read or refused by the documented exception. Runs the seeds; the
 * profile {@code fuzz} makes more of them.
 */
@Timeout(20)
final class ConsentFuzzTest {
    @TempDir
    static Path root;

    private static Path session;

    @BeforeAll
    static void record() throws IOException {
        session = SampleFrames.recorded(root.resolve("session"), Optional.empty());
    }

    @MethodSource("texts")
    @FuzzTest(maxDuration = "10m")
    void text(byte[] utf8) throws IOException {
        Path file = Files.write(root.resolve("consent.txt"), utf8);
        String words;
        try {
            words = ConsentText.read(file);
        } catch (IOException refused) {
            assertThat(refused.getMessage()).contains("consent.txt");
            return;
        }
        try {
            ConsentText text = ConsentText.of(words, ConsentText.Signed.ON_PAPER);
            assertThat(text.isOf(words)).isTrue();
        } catch (IllegalArgumentException refused) {
            assertThat(refused.getMessage()).contains("version");
        }
    }

    @MethodSource("signatures")
    @FuzzTest(maxDuration = "10m")
    void signature(byte[] svg) throws IOException {
        Path file = session.resolve("signature.svg");
        Files.write(file, svg);
        try {
            SessionSignature read = SessionSignature.read(session).orElseThrow();
            Files.writeString(file, read.toSvg());
            assertThat(SessionSignature.read(session)).contains(read);
        } catch (SessionFormatException refused) {
            assertThat(refused.getMessage()).contains("signature.svg");
        }
    }

    static Stream<byte[]> texts() {
        return Stream.of(
                        "Version: 3\nWhat is recorded and why.",
                        "\uFEFFversi\u00f3n : 2026-11\r\n\r\nQu\u00e9 se graba.",
                        "Version: " + "x".repeat(200),
                        "Version: x" + " ".repeat(65_000) + "y",
                        "\n".repeat(65_000),
                        "\uFEFF\uFEFF", // found by fuzzing
                        " ",
                        "")
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    static Stream<byte[]> signatures() {
        SessionSignature signature = new SessionSignature(
                300,
                100,
                List.of(
                        new SessionSignature.Stroke(
                                List.of(new SessionSignature.Point(0, 0), new SessionSignature.Point(300, 100))),
                        new SessionSignature.Stroke(List.of(new SessionSignature.Point(7, 8)))));
        return Stream.concat(
                RecordFuzzTest.damaged(signature.toSvg().getBytes(StandardCharsets.UTF_8)),
                Stream.of(
                                "<path d=\"M\"/>",
                                "<path d=\"M1 1L\"/>",
                                "<path d=\"M99999999999 1\"/>",
                                "<path d=\"M1  1\"/>")
                        .map(path -> signature.toSvg().replaceFirst("<path .*", path))
                        .map(text -> text.getBytes(StandardCharsets.UTF_8)));
    }
}
