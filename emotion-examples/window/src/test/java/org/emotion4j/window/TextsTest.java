package org.emotion4j.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.session.SessionEnd;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TextsTest {
    private static final Pattern PLACE = Pattern.compile("\\{(\\d)");

    @Test
    void bothLanguagesSayTheSameThingsWithTheSameValues() throws IOException {
        Map<String, String> english = load("texts.properties");
        Map<String, String> spanish = load("texts_es.properties");
        assertThat(spanish.keySet()).isEqualTo(english.keySet());
        english.forEach(
                (key, text) -> assertThat(places(spanish.get(key))).as(key).isEqualTo(places(text)));
        assertThat(spanish.values()).noneMatch(String::isBlank);
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "es"})
    void everyHintMissingFieldPhaseAndExpressionHasAText(String language) {
        Texts texts = Texts.of(Locale.forLanguageTag(language));
        for (Hint hint : Hint.values()) {
            assertThat(texts.get(hint.key())).isNotBlank();
        }
        for (SessionForm.Field field : SessionForm.Field.values()) {
            assertThat(texts.get(field.key())).isNotBlank();
        }
        for (Phase phase : Phase.values()) {
            assertThat(texts.get("status." + phase.name().toLowerCase(Locale.ROOT)))
                    .isNotBlank();
        }
        for (SessionEnd end : SessionEnd.values()) {
            assertThat(texts.get("end." + end.name().toLowerCase(Locale.ROOT))).isNotBlank();
        }
        for (Message.Action action : Message.Action.values()) {
            assertThat(action == Message.Action.NONE ? "none" : texts.get(action.key()))
                    .isNotBlank();
            assertThat(texts.get(action.otherKey())).isNotBlank();
        }
        for (Trouble trouble : Trouble.values()) {
            assertThat(texts.get(trouble.key())).isNotBlank();
        }
        for (Emotion emotion : Emotion.all()) {
            assertThat(texts.of(Optional.of(emotion))).isNotBlank();
        }
        assertThat(texts.of(Optional.empty())).isNotBlank();
    }

    @Test
    void takesTheMnemonicOutOfTheText() {
        Texts texts = Texts.of(Locale.ENGLISH);
        assertThat(texts.get("control.start")).isEqualTo("Start");
        assertThat(texts.mnemonic("control.start")).isPresent();
        assertThat(texts.mnemonic("source.none")).isEmpty();
    }

    @Test
    void fillsInNumbersAndPlurals() {
        assertThat(Texts.of(Locale.ENGLISH).get("message.unfinished", 1)).startsWith("A recording was cut off");
        assertThat(Texts.of(Locale.ENGLISH).get("message.unfinished", 3)).startsWith("3 recordings were cut off");
        assertThat(Texts.of(Locale.forLanguageTag("es-PE")).get("message.unfinished", 3))
                .startsWith("La última vez se cortaron 3 grabaciones");
    }

    @Test
    void namesAreListedAndDaysWrittenAsTheLanguageDoes() {
        Texts english = Texts.of(Locale.ENGLISH);
        assertThat(english.list(List.of("angry"))).isEqualTo("angry");
        assertThat(english.list(List.of("angry", "sad", "neutral"))).isEqualTo("angry, sad and neutral");
        assertThat(Texts.of(Locale.forLanguageTag("es")).list(List.of("asco", "miedo")))
                .isEqualTo("asco y miedo");
        assertThat(english.get("status.stored", LocalDate.of(2027, 11, 28), "here"))
                .isEqualTo("Stored until 28 Nov 2027 in here");
    }

    @Test
    void otherLanguagesGetEnglish() {
        assertThat(Texts.of(Locale.GERMANY).get("emotion.happy")).isEqualTo("happy");
        assertThat(Texts.of(Locale.forLanguageTag("es-PE")).get("emotion.happy"))
                .isEqualTo("alegría");
    }

    @Test
    void tellsTimes() {
        assertThat(List.of(Texts.clock(0), Texts.clock(61_900_000_000L), Texts.clock(3_725_000_000_000L)))
                .containsExactly("0:00", "1:01", "1:02:05");
    }

    private static TreeSet<String> places(String text) {
        TreeSet<String> places = new TreeSet<>();
        Matcher matcher = PLACE.matcher(text);
        while (matcher.find()) {
            places.add(matcher.group(1));
        }
        return places;
    }

    private static Map<String, String> load(String name) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = new InputStreamReader(Texts.class.getResourceAsStream(name), StandardCharsets.UTF_8)) {
            properties.load(reader);
        }
        Map<String, String> texts = new TreeMap<>();
        properties.forEach((key, text) -> texts.put((String) key, (String) text));
        return texts;
    }
}
