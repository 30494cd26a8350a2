package org.emotion4j.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.json.JsonParserFactory;

/** What editors know of the properties is what there is. */
final class ConfigurationMetadataTest {
    private static final String FILE = "/META-INF/spring-configuration-metadata.json";

    /** A property as editors see it. */
    private record Property(String name, String type, String standard) {}

    @Test
    void everyPropertyIsDescribedWithItsTypeAndDefault() throws IOException {
        assertThat(described()).containsExactlyElementsOf(declared());
    }

    private static List<Property> declared() {
        return Stream.of(EmotionProperties.class.getRecordComponents())
                .map(component -> new Property(
                        "emotion4j." + kebab(component.getName()),
                        MethodType.methodType(component.getType())
                                .wrap()
                                .returnType()
                                .getName(),
                        standard(component)))
                .toList();
    }

    private static String kebab(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    /** Annotations of a component stand at the parameter of its constructor. */
    private static String standard(RecordComponent component) {
        return Stream.of(EmotionProperties.class.getDeclaredConstructors()[0].getParameters())
                .filter(parameter -> parameter.getName().equals(component.getName()))
                .map(parameter -> parameter.getAnnotation(DefaultValue.class))
                .filter(Objects::nonNull)
                .map(value -> String.join(",", value.value()))
                .findFirst()
                .orElse("");
    }

    private static List<Property> described() throws IOException {
        try (InputStream file = EmotionProperties.class.getResourceAsStream(FILE)) {
            String json = new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
            List<Property> found = new ArrayList<>();
            for (Object each :
                    (List<?>) JsonParserFactory.getJsonParser().parseMap(json).get("properties")) {
                Map<?, ?> property = (Map<?, ?>) each;
                assertThat(String.valueOf(property.get("description"))).endsWith(".");
                found.add(new Property(
                        String.valueOf(property.get("name")),
                        String.valueOf(property.get("type")),
                        property.containsKey("defaultValue")
                                ? String.valueOf(property.get("defaultValue")).replaceFirst("\\.0$", "")
                                : ""));
            }
            return found;
        }
    }
}
