package org.emotion4j.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.emotion4j.NeedsLoopback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Cameras of pages: what they are told, what is refused, what is kept, and what is left of many. */
@Tag("slow")
@Tag("native")
@NeedsLoopback
final class LiveTest {
    private static final int SESSIONS = Integer.getInteger("emotion4j.web.sessions", 60);
    private static final int FUZZ = Integer.getInteger("emotion4j.web.fuzz", 1_500);
    /** Fewer than what the service puts up with, so that all are handled. */
    private static final int A_CONNECTION = 40;

    private static final byte[] PICTURE = Samples.cameraPicture(1, 0);

    private final Service service = Service.shared();

    @AfterEach
    void nothingGoesOn() throws Exception {
        awaitQuiet();
    }

    @Test
    void everyPictureIsToldByItsOwnTime() {
        try (LiveClient page = LiveClient.connect(service).start()) {
            assertThat(page.next("started").path("session").isNull()).isTrue();
            for (int i = 0; i < 5; i++) {
                page.picture(100.25 * i, PICTURE);
                JsonNode reading = page.next("reading");
                assertThat(reading.path("mediaTimeMs").asDouble()).isEqualTo(100.25 * i);
                assertThat(reading.path("width").asInt()).isEqualTo(Samples.WIDTH);
                assertThat(reading.path("readings")).hasSize(1);
                assertThat(reading.path("readings").get(0).path("scores")).hasSize(7);
                assertThat(reading.path("readings").get(0).path("movements").size())
                        .isEqualTo(15);
            }
            page.text("{\"type\":\"stop\"}");
            assertThat(page.next("ended").path("frames").asInt()).isEqualTo(5);
            assertThat(page.closeStatus()).isEqualTo(1000);
        }
    }

    @Test
    void withoutAConsentNothingIsRead() {
        try (LiveClient page = LiveClient.connect(service)) {
            page.picture(0, PICTURE);
            assertThat(page.next("problem").path("detail").asString()).contains("consent");
            page.text("{\"type\":\"start\",\"consent\":false}");
            assertThat(page.next("problem").path("detail").asString()).contains("consent");
            page.picture(1, PICTURE);
            assertThat(page.next("problem").path("detail").asString()).contains("consent");
        }
    }

    @Test
    void onlyWhatTheConsentSaysIsRecorded() throws IOException {
        long before = Files.list(service.records()).count();
        try (LiveClient page = LiveClient.connect(service).start()) {
            page.picture(0, PICTURE);
            page.next("reading");
        }
        assertThat(Files.list(service.records())).hasSize((int) before);
    }

    @Test
    void aRecordIsListedReportedOnceExportedAndErased() {
        String id;
        try (LiveClient page = LiveClient.connect(service)) {
            page.text("{\"type\":\"start\",\"consent\":true,\"record\":{\"purpose\":\"a"
                    + " <b>test</b>\",\"keepUntil\":\"2999-12-31\",\"person\":\"P-1\"}}");
            id = page.next("started").path("session").asString();
            page.picture(0, PICTURE);
            page.next("reading");
            assertThat(Service.send(service.authorized("/api/sessions/" + id).DELETE())
                            .statusCode())
                    .as("not while it is being recorded")
                    .isEqualTo(409);
            page.text("{\"type\":\"mark\",\"text\":\"here\"}");
            page.text("{\"type\":\"stop\"}");
            page.next("ended");
        }
        JsonNode listed = Service.json(service.get("/api/sessions"));
        assertThat(listed).anySatisfy(session -> {
            assertThat(session.path("session").asString()).isEqualTo(id);
            assertThat(session.path("state").asString()).isEqualTo("finished");
            assertThat(session.path("purpose").asString()).isEqualTo("a <b>test</b>");
            assertThat(session.path("person").asString()).isEqualTo("P-1");
        });
        JsonNode data = Service.json(service.get("/api/sessions/" + id));
        assertThat(data.path("frames")).hasSize(1);
        String address = Service.json(Service.send(service.authorized("/api/sessions/" + id + "/report")
                        .POST(HttpRequest.BodyPublishers.noBody())))
                .path("address")
                .asString();
        HttpResponse<String> report = Service.send(HttpRequest.newBuilder(service.uri(address + "?language=es")));
        assertThat(report.statusCode()).isEqualTo(200);
        assertThat(report.body())
                .startsWith("<!")
                .contains("<html lang=\"es\">")
                .doesNotContain("a <b>test</b>", "<script");
        assertThat(report.headers().firstValue("content-security-policy").orElse(""))
                .contains("sandbox")
                .doesNotContain("script-src");
        assertThat(Service.send(HttpRequest.newBuilder(service.uri(address))).statusCode())
                .isEqualTo(404);
        assertThat(Service.send(service.authorized("/api/sessions/" + id).DELETE())
                        .statusCode())
                .isEqualTo(204);
        assertThat(service.get("/api/sessions/" + id).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"purpose\":\"p\"}",
                "{\"purpose\":\"\",\"keepUntil\":\"2999-12-31\"}",
                "{\"purpose\":\"p\",\"keepUntil\":\"1999-12-31\"}",
                "{\"purpose\":\"p\",\"keepUntil\":\"soon\"}",
                "{\"purpose\":\"p\",\"keepUntil\":\"2999-12-31\",\"person\":\"../../x\"}"
            })
    void anIncompleteConsentIsRefusedAndCanBeMended(String record) {
        try (LiveClient page = LiveClient.connect(service)) {
            page.text("{\"type\":\"start\",\"consent\":true,\"record\":" + record + "}");
            assertThat(page.next("problem").path("detail").asString()).isNotBlank();
            page.start();
            page.next("started");
        }
    }

