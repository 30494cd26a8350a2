package org.emotion4j.web;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.MultipartConfigElement;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.emotion4j.NeedsLoopback;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.frame.Frame;
import org.emotion4j.opencv.Pictures;
import org.emotion4j.pipeline.EmotionPipeline;
import org.emotion4j.recording.FrameJson;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** {@code POST /api/analyze}: what it answers, and what it refuses. */
@Tag("native")
@NeedsLoopback
final class AnalyzeTest {
    private final Service service = Service.shared();

    @Test
    void aPicturesReadingsAreThoseOfTheLibraryInTheLibrarysJson() throws IOException {
        JsonNode answer = Service.json(service.analyze(Samples.portrait(1)));
        assertThat(answer.path("kind").asString()).isEqualTo("picture");
        assertThat(answer.path("readings")).hasSize(1);
        JsonNode reading = answer.path("readings").get(0);
        assertThat(Emotion.labels()).contains(reading.path("expression").asString());
        assertThat(reading.path("confidence").isNumber()).isTrue();
        assertThat(reading.path("box").propertyNames()).containsExactly("x", "y", "width", "height");
        assertThat(reading.path("scores").propertyNames()).containsExactlyElementsOf(Emotion.labels());
        try (Frame frame = Pictures.decode(Samples.portrait(1))) {
            JsonNode library = Service.json(
                    FrameJson.write(service.bean(EmotionPipeline.class).analyze(frame)));
            library.path("faces").get(0).properties().forEach(field -> assertThat(reading.get(field.getKey()))
                    .isEqualTo(field.getValue()));
        }
    }

    @Test
    void aFilmHasAReadingAFrame(@TempDir Path folder) {
        JsonNode answer = Service.json(service.analyze(Samples.film(folder, 10)));
        assertThat(answer.path("kind").asString()).isEqualTo("film");
        assertThat(answer.path("frames").asInt()).isEqualTo(10);
        assertThat(answer.path("readings")).hasSize(10);
        assertThat(answer.path("readings").get(5).path("mediaTimeMs").asDouble())
                .isEqualTo(200);
        assertThat(answer.path("width").asInt()).isEqualTo(Samples.WIDTH);
        assertThat(answer.toString()).doesNotContain(".film");
    }

    @Test
    void aFilmsProgressIsTold(@TempDir Path folder) {
        HttpResponse<String> response = Service.send(Service.upload(
                service.authorized("/api/analyze").header("Accept", "text/event-stream"), Samples.film(folder, 10)));
        assertThat(response.headers().firstValue("content-type").orElse("")).startsWith("text/event-stream");
        List<String> events = response.body()
                .lines()
                .filter(line -> line.startsWith("event:"))
                .toList();
        assertThat(events).startsWith("event: progress").endsWith("event: result");
        String result =
                response.body().lines().filter(line -> line.startsWith("data:")).reduce("", (first, last) -> last);
        assertThat(Service.json(result.substring(5)).path("readings")).hasSize(10);
    }

    @Test
    void whoIsRefusedBeforeAnyProgressGetsTheStatus() {
        HttpResponse<String> response = Service.send(Service.upload(
                service.authorized("/api/analyze").header("Accept", "text/event-stream"),
                "text".getBytes(StandardCharsets.UTF_8)));
        assertThat(response.statusCode()).isEqualTo(415);
    }

    @Test
    void aDamagedFilmIsReadAsFarAsItGoesWhereThatIsAskedFor(@TempDir Path folder) {
        byte[] film = Samples.film(folder, 10);
        byte[] cut = Arrays.copyOf(film, film.length * 2 / 3);
        HttpResponse<String> refused = service.analyze(cut);
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(Service.json(refused).path("detail").asString())
                .contains("damaged", "partial=true")
                .doesNotContain(".film");
        JsonNode partial = Service.json(service.analyze("/api/analyze?partial=true", cut));
        assertThat(partial.path("frames").asInt()).isBetween(1, 9);
        assertThat(partial.path("unread").asString()).isNotEmpty();
    }

