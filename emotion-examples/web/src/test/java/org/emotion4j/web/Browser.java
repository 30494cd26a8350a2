package org.emotion4j.web;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A Chromium without a window, whose camera is a film, driven by its own debugging protocol. */
final class Browser implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final WebSocket socket;
    private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final AtomicInteger next = new AtomicInteger();

    private Browser(Process process, URI page) throws Exception {
        this.process = process;
        this.socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(page, new Answers())
                .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    /** Where there is one. */
    static Optional<Path> executable() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .flatMap(folder -> Stream.of("chromium", "chromium-browser", "google-chrome")
                        .map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    static Browser start(Path profile, Path film) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                executable().orElseThrow().toString(),
                "--headless",
                "--no-first-run",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--hide-scrollbars",
                "--lang=en",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "--use-fake-device-for-media-stream",
                "--use-fake-ui-for-media-stream",
                "--use-file-for-fake-video-capture=" + film,
                "about:blank"));
        if ("root".equals(System.getProperty("user.name"))) {
            command.add(1, "--no-sandbox");
        }
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            Path portFile = profile.resolve("DevToolsActivePort");
            until(() -> Files.exists(portFile) && Files.readAllLines(portFile).size() >= 2);
            int port = Integer.parseInt(Files.readAllLines(portFile).get(0));
            JsonNode[] page = new JsonNode[1];
            until(() -> {
                for (JsonNode target : pages(port)) {
                    if (target.path("type").asString().equals("page")) {
                        page[0] = target;
                    }
                }
                return page[0] != null;
            });
            Browser browser = new Browser(
                    process, URI.create(page[0].path("webSocketDebuggerUrl").asString()));
            browser.send("Runtime.enable", Map.of());
            browser.send("Log.enable", Map.of());
            browser.send("Page.enable", Map.of());
            return browser;
        } catch (Exception e) {
            process.destroyForcibly();
            throw e;
        }
    }

    private static JsonNode pages(int port) throws IOException {
        try (InputStream list =
                URI.create("http://127.0.0.1:" + port + "/json/list").toURL().openStream()) {
            return JSON.readTree(list);
        }
    }

    void open(URI address) throws Exception {
        send("Page.navigate", Map.of("url", address.toString()));
    }

    /** Evaluates an expression in the page. */
    JsonNode evaluate(String expression) throws Exception {
        JsonNode result = send(
                "Runtime.evaluate",
                Map.of("expression", expression, "returnByValue", true, "awaitPromise", true, "userGesture", true));
        if (result.has("exceptionDetails")) {
            throw new AssertionError(expression + ": " + result.path("exceptionDetails"));
        }
        return result.path("result").path("value");
    }

    /** Waits until an expression is true. */
    void await(String expression) throws Exception {
        try {
            // While a page is being loaded there may be nothing yet to ask.
            until(() -> evaluate("(() => { try { return " + expression + " } catch { return false } })()")
                    .asBoolean());
        } catch (AssertionError e) {
            throw new AssertionError(
                    expression + " was not so in time; the page says: " + evaluate("document.body.innerText")
                            + "; complaints: " + complaints,
                    e);
        }
    }

    /** As wide as a phone or a desk, light or dark. */
    void look(int width, int height, boolean dark) throws Exception {
        send(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 500));
        send(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
    }

    void screenshot(Path file) throws Exception {
        JsonNode picture = send("Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", false));
        Files.createDirectories(file.getParent());
        Files.write(file, Base64.getDecoder().decode(picture.path("data").asString()));
    }

    /** What went wrong in the page: exceptions, refused resources, errors of its console. */
    List<String> complaints() {
        return List.copyOf(complaints);
    }

    private JsonNode send(String method, Map<String, ?> parameters) throws Exception {
        int id = next.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        answers.put(id, answer);
        String message = JSON.writeValueAsString(Map.of("id", id, "method", method, "params", parameters));
        synchronized (this) {
            socket.sendText(message, true).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
        return answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    /** Waits for all of its processes: until then they write into the profile. */
    @Override
    public void close() {
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        all.forEach(ProcessHandle::destroy);
        for (ProcessHandle each : all) {
            each.onExit()
                    .orTimeout(10, TimeUnit.SECONDS)
                    .exceptionally(stubborn -> {
                        each.destroyForcibly();
                        return each.onExit().join();
                    })
                    .join();
        }
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    /** A browser tells nobody when it is so far: it is asked until it is, and a wait that never ends is a failure. */
    private static void until(Condition condition) throws Exception {
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        while (!holds(condition)) {
            if (System.nanoTime() > giveUp) {
                throw new AssertionError("nothing came of it within " + PATIENCE);
            }
            Thread.sleep(50);
        }
    }

    private static boolean holds(Condition condition) throws Exception {
        try {
            return condition.holds();
        } catch (IOException e) {
            return false;
        }
    }

    private final class Answers implements WebSocket.Listener {
        private final StringBuilder message = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            message.append(data);
            if (last) {
                hear(message.toString());
                message.setLength(0);
            }
            from.request(1);
            return null;
        }

        private void hear(String text) {
            JsonNode heard = Service.json(text);
            CompletableFuture<JsonNode> waiting =
                    answers.remove(heard.path("id").asInt());
            if (waiting != null) {
                if (heard.has("error")) {
                    waiting.completeExceptionally(
                            new IOException(heard.path("error").toString()));
                } else {
                    waiting.complete(heard.path("result"));
                }
            }
            String method = heard.path("method").asString();
            if (method.equals("Runtime.exceptionThrown")
                    || method.equals("Log.entryAdded")
                            && heard.path("params")
                                    .path("entry")
                                    .path("level")
                                    .asString()
                                    .equals("error")) {
                complaints.add(heard.path("params").toString());
            }
        }
    }
}
