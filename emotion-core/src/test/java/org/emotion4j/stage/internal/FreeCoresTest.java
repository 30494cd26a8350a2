package org.emotion4j.stage.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.emotion4j.stage.StageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FreeCoresTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 7, 100})
    void resultsAreInTheOrderOfTheItems(int count) {
        List<Integer> items = IntStream.range(0, count).boxed().toList();
        assertThat(FreeCores.map(items, item -> 2 * item))
                .isEqualTo(items.stream().map(item -> 2 * item).toList());
    }

    @Test
    void oneItemIsTheCallersOwnWork() {
        assertThat(FreeCores.map(List.of("face"), item -> Thread.currentThread()))
                .containsExactly(Thread.currentThread());
    }

    @Test
    void theCallerWorksToo() {
        Set<Thread> threads = Collections.synchronizedSet(new HashSet<>());
        FreeCores.map(List.of(1, 2, 3, 4), item -> threads.add(Thread.currentThread()));
        assertThat(threads).contains(Thread.currentThread()).hasSizeLessThanOrEqualTo(FreeCores.count());
    }

    @Test
    void allHasEndedWhenTheFirstFailureIsThrown() {
        AtomicInteger done = new AtomicInteger();
        assertThatThrownBy(() -> FreeCores.map(List.of(0, 1, 2, 3), item -> {
                    done.incrementAndGet();
                    if (item % 2 == 1) {
                        throw new StageException("face " + item);
                    }
                    return item;
                }))
                .isExactlyInstanceOf(StageException.class)
                .hasMessage("face 1");
        if (FreeCores.count() > 1) {
            assertThat(done).hasValue(4);
        }
    }

    @Test
    void workThatItselfAsksForHelpEnds() {
        List<Integer> sums = FreeCores.map(
                List.of(1, 2, 3, 4), outer -> FreeCores.map(List.of(outer, outer, outer), inner -> inner).stream()
                        .mapToInt(Integer::intValue)
                        .sum());
        assertThat(sums).containsExactly(3, 6, 9, 12);
    }
}
