package org.emotion4j.web.live;

import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.ConcurrentWebSocketSessionDecorator;
import org.springframework.web.socket.handler.SessionLimitExceededException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The other end of a connection. Whoever does not read what it is sent is cut off before much of it is kept. Thread-safe; says
 * nothing to whoever is gone.
 */
final class Page {
    private static final Logger LOG = LoggerFactory.getLogger(Page.class);
    private static final int SEND_MILLIS = 5_000;
    private static final int WAITING_BYTES = 256 * 1024;

    private final WebSocketSession connection;
    private final JsonMapper json;

    Page(WebSocketSession connection, JsonMapper json) {
        this.connection = new ConcurrentWebSocketSessionDecorator(connection, SEND_MILLIS, WAITING_BYTES);
        this.json = json;
    }

    void tell(Object message) {
        if (!connection.isOpen()) {
            return;
        }
        try {
            connection.sendMessage(new TextMessage(json.writeValueAsString(message)));
        } catch (SessionLimitExceededException e) {
            close(e.getStatus());
        } catch (IOException | IllegalStateException e) {
            LOG.debug("a page is gone: {}", e.getMessage());
        }
    }

    void close(CloseStatus status) {
        try {
            connection.close(status);
        } catch (IOException | IllegalStateException e) {
            LOG.debug("a page was gone already: {}", e.getMessage());
        }
    }
}
