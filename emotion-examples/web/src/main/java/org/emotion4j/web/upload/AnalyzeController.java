package org.emotion4j.web.upload;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import org.emotion4j.web.JsonResponse;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads a picture or a film that is sent in one request, and answers with its readings: as one JSON object or, to who accepts
 * {@code text/event-stream}, with events of its progress before.
 */
@RestController
final class AnalyzeController {
    static final String PATH = "/api/analyze";

    private final UploadReader reader;
    private final JsonMapper json;
    private final MeterRegistry meters;

    AnalyzeController(UploadReader reader, JsonMapper json, MeterRegistry meters) {
        this.reader = reader;
        this.json = json;
        this.meters = meters;
    }

    @PostMapping(path = PATH, consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    void analyze(
            @RequestPart("file") MultipartFile file,
            @RequestParam(defaultValue = "false") boolean partial,
            HttpServletRequest request,
            HttpServletResponse response)
            throws UnusableUpload, IOException {
        if (wantsEvents(request)) {
            analyzeWithEvents(file, partial, new Events(response, json));
            return;
        }
        JsonResponse.write(response, json, timed(file, partial, Progress.UNWATCHED));
    }

    private void analyzeWithEvents(MultipartFile file, boolean partial, Events events)
            throws UnusableUpload, IOException {
        try {
            events.result(timed(file, partial, events));
        } catch (UnusableUpload e) {
            if (!events.haveBegun()) {
                throw e;
            }
            events.problem(ProblemDetail.forStatusAndDetail(e.status(), e.reason()));
        } catch (RuntimeException e) {
            if (!events.haveBegun()) {
                throw e;
            }
            events.problem(ProblemDetail.forStatus(HttpStatus.INTERNAL_SERVER_ERROR));
            throw e;
        }
    }

    private static boolean wantsEvents(HttpServletRequest request) {
        return Collections.list(request.getHeaders(HttpHeaders.ACCEPT)).stream()
                .anyMatch(accept -> accept.contains(MediaType.TEXT_EVENT_STREAM_VALUE));
    }

    private Analysis timed(MultipartFile file, boolean partial, Progress progress) throws UnusableUpload, IOException {
        Timer.Sample sample = Timer.start(meters);
        String outcome = "failed";
        try {
            Analysis analysis = reader.read(file, partial, progress);
            outcome = analysis.kind();
            return analysis;
        } catch (UnusableUpload e) {
            outcome = "refused";
            throw e;
        } finally {
            sample.stop(meters.timer("emotion4j.analyze", "outcome", outcome));
        }
    }
}
