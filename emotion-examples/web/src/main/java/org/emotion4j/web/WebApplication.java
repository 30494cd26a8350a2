package org.emotion4j.web;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The service, started by one command: {@code java -jar emotion-web.jar}. */
@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan
public final class WebApplication {
    private WebApplication() {}

    /**
     * Starts it, until a signal ends it.
     *
     * @param args properties, for example {@code --server.port=8080 --emotion4j.token=…}
     */
    public static void main(String[] args) {
        SpringApplication.run(WebApplication.class, args);
    }
}
