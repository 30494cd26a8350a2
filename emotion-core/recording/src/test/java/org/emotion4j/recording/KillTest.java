package org.emotion4j.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A recording program is killed with SIGKILL at random moments. Every session opens; of a plain one no row is lost that
 * {@code record} has returned from, of an encrypted one none that was forced; no row is half.
 *
 * <p>{@code -Demotion4j.kills=500} is the full proof; by default there are a few of each kind.
 */
@Tag("crash")
@Tag("slow")
class KillTest {
    private static final int KILLS = Integer.getInteger("emotion4j.kills", 8);

    @TempDir
    Path folder;

    @Test
    void aKilledRecordingLosesNothing() throws Exception {
        killAll("plain", Optional.empty());
    }

    @Test
    void aKilledEncryptedRecordingLosesNothingThatWasForced() throws Exception {
        killAll("encrypted", Optional.of(SampleFrames.cipher()));
    }

    private void killAll(String kind, Optional<SessionCipher> cipher) throws Exception {
        Random random = new Random();
        long frames = 0;
        for (int i = 0; i < KILLS; i++) {
            Path session = folder.resolve(kind + i);
            frames += kill(session, kind, cipher, random);
            if (Files.exists(session)) {
                SessionArchive.erase(session);
            }
        }
        System.out.println(KILLS + " " + kind + " sessions killed, " + frames + " frames kept");
    }

    /** Kills after a random line; the program is some steps ahead of its output, so that is any moment. */
    private static long kill(Path session, String kind, Optional<SessionCipher> cipher, Random random)
            throws Exception {
        Process process = AnotherProgram.start(KillTarget.class, session, kind);
        int linesToWait = random.nextInt(20) == 0 ? 1 : 2 + random.nextInt(400);
        String last = "";
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (int i = 0; i < linesToWait; i++) {
                last = output.readLine();
            }
            process.toHandle().destroyForcibly(); // the process's own method would close its output, too
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                last = line.isEmpty() ? last : line;
            }
        }
        assertThat(process.waitFor()).as("killed, not ended").isNotZero();
        return last.equals("begin") ? 0 : check(session, last, cipher);
    }

    private static long check(Path session, String last, Optional<SessionCipher> cipher) throws IOException {
        String[] said = last.equals("created") ? new String[] {"0", "0", "0"} : last.split(" ");
        long promised = Long.parseLong(cipher.isPresent() ? said[1] : said[0]);
        int markers = said.length < 3 ? 0 : Integer.parseInt(said[2]);
        long read = readAll(session, cipher, SessionState.RECORDING, markers);
        assertThat(read).isGreaterThanOrEqualTo(promised);
        SessionRecovery recovery = SessionRecovery.of(session, cipher, DiskStorage.INSTANCE);
        assertThat(recovery.needed()).isTrue();
        assertThat(recovery.counters().frames()).isEqualTo(read);
        assertThat(readAll(session, cipher, SessionState.RECOVERED, markers)).isEqualTo(read);
        return read;
    }

    private static long readAll(Path session, Optional<SessionCipher> cipher, SessionState state, int markers)
            throws IOException {
        try (SessionReader reader = SessionReader.open(session, cipher)) {
            assertThat(reader.info().state()).isEqualTo(state);
            assertThat(reader.isUnfinished()).isEqualTo(state == SessionState.RECORDING);
            assertThat(reader.info().markers()).hasSizeGreaterThanOrEqualTo(markers);
            long index = 0;
            for (Optional<RecordedFrame> frame = reader.next(); frame.isPresent(); frame = reader.next()) {
                SampleFrames.requireSame(frame.get(), SampleFrames.frame(index++));
            }
            return index;
        }
    }
}
