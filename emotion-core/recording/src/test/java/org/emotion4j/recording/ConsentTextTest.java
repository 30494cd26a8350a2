package org.emotion4j.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.emotion4j.recording.ConsentText.Signed;
import org.emotion4j.recording.SessionSignature.Point;
import org.emotion4j.recording.SessionSignature.Stroke;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The text that was agreed to, what was signed, and whose the other record of a session of two is. */
class ConsentTextTest {
    private static final Consent CONSENT = new Consent(
            Consent.LEGAL_GUARDIAN, Instant.parse("2026-01-01T10:00:00Z"), "a test", LocalDate.of(2099, 1, 1));
    private static final SessionSignature SIGNED = new SessionSignature(
            300,
            100,
            List.of(
                    new Stroke(List.of(new Point(10, 20), new Point(30, 5), new Point(300, 100))),
                    new Stroke(List.of(new Point(7, 7)))));

    @TempDir
    Path folder;

    @Test
    void aTextIsKnownByItsHashWhateverEditorSavedIt() {
        ConsentText text = ConsentText.of("Versión: 2026-11\nDe acuerdo.\n", Signed.NO);
        assertThat(text.version()).contains("2026-11");
        assertThat(text.isOf("\uFEFFVersión: 2026-11\r\nDe acuerdo.\r\n")).isTrue();
        assertThat(text.isOf("Versión: 2026-11\nDe acuerdo\n")).isFalse();
        assertThat(ConsentText.of("I agree.\nVersion: 3", Signed.NO).version())
                .as("not in the first line")
                .isEmpty();
        assertThatThrownBy(() -> ConsentText.of(" \n", Signed.NO)).hasMessageContaining("blank");
        assertThatThrownBy(() -> new ConsentText("12", Optional.empty(), Signed.NO))
                .hasMessageContaining("expected 64 digits");
    }

    @Test
    void aFileThatIsNoTextIsRefused() throws IOException {
        Path file = folder.resolve("consent.txt");
        Files.write(file, new byte[] {(byte) 0xFF, (byte) 0xFE, 'a', 0});
        assertThatThrownBy(() -> ConsentText.read(file)).hasMessageContaining("no text in UTF-8");
        Files.writeString(file, "\n \n");
        assertThatThrownBy(() -> ConsentText.read(file)).hasMessageContaining("is empty");
        Files.writeString(file, "x".repeat(ConsentText.MAX_BYTES + 1));
        assertThatThrownBy(() -> ConsentText.read(file)).hasMessageContaining("more than 65536 bytes");
        Files.writeString(file, "\uFEFFI agree.\r\n");
        assertThat(ConsentText.read(file)).isEqualTo("I agree.\n");
    }

    @Test
    void theRecordSaysWhichTextWasAgreedToAndWhoseTheOtherRecordIs() throws IOException {
        ConsentText text = ConsentText.of("Version: 1\nI agree.", Signed.ON_SCREEN);
        SessionMetadata metadata = SessionMetadata.of(CONSENT.withText(text))
                .withSubject("P-1")
                .withCompanion(new SessionMetadata.Companion("other-id", "2026-11-30-other"))
                .withSetting("a", "b");
        for (Optional<SessionCipher> cipher :
                List.of(Optional.<SessionCipher>empty(), Optional.of(SampleFrames.cipher()))) {
            Path session = record(cipher.isPresent() ? "sealed" : "plain", metadata, cipher);
            SessionMetadata read = SessionReader.readInfo(session, cipher).metadata();
            assertThat(read.consent()).contains(CONSENT.withText(text));
            assertThat(read.companion()).contains(new SessionMetadata.Companion("other-id", "2026-11-30-other"));
        }
    }

    @Test
    void aCompanionIsAFolderBesideThisOneAndNoPath() {
        for (String folder : List.of("", "..", "../x", "a/b", "a\\b", "a\nb")) {
            assertThatThrownBy(() -> new SessionMetadata.Companion("id", folder))
                    .hasMessageContaining("without a path");
        }
    }

