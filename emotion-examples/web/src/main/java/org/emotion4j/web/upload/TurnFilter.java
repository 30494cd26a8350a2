package org.emotion4j.web.upload;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Holds uploads back before their bodies are read into memory: what is larger than allowed is refused by its header alone, and
 * only so many are read at the same time.
 */
final class TurnFilter extends OncePerRequestFilter {
    private static final long AROUND_THE_FILE = 64 * 1024;

    private final Turns turns;
    private final long maxBytes;
    private final ObjectMapper json;

    TurnFilter(Turns turns, long maxBytes, ObjectMapper json) {
        this.turns = turns;
        this.maxBytes = maxBytes;
        this.json = json;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getContentLengthLong() > maxBytes + AROUND_THE_FILE) {
            refuse(response, HttpStatus.PAYLOAD_TOO_LARGE, UploadConfiguration.tooLarge(maxBytes));
            return;
        }
        if (!turns.take()) {
            response.setHeader(HttpHeaders.RETRY_AFTER, "10");
            refuse(response, HttpStatus.SERVICE_UNAVAILABLE, "too many uploads are waiting; try again later");
            return;
        }
        try {
            chain.doFilter(request, response);
        } finally {
            turns.giveBack();
        }
    }

    private void refuse(HttpServletResponse response, HttpStatus status, String why) throws IOException {
        response.setStatus(status.value());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        json.writeValue(response.getOutputStream(), ProblemDetail.forStatusAndDetail(status, why));
    }
}
