package org.emotion4j.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.emotion4j.NeedsLoopback;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;

/** The document says what there is: every address, every key, and no other. */
@Tag("native")
@NeedsLoopback
final class OpenApiTest {
    private final Service service = Service.shared();
    private final JsonNode document = Service.json(Service.send(HttpRequest.newBuilder(service.uri("/openapi.json"))));

    @Test
    void hasEveryAddressAndNoOther() {
        Set<String> documented = new TreeSet<>();
        document.path("paths").properties().forEach(path -> path.getValue()
                .propertyNames()
                .forEach(method -> documented.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
        documented.removeIf(address -> address.startsWith("PARAMETERS "));
        Set<String> there = new TreeSet<>();
        for (RequestMappingInfo mapping : service.bean(
                        "requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .keySet()) {
            // What answers failures is Spring's, for all addresses.
            mapping.getPatternValues().forEach(path -> mapping.getMethodsCondition()
                    .getMethods()
                    .forEach(method -> there.add(method + " " + path)));
        }
        assertThat(documented).isEqualTo(there);
    }

    @Test
    void hasEveryKeyOfAnAnswer() {
        JsonNode schemas = document.path("components").path("schemas");
        JsonNode answer = Service.json(service.analyze(Samples.portrait(1)));
        assertKeys(answer, schemas.path("Analysis"));
        assertKeys(answer.path("readings").get(0), schemas.path("Reading"));
        assertKeys(Service.json(service.analyze(new byte[0])), schemas.path("Problem"));
    }

    private static void assertKeys(JsonNode answer, JsonNode schema) {
        Collection<String> keys = answer.propertyNames();
        assertThat(schema.path("properties").propertyNames()).containsAll(keys);
        schema.path("required").forEach(key -> assertThat(keys).contains(key.asString()));
    }
}
