package org.emotion4j.web.access;

import java.io.PrintStream;
import java.util.Objects;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Tells whoever started the service where its page is: once, on standard output and not in the log, since it may hold the token.
 * The token stands behind the {@code #}, which browsers keep to themselves.
 */
@Component
final class AddressAtStart {
    private final AccessToken token;
    private final Environment environment;

    AddressAtStart(AccessToken token, Environment environment) {
        this.token = token;
        this.environment = environment;
    }

    @EventListener
    void ready(ApplicationReadyEvent event) {
        if (event.getApplicationContext() instanceof WebServerApplicationContext server) {
            WebServer started = Objects.requireNonNull(server.getWebServer());
            print(System.out, started.getPort());
        }
    }

    void print(PrintStream out, int port) {
        String scheme = environment.getProperty("server.ssl.bundle") == null
                        && environment.getProperty("server.ssl.key-store") == null
                ? "http"
                : "https";
        String address = environment.getProperty("server.address", "127.0.0.1");
        String host = address.contains(":") ? "[" + address + "]" : address;
        out.println("Emotion4J: " + scheme + "://" + (host.equals("0.0.0.0") ? "localhost" : host) + ":" + port + "/"
                + (token.isGenerated() ? "#token=" + token.text() : " (with the token that was configured)"));
        out.flush();
    }
}
