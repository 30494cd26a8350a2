package org.emotion4j.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.function.Function;

/** Has a stage work on several threads at the same moment. */
final class ManyThreads {
    private ManyThreads() {}

    /**
     * Asks for each piece of work again and again, a thread a piece, all of them starting each round together.
     *
     * @param work a piece a thread
     * @param rounds how often each is asked for
     * @param ask what is asked
     * @return for each piece its answers, in the order of the rounds
     */
    static <W, A> List<List<A>> ask(List<W> work, int rounds, Function<W, A> ask) {
        CyclicBarrier together = new CyclicBarrier(work.size());
        List<CompletableFuture<List<A>>> threads = new ArrayList<>();
        for (W piece : work) {
            CompletableFuture<List<A>> answers = new CompletableFuture<>();
            threads.add(answers);
            new Thread(() -> {
                        try {
                            List<A> given = new ArrayList<>();
                            for (int i = 0; i < rounds; i++) {
                                together.await();
                                given.add(ask.apply(piece));
                            }
                            answers.complete(given);
                        } catch (Exception | Error e) {
                            answers.completeExceptionally(e);
                            together.reset();
                        }
                    })
                    .start();
        }
        return threads.stream().map(CompletableFuture::join).toList();
    }
}