    @Test
    void aSignatureLiesBesideTheRecordAndIsErasedWithIt() throws IOException {
        Path session = record("plain", SessionMetadata.of(CONSENT), Optional.empty());
        assertThat(SessionSignature.read(session)).isEmpty();
        SIGNED.write(session);
        assertThat(SessionSignature.read(session)).contains(SIGNED);
        assertThat(Files.readString(session.resolve("signature.svg"))).contains("M10 20L30 5L300 100");
        assertThatThrownBy(() -> SIGNED.write(session))
                .isInstanceOf(FileAlreadyExistsException.class)
                .hasMessageContaining("is there already");
        assertThat(SessionArchive.isOwn(session.resolve("signature.svg"))).isTrue();
        assertThat(SessionArchive.erase(session)).isEmpty();
        assertThat(session).doesNotExist();
    }

    @Test
    void somebodyElsesFileOfThatNameStays() throws IOException {
        Path session = record("plain", SessionMetadata.of(CONSENT), Optional.empty());
        Path drawn = Files.writeString(session.resolve("signature.svg"), "<svg xmlns=\"x\"/>");
        assertThat(SessionArchive.erase(session)).containsExactly(drawn);
        assertThatThrownBy(() -> SIGNED.write(folder.resolve("none"))).isInstanceOf(SessionFormatException.class);
    }

    @Test
    void ofAnEncryptedRecordItIsEncryptedToo() throws IOException {
        SessionCipher cipher = SampleFrames.cipher();
        Path session = record("sealed", SessionMetadata.of(CONSENT), Optional.of(cipher));
        SIGNED.write(session, cipher);
        assertThat(SessionSignature.read(session, cipher)).contains(SIGNED);
        Path file = session.resolve("signature.svg.sealed");
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).doesNotContain("svg", "path");
        assertThatThrownBy(() -> SessionSignature.read(session, SampleFrames.cipher((byte) 9)))
                .isInstanceOf(SessionDecryptionException.class);
        try (Stream<Path> files = Files.list(session)) {
            assertThat(files.map(each -> each.getFileName().toString())).doesNotContain("signature.svg");
        }
        assertThat(SessionArchive.erase(session)).isEmpty();
        assertThat(file).doesNotExist();
    }

    @Test
    void aDiskThatIsFullLeavesNoHalfSignatureAndTheRecordWhole() throws IOException {
        Path session = record("plain", SessionMetadata.of(CONSENT), Optional.empty());
        SmallDisk full = new SmallDisk(40);
        assertThatThrownBy(() -> SIGNED.write(session, Optional.empty(), full)).isInstanceOf(IOException.class);
        try (Stream<Path> files = Files.list(session)) {
            assertThat(files.map(each -> each.getFileName().toString()))
                    .containsExactlyInAnyOrder("session.csv", "session.json", "events.csv");
        }
        assertThat(SessionSignature.read(session)).isEmpty();
        SIGNED.write(session);
        assertThat(SessionSignature.read(session)).contains(SIGNED);
    }

    @Test
    void aDamagedSignatureIsSaidToBe() throws IOException {
        Path session = record("plain", SessionMetadata.of(CONSENT), Optional.empty());
        Path file = Files.writeString(
                session.resolve("signature.svg"), SIGNED.toSvg().replace("30 5", "3000 5"), StandardOpenOption.CREATE);
        assertThatThrownBy(() -> SessionSignature.read(session)).hasMessageContaining("outside");
        Files.writeString(file, "<svg/>");
        assertThatThrownBy(() -> SessionSignature.read(session)).hasMessageContaining("no signature of Emotion4J");
    }

    private Path record(String name, SessionMetadata metadata, Optional<SessionCipher> cipher) throws IOException {
        Path session = folder.resolve(name);
        CsvSessionRecorder.Builder builder = CsvSessionRecorder.builder(session).metadata(metadata);
        cipher.ifPresent(builder::encryption);
        try (CsvSessionRecorder recorder = builder.create()) {
            for (int i = 0; i < 40; i++) {
                recorder.record(SampleFrames.frame(i));
            }
        }
        return session;
    }
}