    @Test
    void whereNothingCanBeRecordedNothingBegins() throws IOException {
        Path records = service.records();
        Path aside = records.resolveSibling(records.getFileName() + "-aside");
        Files.move(records, aside);
        Files.writeString(records, "a file where the folder should be");
        try (LiveClient page = LiveClient.connect(service)) {
            page.text("{\"type\":\"start\",\"consent\":true,"
                    + "\"record\":{\"purpose\":\"p\",\"keepUntil\":\"2999-12-31\"}}");
            assertThat(page.next("problem").path("detail").asString()).contains("cannot be recorded");
            assertThat(page.closeStatus()).isEqualTo(1011);
        } finally {
            Files.delete(records);
            Files.move(aside, records);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "%2e%2e%2f", "nobody", "a'b"})
    void noSessionIsFoundByAPath(String id) {
        assertThat(Service.send(service.authorized("/api/sessions/" + id.replace("'", "%27"))
                                .DELETE())
                        .statusCode())
                .isIn(400, 404, 405);
    }

    @Test
    void aDamagedPictureIsRefusedAndTheSessionGoesOn() {
        try (LiveClient page = LiveClient.connect(service).start()) {
            page.picture(0, Arrays.copyOf(PICTURE, PICTURE.length / 2));
            assertThat(page.next("problem").path("detail").asString()).contains("cut short");
            page.picture(-1, PICTURE);
            assertThat(page.next("problem").path("detail").asString()).contains("time");
            page.picture(Double.NaN, PICTURE);
            page.next("problem");
            page.picture(10, PICTURE);
            page.next("reading");
            page.picture(5, PICTURE);
            assertThat(page.next("problem").path("detail").asString()).isNotBlank();
            page.picture(11, PICTURE);
            page.next("reading");
        }
    }

    @Test
    void whoSendsNothingButRubbishIsCutOff() {
        try (LiveClient page = LiveClient.connect(service)) {
            for (int i = 0; i < 50 && !page.isClosed(); i++) {
                page.text("rubbish");
            }
            assertThat(page.closeStatus()).isEqualTo(1008);
        }
    }

    @Test
    void aPictureThatIsTooLargeEndsTheConnection() {
        try (LiveClient page = LiveClient.connect(service).start()) {
            page.binary(new byte[(1 << 20) + 1]);
            assertThat(page.closeStatus()).isEqualTo(1009);
        }
    }

    @Test
    void nobodyConnectsWithoutTheTokenOrFromAForeignPage() {
        assertThat(LiveClient.refusal(service)).contains(401);
        assertThat(LiveClient.refusal(service, "Authorization", "Bearer wrong")).contains(401);
        assertThat(LiveClient.refusal(service, "protocols", "token.d3Jvbmc")).contains(401);
        assertThat(LiveClient.refusal(
                        service, "Authorization", "Bearer " + Service.TOKEN, "Origin", "http://evil.example"))
                .contains(403);
        String token =
                Base64.getUrlEncoder().withoutPadding().encodeToString(Service.TOKEN.getBytes(StandardCharsets.UTF_8));
        assertThat(LiveClient.refusal(service, "protocols", "token." + token)).isEmpty();
    }

