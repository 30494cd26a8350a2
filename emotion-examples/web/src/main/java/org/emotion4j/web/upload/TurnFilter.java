package org.emotion4j.web.upload;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.emotion4j.web.JsonResponse;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Holds uploads back before their bodies are read into memory: what is larger than allowed is refused by its header alone, and
 * only so many are read at the same time.
 */
final class TurnFilter extends OncePerRequestFilter {
    private static final long AROUND_THE_FILE = 64 * 1024;

    private final Turns turns;
    private final long maxBytes;
    private final JsonMapper json;

    TurnFilter(Turns turns, long maxBytes, JsonMapper json) {
        this.turns = turns;
        this.maxBytes = maxBytes;
        this.json = json;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getContentLengthLong() > maxBytes + AROUND_THE_FILE) {
            JsonResponse.refuse(response, json, HttpStatus.CONTENT_TOO_LARGE, UploadConfiguration.tooLarge(maxBytes));
            return;
        }
        if (!turns.take()) {
            response.setHeader(HttpHeaders.RETRY_AFTER, "10");
            JsonResponse.refuse(
                    response, json, HttpStatus.SERVICE_UNAVAILABLE, "too many uploads are waiting; try again later");
            return;
        }
        try {
            chain.doFilter(request, response);
        } finally {
            turns.giveBack();
        }
    }
}
