package org.emotion4j.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.emotion4j.benchmarks.PeerComparison.Measured;
import org.emotion4j.benchmarks.PeerComparison.Turn;
import org.junit.jupiter.api.Test;

class PeerComparisonTest {
    private final List<String> order = new ArrayList<>();

    private Turn turn(String who, int photo, double millis, int faces) {
        order.add(who + photo);
        return new Turn(millis, faces);
    }

    @Test
    void theRatioIsThePeersTimeOverOursPhotographByPhotograph() throws IOException {
        Measured measured = PeerComparison.measure(
                photo -> turn("o", photo, 10 + photo, 1), photo -> turn("p", photo, 3 * (10 + photo), photo), 2, 3);

        assertThat(measured.ratios()).hasSize(6).containsOnly(3);
        assertThat(measured.ours()).containsExactly(10, 11, 10, 11, 10, 11);
        assertThat(measured.oursFound()).isEqualTo(6);
        assertThat(measured.peersFound()).as("it finds none in the first one").isEqualTo(3);
    }

    @Test
    void whoComesFirstChangesFromPhotographToPhotographAndFromRunToRun() throws IOException {
        PeerComparison.measure(photo -> turn("o", photo, 1, 1), photo -> turn("p", photo, 1, 1), 2, 2);

        int size = order.size();
        assertThat(order.subList(size - 8, size)).containsExactly("o0", "p0", "p1", "o1", "p0", "o0", "o1", "p1");
    }

    @Test
    void theFirstRunsDoNotCount() throws IOException {
        int[] calls = {0};
        Measured measured = PeerComparison.measure(
                photo -> new Turn(++calls[0] == 1 ? 1_000_000 : 1, 1), photo -> new Turn(1, 1), 1, 1);

        assertThat(calls[0]).isGreaterThan(1);
        assertThat(measured.ours()).containsExactly(1);
    }

    @Test
    void whatIsPrintedAsJsonHasTheKeysThatScriptsAskFor() {
        Measured measured = new Measured(new double[] {10, 10, 10}, new double[] {20, 40, 60}, 3, 2);

        assertThat(printed(measured, true))
                .isEqualToIgnoringNewLines(
                        "{\"peer\": \"somebody\", \"ratioP50\": 4.000, \"ratioP10\": 2.000, \"ratioP90\": 6.000, \"oursP50\": 10.000,"
                                + " \"peerP50\": 40.000, \"runs\": 3, \"oursFound\": 3, \"peerFound\": 2}");
        assertThat(printed(measured, false)).startsWith("somebody over ours: 4.00 times the time");
    }

    @Test
    void aPeerThatFailsEndsTheComparison() {
        assertThatThrownBy(() -> PeerComparison.measure(
                        photo -> new Turn(1, 1),
                        photo -> {
                            throw new EOFException("the peer ended");
                        },
                        1,
                        1))
                .isInstanceOf(IOException.class)
                .hasMessage("the peer ended");
    }

    private static String printed(Measured measured, boolean json) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PeerComparison.print(new PrintStream(bytes, true, StandardCharsets.UTF_8), measured, "somebody", json);
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
