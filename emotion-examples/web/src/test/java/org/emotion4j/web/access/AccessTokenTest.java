package org.emotion4j.web.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.springframework.mock.env.MockEnvironment;

final class AccessTokenTest {
    @Test
    void withoutOneARandomOneIsMadeAndToldBehindTheHash() {
        AccessToken token = AccessToken.of(" ");
        assertThat(token.text()).hasSize(32).isNotEqualTo(AccessToken.of("").text());
        assertThat(printed(token, "127.0.0.1"))
                .isEqualToIgnoringNewLines("Emotion4J: http://127.0.0.1:8080/#token=" + token.text());
        assertThat(token.toString()).doesNotContain(token.text());
    }

    @Test
    void aConfiguredOneIsNotTold() {
        assertThat(printed(AccessToken.of("secret"), "::1"))
                .startsWith("Emotion4J: http://[::1]:8080/ ")
                .doesNotContain("secret");
    }

    @Test
    void onlyTheWholeTokenIsIt() {
        AccessToken token = AccessToken.of("sécret");
        assertThat(token.is("sécret")).isTrue();
        assertThat(token.is("sécre")).isFalse();
        assertThat(token.is("")).isFalse();
        assertThat(token.is("sécrett")).isFalse();
    }

    private static String printed(AccessToken token, String address) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new AddressAtStart(token, new MockEnvironment().withProperty("server.address", address))
                .print(new PrintStream(bytes, true, StandardCharsets.UTF_8), 8080);
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
