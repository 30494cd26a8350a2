package org.emotion4j.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.databind.json.JsonMapper;

/** Answers that are written before Spring would write them, or past it. Stateless and thread-safe. */
public final class JsonResponse {
    private JsonResponse() {}

    /**
     * Answers a request.
     *
     * @param response whose answer it is
     * @param json writes it
     * @param body of the answer
     * @throws IOException if whoever asked is gone
     */
    public static void write(HttpServletResponse response, JsonMapper json, Object body) throws IOException {
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        send(response, json, body);
    }

    /**
     * Refuses a request.
     *
     * @param response whose answer it is
     * @param json writes it
     * @param status of the answer
     * @param why and what to do
     * @throws IOException if whoever asked is gone
     */
    public static void refuse(HttpServletResponse response, JsonMapper json, HttpStatus status, String why)
            throws IOException {
        response.setStatus(status.value());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        send(response, json, ProblemDetail.forStatusAndDetail(status, why));
    }

    /** The server tells by the exception itself that somebody is gone, and that nothing of ours has failed. */
    private static void send(HttpServletResponse response, JsonMapper json, Object body) throws IOException {
        try {
            json.writeValue(response.getOutputStream(), body);
        } catch (JacksonIOException e) {
            throw e.getCause();
        }
    }
}
