package org.emotion4j.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Collections;
import org.emotion4j.NeedsLoopback;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;

/** Who gets in. */
@Tag("native")
@NeedsLoopback
final class AccessTest {
    private final Service service = Service.shared();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/analyze",
                "/api/sessions",
                "/api/nothing",
                "/live",
                "/actuator/metrics",
                "/actuator",
                "/something-else",
                "//api/analyze",
                "/api;x=/analyze",
                "/%61pi/analyze",
                "/page/../api/sessions",
                "/page/..;/api/sessions"
            })
    void withoutTheTokenThereIsNothing(String path) {
        assertThat(Service.send(HttpRequest.newBuilder(service.uri(path))).statusCode())
                .isIn(400, 401);
        assertThat(Service.send(HttpRequest.newBuilder(service.uri(path)).header("Authorization", "Bearer wrong"))
                        .statusCode())
                .isIn(400, 401);
    }

    @Test
    void anUploadWithoutTheTokenIsRefused() {
        HttpResponse<String> response =
                Service.send(Service.upload(HttpRequest.newBuilder(service.uri("/api/analyze")), Samples.portrait(1)));
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().firstValue("www-authenticate")).contains("Bearer");
        assertThat(Service.json(response).path("detail").asString()).contains("token");
    }

    @Test
    void isReachedFromThisMachineAloneUnlessSomebodySaysOtherwise() throws IOException {
        assertThat(service.bean(ServerProperties.class).getAddress().isLoopbackAddress())
                .isTrue();
        for (NetworkInterface network : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            for (InetAddress address : Collections.list(network.getInetAddresses())) {
                if (!address.isLoopbackAddress()) {
                    assertThatThrownBy(() -> connect(address)).isInstanceOf(IOException.class);
                }
            }
        }
    }

    private void connect(InetAddress address) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, service.port()), 2_000);
        }
    }

    @Test
    void theHealthIsOpenAndSaysNoMore() {
        HttpResponse<String> response = Service.send(HttpRequest.newBuilder(service.uri("/actuator/health/readiness")));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("{\"status\":\"UP\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://evil.example",
                "null",
                "https://127.0.0.1",
                "http://127.0.0.1:1",
                "http://localhost.evil.example",
                "garbage of a header"
            })
    void aForeignPageIsRefusedEvenWithTheToken(String origin) {
        assertThat(Service.send(service.authorized("/api/sessions").header("Origin", origin))
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void theServicesOwnPageMayCall() {
        assertThat(Service.send(service.authorized("/api/sessions")
                                .header("Origin", "http://127.0.0.1:" + service.port()))
                        .statusCode())
                .isNotIn(401, 403);
    }

    @Test
    void answersTellBrowsersWhatTheyMayDo() {
        HttpResponse<String> page = service.get("/");
        assertThat(page.headers().firstValue("content-security-policy").orElse(""))
                .contains("default-src 'none'", "script-src 'self'")
                .doesNotContain("unsafe");
        assertThat(page.headers().firstValue("x-content-type-options")).contains("nosniff");
        assertThat(page.headers().firstValue("cache-control")).contains("no-store");
    }

    @Test
    void analysesAreCounted() {
        service.analyze(Samples.portrait(1));
        assertThat(service.get("/actuator/metrics/emotion4j.analyze?tag=outcome:picture")
                        .body())
                .contains("\"COUNT\"");
    }
}
