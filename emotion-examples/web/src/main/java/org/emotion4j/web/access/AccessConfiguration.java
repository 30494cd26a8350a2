package org.emotion4j.web.access;

import org.emotion4j.web.WebProperties;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import tools.jackson.databind.json.JsonMapper;

/** Puts the guard before everything else. */
@Configuration(proxyBeanMethods = false)
final class AccessConfiguration {
    @Bean
    AccessToken accessToken(@Value("${emotion4j.token:}") String configured) {
        return AccessToken.of(configured);
    }

    @Bean
    OriginCheck originCheck(WebProperties properties) {
        return new OriginCheck(properties.origins());
    }

    @Bean
    FilterRegistrationBean<AccessFilter> accessFilter(
            AccessToken token, OriginCheck origins, WebProperties properties, JsonMapper json) {
        RateLimit rate = new RateLimit(properties.requestsPerSecond(), properties.requestBurst(), System::nanoTime);
        FilterRegistrationBean<AccessFilter> registration =
                new FilterRegistrationBean<>(new AccessFilter(token, origins, rate, json));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        registration.addUrlPatterns("/*");
        return registration;
    }
}
