package org.emotion4j.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.emotion4j.cli.demo.SamplePortrait;
import org.emotion4j.recording.SessionReader;
import org.emotion4j.recording.SessionState;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the examples as a reader would. */
@Tag("native")
final class ExamplesTest {
    private static final String READING = "face \\d: \\w.* at \\d+\\.\\d{3} s";

    @TempDir
    Path folder;

    private Path portrait;
    private Path pictures;

    @BeforeEach
    void fill() throws IOException {
        pictures = Files.createDirectories(folder.resolve("pictures"));
        for (String name : SamplePortrait.NAMES.subList(0, 3)) {
            portrait = Files.write(pictures.resolve(name), SamplePortrait.encoded(name));
        }
    }

    private interface Example {
        void main(String[] arguments) throws Exception;
    }

    /** Returns the lines that it printed. */
    private static List<String> run(Example example, Object... arguments) throws Exception {
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            example.main(Stream.of(arguments).map(Object::toString).toArray(String[]::new));
        } finally {
            System.setOut(before);
        }
        return printed.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void anExampleWithoutItsArgumentsSaysWhatTheyAre() {
        List<Example> all = List.of(
                ReadAPicture::main,
                LiveSession::main,
                RecordWithConsent::main,
                ReportOfASession::main,
                EncryptedRecord::main,
                OwnClassifier::main,
                ChinRestDetector::main);
        assertThat(all).allSatisfy(example -> assertThatIllegalArgumentException()
                .isThrownBy(() -> run(example))
                .withMessageMatching("arguments?: .+"));
    }

    @Test
    void aPictureIsRead() throws Exception {
        assertThat(run(ReadAPicture::main, portrait)).singleElement().asString().matches(READING);
    }

    @Test
    void aFolderIsReadAsALiveSessionReadsAFilm() throws Exception {
        List<String> lines = run(LiveSession::main, pictures);
        assertThat(lines).hasSize(4).last().isEqualTo("3 frames, FINISHED");
        assertThat(lines.subList(0, 3)).allSatisfy(line -> assertThat(line).matches(READING));
    }

    @Test
    void aRecordIsKeptAndReported() throws Exception {
        Path session = folder.resolve("session");
        assertThat(run(RecordWithConsent::main, pictures, session)).hasSize(3);
        assertThat(SessionReader.readInfo(session).state()).isEqualTo(SessionState.FINISHED);
        assertThat(SessionReader.readInfo(session).metadata().consent()).isPresent();
        Path page = folder.resolve("page.html");
        assertThat(run(ReportOfASession::main, session, page)).isNotEmpty();
        assertThat(page).content().startsWith("<!DOCTYPE html>");
    }

    @Test
    void anEncryptedRecordIsReadBack() throws Exception {
        Path session = folder.resolve("session");
        assertThat(run(EncryptedRecord::main, pictures, session)).hasSize(3);
        assertThat(session.resolve("session.csv")).doesNotExist();
    }

    @Test
    void framesArePushed() throws Exception {
        List<String> lines = run(PushedFrames::main, portrait, portrait);
        assertThat(lines).last().isEqualTo("2 frames");
        assertThat(lines).first().asString().endsWith(" at 0.000 s");
    }

    @Test
    void aClassifierOfOnesOwnAnswers() throws Exception {
        assertThat(run(OwnClassifier::main, portrait))
                .singleElement()
                .asString()
                .matches(READING);
    }

    @Test
    void aDetectorOfOnesOwnAnswers() throws Exception {
        assertThat(run(ChinRestDetector::main, portrait))
                .singleElement()
                .asString()
                .matches(READING);
    }
}