    @Test
    void aFilmThatIsTooLongIsRefused(@TempDir Path folder) {
        HttpResponse<String> response = service.analyze(Samples.film(folder, 300));
        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(response.body()).contains("longer than 10 s");
    }

    @Test
    void aFilmWithMoreReadingsThanAnAnswerHoldsIsRefused(@TempDir Path folder) {
        HttpResponse<String> response = service.analyze(Samples.film(folder, 240));
        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(response.body()).contains("more readings than an answer holds");
    }

    static Stream<Arguments> uploads() throws IOException {
        byte[] portrait = Samples.portrait(1);
        return Stream.of(
                Arguments.of("empty", new byte[0], 422),
                Arguments.of("a picture that is cut short", Arrays.copyOf(portrait, portrait.length / 2), 422),
                Arguments.of("a picture whose middle is lost", withoutMiddle(portrait), 422),
                Arguments.of("text", "hello".getBytes(StandardCharsets.UTF_8), 415),
                Arguments.of("noise", noise(), 415),
                Arguments.of("a play list", "#EXTM3U\nfile:///etc/passwd\n".getBytes(StandardCharsets.UTF_8), 415),
                Arguments.of(
                        "FFmpeg's own list",
                        "ffconcat version 1.0\nfile /etc/passwd\n".getBytes(StandardCharsets.UTF_8),
                        415),
                Arguments.of(
                        "a drawing that fetches a file",
                        "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><svg>&a;</svg>"
                                .getBytes(StandardCharsets.UTF_8),
                        415),
                Arguments.of("an archive", archive(), 415),
                Arguments.of("a few kilobytes that claim 81 million pixels", wall(9_000), 413),
                Arguments.of("a few kilobytes that claim 3,600 million pixels", wall(60_000), 413),
                Arguments.of("a file above the limit", new byte[(int) Service.MAX_BYTES + 1], 413),
                Arguments.of("a file far above the limit", new byte[5 * (int) Service.MAX_BYTES], 413),
                Arguments.of("an MP4 of nothing", emptyMp4(), 422));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("uploads")
    void whatCannotBeReadIsRefusedWithAReasonAndTheServiceGoesOn(String what, byte[] file, int status) {
        HttpResponse<String> response = service.analyze(file);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("content-type").orElse("")).isEqualTo("application/problem+json");
        assertThat(Service.json(response).path("detail").asString())
                .isNotBlank()
                .doesNotContain("/tmp", "Exception", "org.emotion4j");
        assertThat(service.analyze(Samples.portrait(1)).statusCode()).isEqualTo(200);
    }

    @Test
    void whoSendsAFileAboveTheLimitIsToldTheLimit() {
        HttpResponse<String> response = service.analyze(new byte[(int) Service.MAX_BYTES + 1]);
        assertThat(Service.json(response).path("detail").asString())
                .contains("larger than " + (Service.MAX_BYTES >> 20) + " MB", "emotion4j.web.upload.max-bytes");
    }

