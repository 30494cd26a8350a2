package org.emotion4j.web.live;

import org.emotion4j.web.WebProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.socket.config.annotation.EnableWebSocket;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;
import org.springframework.web.socket.server.standard.ServletServerContainerFactoryBean;

/** Where pages connect. Who may is decided by the guard before it, for all addresses alike. */
@Configuration(proxyBeanMethods = false)
@EnableWebSocket
final class LiveConfiguration {
    private static final int TEXT_BYTES = 8 * 1024;

    @Bean
    WebSocketConfigurer live(Visits visits) {
        return registry -> registry.addHandler(visits, "/live").setAllowedOrigins("*");
    }

    @Bean
    ServletServerContainerFactoryBean webSocketContainer(WebProperties properties) {
        ServletServerContainerFactoryBean container = new ServletServerContainerFactoryBean();
        container.setMaxTextMessageBufferSize(TEXT_BYTES);
        container.setMaxBinaryMessageBufferSize(
                Math.toIntExact(properties.live().maxMessage().toBytes()));
        container.setMaxSessionIdleTimeout(properties.live().silence().toMillis());
        return container;
    }
}