    @Test
    void tenSessionsAtOnceDropAndDoNotGrow() {
        List<LiveClient> pages = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            pages.add(LiveClient.connect(service).start());
        }
        pages.forEach(page -> page.next("started"));
        int each = 30;
        for (int i = 0; i < each; i++) {
            for (LiveClient page : pages) {
                page.picture(i, PICTURE);
            }
        }
        for (LiveClient page : pages) {
            page.text("{\"type\":\"stop\"}");
        }
        for (LiveClient page : pages) {
            JsonNode ended = page.next("ended");
            assertThat(ended.path("frames").asInt()).isPositive();
            assertThat(ended.path("frames").asInt() + ended.path("dropped").asInt())
                    .as("every picture was read or counted as dropped")
                    .isEqualTo(each);
            page.close();
        }
    }

    /** Which of them it is, is a matter of threads: a page knows of its connection before the service does. */
    @Test
    void oneMoreThanThereMayBeIsTurnedAway() {
        List<LiveClient> pages = new ArrayList<>();
        for (int i = 0; i < 17; i++) {
            pages.add(LiveClient.connect(service));
        }
        assertThat(LiveClient.firstCloseStatus(pages)).isEqualTo(1013);
        List<LiveClient> others =
                pages.stream().filter(page -> !page.isClosed()).toList();
        assertThat(others).hasSize(16);
        others.forEach(page -> page.text("{}"));
        others.forEach(page -> page.next("problem"));
        pages.forEach(LiveClient::close);
    }

    /** {@code -Demotion4j.web.sessions=1000} for the long run. */
    @Test
    void ofManySessionsNothingIsLeft() throws Exception {
        for (int i = 0; i < SESSIONS; i++) {
            if ((i + 1) % (SESSIONS / 6) == 0) {
                awaitQuiet();
                System.gc();
                System.out.println("after " + (i + 1) + " sessions: " + memory());
            }
            try (LiveClient page = LiveClient.connect(service).start()) {
                page.picture(0, PICTURE);
                page.next("reading");
            }
        }
        awaitQuiet();
    }

    /** {@code -Demotion4j.web.fuzz=100000} for the long run. */
    @Test
    void whateverIsSentTheServiceGoesOn() {
        Random random = new Random(20261129);
        double before = received();
        int pictures = 0;
        for (int i = 0; i < FUZZ; i += A_CONNECTION) {
            LiveClient page = LiveClient.connect(service);
            if (random.nextBoolean()) {
                page.start();
            }
            for (int j = 0; j < A_CONNECTION; j++) {
                pictures += send(page, random) ? 1 : 0;
            }
            // Answered after all that was sent before.
            page.close();
        }
        assertThat(received() - before).as("every picture reached the service").isEqualTo(pictures);
        everyPictureIsToldByItsOwnTime();
    }

    /** Returns whether it was a binary message. */
    private static boolean send(LiveClient page, Random random) {
        int kind = random.nextInt(6);
        byte[] bytes;
        switch (kind) {
            case 0 -> {
                bytes = new byte[random.nextInt(200)];
                random.nextBytes(bytes);
                page.binary(bytes);
            }
            case 1 -> page.binary(changed(LiveClient.message(random.nextInt(1_000), PICTURE), random));
            case 2 -> {
                bytes = LiveClient.message(random.nextDouble() * 1e12 - 1e9, PICTURE);
                page.binary(Arrays.copyOf(bytes, random.nextInt(bytes.length)));
            }
            case 3 ->
                page.text(new String(
                        changed(LiveClient.CONSENT.getBytes(StandardCharsets.US_ASCII), random),
                        StandardCharsets.ISO_8859_1));
            case 4 ->
                page.text(List.of(
                                "",
                                "null",
                                "[]",
                                "{}",
                                "{\"type\":\"mark\"}",
                                "{\"type\":\"mark\",\"text\":\"" + "x".repeat(600) + "\"}",
                                "{\"type\":\"choose\",\"face\":\"x\"}",
                                "{\"type\":\"start\",\"consent\":\"maybe\"}",
                                "{\"type\":[{\"type\":{}}]}",
                                "[".repeat(3_000))
                        .get(random.nextInt(10)));
            default -> page.text(LiveClient.CONSENT);
        }
        return kind < 3;
    }

    private double received() {
        return Service.json(service.get("/actuator/metrics/emotion4j.live.frames?tag=outcome:received"))
                .path("measurements")
                .get(0)
                .path("value")
                .asDouble();
    }

    private static byte[] changed(byte[] bytes, Random random) {
        for (int i = random.nextInt(8); i >= 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }

    /** The end of a connection is handled a moment after its page has heard of it. */
    private void awaitQuiet() throws InterruptedException {
        long giveUp = System.nanoTime() + 60_000_000_000L;
        while (threads() > 0 || sessions() > 0) {
            assertThat(System.nanoTime())
                    .as("sessions or their threads are left")
                    .isLessThan(giveUp);
            Thread.sleep(20);
        }
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("emotion4j-"))
                .count();
    }

    private int sessions() {
        return Service.json(service.get("/actuator/metrics/emotion4j.live.sessions"))
                .path("measurements")
                .get(0)
                .path("value")
                .asInt();
    }

    private static String memory() throws IOException {
        Path status = Path.of("/proc/self/status");
        String resident = Files.isReadable(status)
                ? Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("VmRSS"))
                        .findFirst()
                        .orElse("")
                : "";
        Runtime runtime = Runtime.getRuntime();
        return "heap " + (runtime.totalMemory() - runtime.freeMemory() >> 20) + " MB, " + resident;
    }
}
