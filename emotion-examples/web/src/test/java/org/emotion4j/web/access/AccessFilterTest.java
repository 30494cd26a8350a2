package org.emotion4j.web.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.DelegatingServletOutputStream;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import tools.jackson.databind.json.JsonMapper;

/** Pages of other addresses, and too many requests. */
final class AccessFilterTest {
    private static final String CLINIC = "https://clinic.example";

    private final MockHttpServletRequest request = new MockHttpServletRequest("POST", "/api/analyze");
    private final MockHttpServletResponse response = new MockHttpServletResponse();
    private final AccessFilter filter = new AccessFilter(
            AccessToken.of("token"), new OriginCheck(Set.of(CLINIC)), new RateLimit(1, 1, () -> 0), new JsonMapper());

    @Test
    void aNamedPageMayCallAndHaveTheAnswer() throws Exception {
        request.addHeader("Origin", CLINIC);
        request.addHeader("Authorization", "Bearer token");
        assertThat(letThrough()).isTrue();
        assertThat(response.getHeader("Access-Control-Allow-Origin")).isEqualTo(CLINIC);
        assertThat(response.getHeader("Vary")).isEqualTo("Origin");
    }

    @Test
    void itsBrowserAsksBeforeWithoutTheToken() throws Exception {
        request.setMethod("OPTIONS");
        request.addHeader("Origin", CLINIC);
        request.addHeader("Access-Control-Request-Method", "POST");
        assertThat(letThrough()).isFalse();
        assertThat(response.getStatus()).isEqualTo(204);
        assertThat(response.getHeader("Access-Control-Allow-Headers")).contains("Authorization");
    }

    @Test
    void aNamedPageNeedsTheTokenAllTheSame() throws Exception {
        request.addHeader("Origin", CLINIC);
        assertThat(letThrough()).isFalse();
        assertThat(response.getStatus()).isEqualTo(401);
    }

    @Test
    void anotherPageIsToldNothing() throws Exception {
        request.setMethod("OPTIONS");
        request.addHeader("Origin", "https://evil.example");
        request.addHeader("Access-Control-Request-Method", "POST");
        assertThat(letThrough()).isFalse();
        assertThat(response.getStatus()).isEqualTo(403);
        assertThat(response.getHeader("Access-Control-Allow-Origin")).isNull();
    }

    @Test
    void whoCallsTooOftenIsToldToWait() throws Exception {
        request.addHeader("Authorization", "Bearer token");
        assertThat(letThrough()).isTrue();
        MockHttpServletResponse second = new MockHttpServletResponse();
        filter.doFilterInternal(request, second, new MockFilterChain());
        assertThat(second.getStatus()).isEqualTo(429);
        assertThat(second.getHeader("Retry-After")).isEqualTo("1");
    }

    /** Wrapped, it would be logged as a failure of the service. */
    @Test
    void thatSomebodyIsGoneIsToldAsItIs() {
        IOException gone = new IOException("broken pipe");
        MockHttpServletResponse broken = new MockHttpServletResponse() {
            @Override
            public ServletOutputStream getOutputStream() {
                return new DelegatingServletOutputStream(new OutputStream() {
                    @Override
                    public void write(int one) throws IOException {
                        throw gone;
                    }
                });
            }
        };
        request.setServletPath("/api/analyze");
        assertThatThrownBy(() -> filter.doFilterInternal(request, broken, new MockFilterChain()))
                .isSameAs(gone);
    }

    private boolean letThrough() throws ServletException, IOException {
        request.setServletPath("/api/analyze");
        MockFilterChain chain = new MockFilterChain();
        filter.doFilterInternal(request, response, chain);
        return chain.getRequest() != null;
    }
}