    @Test
    void aFileAboveTheLimitThatDoesNotSayHowLargeItIsIsRefused() {
        byte[] body = Service.multipart(new byte[2 * (int) Service.MAX_BYTES]);
        HttpResponse<String> response = Service.send(service.authorized("/api/analyze")
                .header("Content-Type", "multipart/form-data; boundary=b0undary")
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))));
        assertThat(response.statusCode()).isEqualTo(413);
    }

    @Test
    void aRequestThatIsNoUploadIsRefused() {
        HttpRequest.Builder request = service.authorized("/api/analyze");
        assertThat(Service.send(request.POST(HttpRequest.BodyPublishers.ofString("{}")))
                        .statusCode())
                .isEqualTo(415);
        request.header("Content-Type", "multipart/form-data; boundary=b0undary");
        assertThat(Service.send(request.POST(HttpRequest.BodyPublishers.ofString("garbage")))
                        .statusCode())
                .isEqualTo(400);
        assertThat(service.get("/api/analyze").statusCode()).isEqualTo(405);
    }

    @Test
    void twoHundredRequestsOfEightThreadsAllGetTheSameAnswer() throws Exception {
        byte[] portrait = Samples.portrait(3);
        ExecutorService callers = Executors.newFixedThreadPool(8);
        try {
            List<Future<HttpResponse<String>>> answers = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                answers.add(callers.submit(() -> service.analyze(portrait)));
            }
            List<HttpResponse<String>> responses = new ArrayList<>();
            for (Future<HttpResponse<String>> answer : answers) {
                responses.add(answer.get());
            }
            assertThat(responses)
                    .allSatisfy(response -> assertThat(response.statusCode()).isEqualTo(200));
            Set<String> distinct = responses.stream().map(HttpResponse::body).collect(Collectors.toSet());
            assertThat(distinct).hasSize(1);
        } finally {
            callers.shutdownNow();
        }
    }

    @Test
    void nothingOfAnUploadStaysOnTheDisk(@TempDir Path folder) throws Exception {
        byte[] film = Samples.film(folder, 100);
        assertThat(film.length).isGreaterThan(256 << 10);
        assertThat(service.analyze(film).statusCode()).isEqualTo(200);
        Path temporary = Path.of(service.bean(MultipartConfigElement.class).getLocation());
        // the server removes it when it has answered: the answer may be here before
        for (int i = 0; i < 1_500 && !filesBelow(temporary).isEmpty(); i++) {
            Thread.sleep(20);
        }
        assertThat(filesBelow(temporary)).isEmpty();
    }

    private static List<Path> filesBelow(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        } catch (UncheckedIOException | NoSuchFileException e) {
            return List.of(folder); // one of them went while they were listed: look again
        }
    }

    private static byte[] withoutMiddle(byte[] file) {
        byte[] damaged = file.clone();
        Arrays.fill(damaged, damaged.length / 2, damaged.length * 3 / 4, (byte) 0);
        return damaged;
    }

    private static byte[] noise() {
        byte[] noise = new byte[3_000];
        new Random(7).nextBytes(noise);
        return noise;
    }

    private static byte[] archive() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("../../evil"));
            zip.write(1);
        }
        return bytes.toByteArray();
    }

    /** A PNG of one color, so large that it is small. */
    private static byte[] wall(int side) throws IOException {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        png.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        writeInt(header, side);
        writeInt(header, side);
        header.writeBytes(new byte[] {1, 0, 0, 0, 0});
        chunk(png, "IHDR", header.toByteArray());
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        try (OutputStream rows = new DeflaterOutputStream(data)) {
            for (int y = 0; y < Math.min(side, 9_000); y++) {
                rows.write(new byte[side / 8 + 1]);
            }
        }
        chunk(png, "IDAT", data.toByteArray());
        chunk(png, "IEND", new byte[0]);
        return png.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream png, String type, byte[] data) {
        CRC32 crc = new CRC32();
        crc.update(type.getBytes(StandardCharsets.US_ASCII));
        crc.update(data);
        writeInt(png, data.length);
        png.writeBytes(type.getBytes(StandardCharsets.US_ASCII));
        png.writeBytes(data);
        writeInt(png, (int) crc.getValue());
    }

    private static void writeInt(ByteArrayOutputStream out, int value) {
        out.write(value >>> 24);
        out.write(value >>> 16);
        out.write(value >>> 8);
        out.write(value);
    }

    private static byte[] emptyMp4() {
        ByteArrayOutputStream mp4 = new ByteArrayOutputStream();
        writeInt(mp4, 24);
        mp4.writeBytes("ftypisom".getBytes(StandardCharsets.US_ASCII));
        mp4.writeBytes(new byte[12]);
        return mp4.toByteArray();
    }
}
