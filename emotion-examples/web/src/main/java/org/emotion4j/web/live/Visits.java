package org.emotion4j.web.live;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.emotion4j.pipeline.EmotionPipeline;
import org.emotion4j.web.WebProperties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.web.socket.BinaryMessage;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.SubProtocolCapable;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.AbstractWebSocketHandler;
import tools.jackson.databind.json.JsonMapper;

/**
 * All connections. So many sessions go on at the same time and no more; when the service ends, each is ended well, before the web
 * server and the pipeline are.
 */
@Component
public final class Visits extends AbstractWebSocketHandler implements SubProtocolCapable, SmartLifecycle {
    static final String SUBPROTOCOL = "emotion4j";
    private static final Logger LOG = LoggerFactory.getLogger(Visits.class);

    private final Map<String, Visit> visits = new ConcurrentHashMap<>();
    private final EmotionPipeline pipeline;
    private final JsonMapper json;
    private final WebProperties properties;
    private final LiveMeters meters;
    private final Clock clock = Clock.systemUTC();
    private volatile boolean running;

    Visits(EmotionPipeline pipeline, JsonMapper json, WebProperties properties, MeterRegistry registry) {
        this.pipeline = pipeline;
        this.json = json;
        this.properties = properties;
        this.meters = new LiveMeters(registry);
        Gauge.builder("emotion4j.live.sessions", visits, Map::size).register(registry);
    }

    @Override
    public List<String> getSubProtocols() {
        return List.of(SUBPROTOCOL);
    }

    @Override
    public void afterConnectionEstablished(WebSocketSession connection) {
        Page page = new Page(connection, json);
        synchronized (visits) {
            if (running && visits.size() < properties.live().sessions()) {
                visits.put(connection.getId(), new Visit(pipeline, json, page, properties, meters, clock));
                return;
            }
        }
        page.tell(Answers.Problem.of("too many sessions are going on; try again later"));
        page.close(CloseStatus.SERVICE_OVERLOAD);
    }

    @Override
    protected void handleTextMessage(WebSocketSession connection, TextMessage message) {
        Visit visit = visits.get(connection.getId());
        if (visit != null) {
            visit.text(message.getPayload());
        }
    }

    @Override
    protected void handleBinaryMessage(WebSocketSession connection, BinaryMessage message) {
        Visit visit = visits.get(connection.getId());
        if (visit != null) {
            visit.picture(message.getPayload());
        }
    }

    @Override
    public void handleTransportError(WebSocketSession connection, Throwable failure) {
        LOG.debug("a connection broke: {}", failure.getMessage());
    }

    @Override
    public void afterConnectionClosed(WebSocketSession connection, CloseStatus status) {
        Visit visit = visits.get(connection.getId());
        if (visit != null) {
            try {
                visit.end(status);
            } finally {
                visits.remove(connection.getId());
            }
        }
    }

    /**
     * Tells whether a record is being written.
     *
     * @param sessionId its id
     * @return whether one of these sessions writes it
     */
    public boolean isRecording(String sessionId) {
        return visits.values().stream().anyMatch(visit -> visit.isRecording(sessionId));
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        synchronized (visits) {
            running = false;
        }
        List<Thread> endings = new ArrayList<>();
        for (Visit visit : visits.values()) {
            Thread ending = new Thread(() -> visit.end(CloseStatus.GOING_AWAY), "emotion4j-web-ending");
            ending.start();
            endings.add(ending);
        }
        endings.forEach(Visits::join);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
