package org.emotion4j.web.records;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.emotion4j.recording.SessionArchive;
import org.emotion4j.recording.SessionExport;
import org.emotion4j.recording.SessionReader;
import org.emotion4j.report.SessionReport;
import org.emotion4j.web.live.Visits;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** What was recorded: the list, a session's data and its report, and its end. */
@RestController
final class SessionController {
    private final Records records;
    private final Visits visits;
    private final OneTimeLinks links = new OneTimeLinks(System::nanoTime);

    SessionController(Records records, Visits visits) {
        this.records = records;
        this.visits = visits;
    }

    @GetMapping("/api/sessions")
    List<Records.Listed> list() throws IOException {
        return records.list();
    }

    /** All that is kept of it, for the person it is about. */
    @GetMapping("/api/sessions/{id}")
    void export(@PathVariable String id, HttpServletResponse response) throws IOException {
        SessionArchive.Entry entry = entry(id);
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        try (SessionReader reader = SessionReader.open(entry.folder());
                Writer out = new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8)) {
            SessionExport.json(out).add(reader);
        }
    }

    @DeleteMapping("/api/sessions/{id}")
    ResponseEntity<Void> erase(@PathVariable String id) throws IOException {
        SessionArchive.Entry entry = ended(id);
        SessionArchive.erase(entry);
        return ResponseEntity.noContent().build();
    }

    /** Makes an address at which a new tab can show the report, once. */
    @PostMapping("/api/sessions/{id}/report")
    ResponseEntity<Map<String, String>> report(@PathVariable String id) throws IOException {
        ended(id);
        String address = "/report/" + links.to(id);
        return ResponseEntity.created(URI.create(address)).body(Map.of("address", address));
    }

    @GetMapping(path = "/report/{key}", produces = MediaType.TEXT_HTML_VALUE)
    String show(@PathVariable String key, @RequestParam(defaultValue = "en") Locale language) throws IOException {
        String id = links.follow(key)
                .orElseThrow(() -> new ResponseStatusException(
                        HttpStatus.NOT_FOUND, "this address was used or is too old; ask for a new one"));
        return SessionReport.of(entry(id).folder())
                .withLanguage(SessionReport.hasTextsIn(language) ? language : Locale.ENGLISH)
                .toHtml();
    }

    private SessionArchive.Entry ended(String id) throws IOException {
        if (visits.isRecording(id)) {
            throw new ResponseStatusException(HttpStatus.CONFLICT, "this session is being recorded; end it first");
        }
        return entry(id);
    }

    private SessionArchive.Entry entry(String id) throws IOException {
        return records.find(id)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "there is no such session"));
    }
}
