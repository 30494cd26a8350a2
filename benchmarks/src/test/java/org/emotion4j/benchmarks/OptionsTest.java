package org.emotion4j.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class OptionsTest {
    private static final List<String> KNOWN = List.of("frames", "out");
    private static final List<String> SWITCHES = List.of("json");

    private static Options of(String... args) {
        return Options.of(args, KNOWN, SWITCHES);
    }

    @Test
    void givesWhatWasGivenAndElseTheDefault() {
        Options options = of("--frames", "20", "--json");

        assertThat(options.number("frames", 7)).isEqualTo(20);
        assertThat(options.text("out", "there")).isEqualTo("there");
        assertThat(options.has("json")).isTrue();
        assertThat(options.has("out")).isFalse();
        assertThat(of().number("frames", 7)).isEqualTo(7);
    }

    @Test
    void takesAnEqualsSignToo() {
        assertThat(of("--out=a b").text("out", "")).isEqualTo("a b");
    }

    @Test
    void refusesWhatIsNoOption() {
        CommandLine command = Options.command(KNOWN, SWITCHES);

        assertThatThrownBy(() -> command.parseArgs("--frmes", "20"))
                .isInstanceOf(CommandLine.UnmatchedArgumentException.class)
                .hasMessageContaining("--frmes");
        assertThatThrownBy(() -> command.parseArgs("--out")).hasMessageContaining("--out");
    }
}
