package org.emotion4j.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The service as it is started by its command, on a free port, with the real networks: one for all tests that leave it as it is. */
final class Service {
    static final String TOKEN = "token-of-the-tests";
    static final long MAX_BYTES = 4L << 20;
    private static final JsonMapper JSON = new JsonMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static Service shared;

    private final ConfigurableApplicationContext context;
    private final Path records;

    private Service(ConfigurableApplicationContext context, Path records) {
        this.context = context;
        this.records = records;
    }

    static synchronized Service shared() {
        if (shared == null) {
            shared = start();
        }
        return shared;
    }

    static Service start(String... more) {
        try {
            Path records = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "records-");
            List<String> args = new ArrayList<>(List.of(
                    "--server.port=0",
                    "--emotion4j.token=" + TOKEN,
                    "--emotion4j.web.records=" + records,
                    "--emotion4j.web.upload.max-bytes=" + MAX_BYTES + "B",
                    "--emotion4j.web.upload.in-memory=256KB",
                    "--emotion4j.web.upload.max-length=10s",
                    "--emotion4j.web.upload.max-answer=128KB",
                    "--emotion4j.web.request-burst=100000",
                    "--emotion4j.web.live.silence=10m",
                    "--logging.level.root=error"));
            args.addAll(List.of(more));
            return new Service(
                    new SpringApplicationBuilder(WebApplication.class).run(args.toArray(String[]::new)), records);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    <T> T bean(String name, Class<T> type) {
        return context.getBean(name, type);
    }

    Path records() {
        return records;
    }

    int port() {
        return context.getEnvironment().getProperty("local.server.port", Integer.class, 0);
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    void stop() {
        context.close();
    }

    HttpResponse<String> get(String path) {
        return send(authorized(path).GET());
    }

    HttpRequest.Builder authorized(String path) {
        return HttpRequest.newBuilder(uri(path)).header("Authorization", "Bearer " + TOKEN);
    }

    HttpResponse<String> analyze(byte[] file) {
        return analyze("/api/analyze", file);
    }

    HttpResponse<String> analyze(String path, byte[] file) {
        return send(upload(authorized(path), file));
    }

    static HttpRequest.Builder upload(HttpRequest.Builder to, byte[] file) {
        return to.header("Content-Type", "multipart/form-data; boundary=b0undary")
                .POST(HttpRequest.BodyPublishers.ofByteArray(multipart(file)));
    }

    static byte[] multipart(byte[] file) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(("--b0undary\r\nContent-Disposition: form-data; name=\"file\"; filename=\"../../x.jpg\"\r\n"
                        + "Content-Type: image/jpeg\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        body.writeBytes(file);
        body.writeBytes("\r\n--b0undary--\r\n".getBytes(StandardCharsets.UTF_8));
        return body.toByteArray();
    }

    static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static JsonNode json(HttpResponse<String> response) {
        return json(response.body());
    }

    static JsonNode json(String text) {
        return JSON.readTree(text);
    }
}
