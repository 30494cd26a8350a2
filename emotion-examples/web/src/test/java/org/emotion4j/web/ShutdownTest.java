package org.emotion4j.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.emotion4j.NeedsLoopback;
import org.emotion4j.recording.SessionInfo;
import org.emotion4j.recording.SessionReader;
import org.emotion4j.recording.SessionState;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The service in a process of its own, ended by a signal while somebody is being recorded or a film is read. */
@DisabledOnOs(OS.WINDOWS)
@Tag("slow")
@Tag("crash")
@NeedsLoopback
final class ShutdownTest {
    private static final Pattern ADDRESS = Pattern.compile("Emotion4J: http://127\\.0\\.0\\.1:(\\d+)/.*");
    private static final int FRAMES = 60;
    private static final int TERMINATED = 128 + 15;

    @TempDir
    Path folder;

    @Test
    void aSignalEndsEverySessionWellAndItsRecordIsWhole() throws Exception {
        Path records = folder.resolve("records");
        Process process = start(records);
        try (BufferedReader out = process.inputReader()) {
            int port = port(out);
            LiveClient page = LiveClient.connect(port);
            page.text("{\"type\":\"start\",\"consent\":true,"
                    + "\"record\":{\"purpose\":\"test\",\"keepUntil\":\"2999-12-31\"}}");
            String id = page.next("started").path("session").asString();
            byte[] picture = Samples.cameraPicture(1, 0);
            for (int i = 0; i < 3; i++) {
                page.picture(i, picture);
                page.next("reading");
            }
            // Process.destroy would close what it prints, too.
            process.toHandle().destroy();
            assertThat(page.next("ended").path("frames").asInt()).isEqualTo(3);
            assertThat(page.closeStatus()).isEqualTo(1001);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(TERMINATED);
            SessionInfo info = SessionReader.readInfo(records.resolve(id));
            assertThat(info.state()).isEqualTo(SessionState.FINISHED);
            assertThat(info.counters().orElseThrow().frames()).isEqualTo(3);
            assertThat(out.lines()).noneMatch(line -> line.contains("Exception"));
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void aSignalLetsAnUploadBeAnswered() throws Exception {
        Process process = start(folder.resolve("records"));
        try (BufferedReader out = process.inputReader()) {
            URI address = URI.create("http://127.0.0.1:" + port(out) + "/api/analyze");
            HttpRequest request = Service.upload(
                            HttpRequest.newBuilder(address)
                                    .header("Authorization", "Bearer " + Service.TOKEN)
                                    .header("Accept", "text/event-stream"),
                            Samples.film(folder, FRAMES))
                    .build();
            Iterator<String> lines = HttpClient.newHttpClient()
                    .send(request, HttpResponse.BodyHandlers.ofLines())
                    .body()
                    .iterator();
            assertThat(lines.next()).as("it is being read").isEqualTo("event: progress");
            process.toHandle().destroy();
            List<String> events = new ArrayList<>();
            lines.forEachRemaining(line -> {
                if (line.startsWith("event: ")) {
                    events.add(line);
                }
            });
            assertThat(events).endsWith("event: result");
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(TERMINATED);
        } finally {
            process.destroyForcibly();
        }
    }

    private static Process start(Path records) throws IOException {
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        WebApplication.class.getName(),
                        "--server.port=0",
                        "--emotion4j.token=" + Service.TOKEN,
                        "--emotion4j.web.records=" + records))
                .redirectErrorStream(true)
                .start();
    }

    private static int port(BufferedReader out) throws Exception {
        StringBuilder said = new StringBuilder();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            said.append(line).append('\n');
            Matcher address = ADDRESS.matcher(line);
            if (address.matches()) {
                return Integer.parseInt(address.group(1));
            }
        }
        throw new AssertionError("it did not start: " + said);
    }
}
