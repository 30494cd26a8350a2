package org.emotion4j.words;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.emotion.FacialMovement;
import org.emotion4j.event.FacialEvent;
import org.emotion4j.face.FaceQuality;
import org.emotion4j.recording.SessionState;
import org.emotion4j.session.SessionEnd;
import org.emotion4j.session.UnreadInput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WordsTest {
    private static final Words ENGLISH = Words.english();
    private static final Words SPANISH = Words.of(Locale.forLanguageTag("es"));

    @Test
    void eachTextIsThereInBothLanguagesWithTheSameValues() throws IOException {
        Properties english = texts("words.properties");
        Properties spanish = texts("words_es.properties");
        assertThat(spanish.keySet()).isEqualTo(english.keySet());
        for (String key : english.stringPropertyNames()) {
            assertThat(values(spanish.getProperty(key))).as(key).isEqualTo(values(english.getProperty(key)));
        }
    }

    /** A single apostrophe would hide a value. */
    @ParameterizedTest
    @ValueSource(strings = {"words.properties", "words_es.properties"})
    void eachTextIsAPattern(String file) throws IOException {
        texts(file).forEach((key, text) -> {
            if (!key.toString().startsWith("date.day") && !key.toString().startsWith("date.moment")) {
                new MessageFormat(text.toString());
                assertThat(text.toString().replace("''", "")).as("" + key).doesNotContain("'");
            }
        });
    }

    @Test
    void whateverARecordCanSayHasWords() {
        for (Words words : List.of(ENGLISH, SPANISH)) {
            Stream.of(
                            names("state.", SessionState.values()),
                            names("end.", SessionEnd.values()),
                            names("issue.", FaceQuality.Issue.values()),
                            Arrays.stream(FacialEvent.Kind.values()).map(kind -> "kind." + kind.code()),
                            FacialMovement.all().stream().map(movement -> "movement." + movement.code()),
                            Emotion.all().stream().map(emotion -> "emotion." + emotion.label()))
                    .flatMap(keys -> keys)
                    .forEach(key -> assertThat(words.say(key)).as(key).isNotBlank());
        }
    }

    @Test
    void inEnglishTheyAreTheWordsOfTheRecordsOwnClasses() {
        for (SessionEnd end : SessionEnd.values()) {
            assertThat(ENGLISH.say("end." + end.name().toLowerCase(Locale.ROOT)))
                    .isEqualTo(end.describe());
        }
        for (FacialMovement movement : FacialMovement.all()) {
            assertThat(ENGLISH.say("movement." + movement.code())).isEqualTo(movement.label());
        }
        for (Emotion emotion : Emotion.all()) {
            assertThat(ENGLISH.of(emotion)).isEqualTo(emotion.label());
        }
        for (FaceQuality.Issue issue : FaceQuality.Issue.values()) {
            assertThat(new RecordWords(ENGLISH).issue(issue))
                    .isEqualTo(issue.name().toLowerCase(Locale.ROOT).replace('_', ' '));
        }
    }

    @ParameterizedTest
    @MethodSource("unread")
    void whatWasNotReadIsSaidInEnglishAsBefore(UnreadInput unread) {
        assertThat(new RecordWords(ENGLISH).unread(unread)).isEqualTo(unread.describe());
        assertThat(new RecordWords(SPANISH).unread(unread))
                .hasSameSizeAs(unread.describe())
                .allSatisfy(sentence -> assertThat(sentence).doesNotContain("picture", "file"));
    }

    static Stream<UnreadInput> unread() {
        return Stream.of(
                UnreadInput.NONE,
                new UnreadInput(1, 1, 1, 1, Duration.ofMillis(1_500), Map.of("a", 1)),
                new UnreadInput(2, 30, 400, 2, Duration.ofSeconds(20), Map.of("text", 2)));
    }

    @Test
    void inPeruSomebodyIsEnojado() {
        assertThat(Words.of(Locale.forLanguageTag("es-PE")).of(Emotion.ANGRY)).isEqualTo("enojo");
        assertThat(SPANISH.of(Optional.empty())).isEqualTo("sin expresión clara");
    }

    @Test
    void numbersAreWrittenAsInTheLanguageAndItsCountry() {
        assertThat(ENGLISH.percent(0.4015)).isEqualTo("40.2 %");
        assertThat(SPANISH.percent(0.4015)).isEqualTo("40,2 %");
        assertThat(Words.of(Locale.forLanguageTag("es-PE")).percent(0.4015)).isEqualTo("40.2 %");
        assertThat(ENGLISH.percent(Double.NaN)).isEqualTo("–");
        assertThat(ENGLISH.signed(1.25, 1)).isEqualTo("+1.3");
        assertThat(ENGLISH.signed(-1.25, 1)).isEqualTo("-1.3");
        assertThat(ENGLISH.signed(-0.04, 1)).as("nothing has no sign").isEqualTo("0.0");
        assertThat(ENGLISH.number(-0.004, 2)).isEqualTo("0.00");
        assertThat(ENGLISH.number(-0.005, 2)).isEqualTo("-0.01");
        assertThat(ENGLISH.signed(Double.NaN, 1)).isEqualTo("–");
        assertThat(SPANISH.clock(Duration.ofMillis(3_723_400))).isEqualTo("1:02:03,4");
        assertThat(ENGLISH.count(47_330)).isEqualTo("47,330");
        assertThat(SPANISH.count(47_330)).isEqualTo("47.330");
    }

    @Test
    void daysAndMomentsAreWrittenAsInTheLanguageAndInTheTimeOfTheMachine() {
        assertThat(ENGLISH.day(LocalDate.of(2026, 11, 2))).isEqualTo("November 2, 2026");
        assertThat(SPANISH.day(LocalDate.of(2026, 11, 2))).isEqualTo("2 de noviembre de 2026");
        // Surefire runs in Kolkata
        assertThat(ENGLISH.moment(Instant.parse("2026-11-02T20:00:00Z")))
                .isEqualTo("November 3, 2026, 01:30:00 (Asia/Kolkata, UTC+05:30)");
    }

    @Test
    void lengthsAndTimesAreCounted() {
        assertThat(Stream.of(500L, 1_000L, 10_000L, 60_000L, 120_000L, 3_600_000L, 7_200_000L)
                        .map(millis -> ENGLISH.length(Duration.ofMillis(millis))))
                .containsExactly(
                        "500 milliseconds", "1 second", "10 seconds", "1 minute", "2 minutes", "1 hour", "2 hours");
        assertThat(Stream.of(1, 2, 3).map(times -> ENGLISH.say("times", times)))
                .containsExactly("once", "twice", "3 times");
        assertThat(Stream.of(1, 2, 3).map(times -> SPANISH.say("times", times)))
                .containsExactly("una vez", "2 veces", "3 veces");
    }

    /** The tests run on a machine that speaks German. */
    @Test
    void whoAsksForEnglishGetsItAndALanguageWithoutTextsIsRefused() {
        assertThat(Words.of(Locale.UK).of(Emotion.HAPPY)).isEqualTo("happy");
        assertThatThrownBy(() -> Words.of(Locale.GERMANY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there are no texts in the language \"de-DE\"; en and es come with the library,"
                        + " others are found as words_de.properties beside them");
    }

    @Test
    void aThirdLanguageIsABundleOnTheClassPath() {
        Words quechua = Words.of(Locale.forLanguageTag("qu-PE"));
        assertThat(quechua.of(Emotion.HAPPY)).isEqualTo("kusi");
        assertThat(quechua.of(Emotion.SAD)).as("what is not translated").isEqualTo("sad");
    }

    private static Stream<String> names(String prefix, Enum<?>[] values) {
        return Arrays.stream(values).map(value -> prefix + value.name().toLowerCase(Locale.ROOT));
    }

    private static TreeSet<String> values(String text) {
        return Pattern.compile("\\{(\\d+)")
                .matcher(text)
                .results()
                .map(value -> value.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Properties texts(String file) throws IOException {
        Properties texts = new Properties();
        try (InputStream in = Words.class.getResourceAsStream(file)) {
            texts.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        }
        return texts;
    }
}
