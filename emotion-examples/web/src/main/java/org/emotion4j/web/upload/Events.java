package org.emotion4j.web.upload;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import tools.jackson.databind.json.JsonMapper;

/** Server-sent events of one analysis, written on the request's own thread. Confined to it. */
final class Events implements Progress {
    private static final long BETWEEN_NANOS = 100_000_000L;

    private final HttpServletResponse response;
    private final JsonMapper json;
    private boolean begun;
    private long last;

    Events(HttpServletResponse response, JsonMapper json) {
        this.response = response;
        this.json = json;
    }

    /** Whether the status is sent, and with it the chance to answer with another. */
    boolean haveBegun() {
        return begun;
    }

    @Override
    public void at(long frames, double mediaTimeMs, double lengthMs) throws IOException {
        long now = System.nanoTime();
        if (begun && now - last < BETWEEN_NANOS) {
            return;
        }
        last = now;
        send("progress", Map.of("frames", frames, "mediaTimeMs", mediaTimeMs, "lengthMs", lengthMs));
    }

    void result(Analysis analysis) throws IOException {
        send("result", analysis);
    }

    void problem(ProblemDetail problem) throws IOException {
        send("problem", problem);
    }

    private void send(String event, Object data) throws IOException {
        if (!begun) {
            response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
            response.setCharacterEncoding(StandardCharsets.UTF_8.name());
            begun = true;
        }
        OutputStream out = response.getOutputStream();
        out.write(("event: " + event + "\ndata: " + json.writeValueAsString(data) + "\n\n")
                .getBytes(StandardCharsets.UTF_8));
        response.flushBuffer();
    }
}
