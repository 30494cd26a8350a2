package org.emotion4j.pipeline;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;

/**
 * Closes pipelines when the virtual machine shuts down, so that no native code is at work while its libraries are taken
 * apart: without that a signal in the middle of an inference ends in a crash of the virtual machine.
 */
final class PipelineShutdownHook {
    private static final Set<EmotionPipeline> OPEN = Collections.newSetFromMap(new WeakHashMap<>());
    private static boolean hooked;

    private PipelineShutdownHook() {}

    static synchronized void add(EmotionPipeline pipeline) {
        if (!hooked) {
            Runtime.getRuntime().addShutdownHook(new Thread(PipelineShutdownHook::closeAll, "emotion4j-shutdown"));
            hooked = true;
        }
        OPEN.add(pipeline);
    }

    static synchronized void remove(EmotionPipeline pipeline) {
        OPEN.remove(pipeline);
    }

    private static synchronized List<EmotionPipeline> all() {
        return new ArrayList<>(OPEN);
    }

    private static void closeAll() {
        List<Thread> closing = new ArrayList<>();
        for (EmotionPipeline pipeline : all()) {
            Thread thread = new Thread(pipeline::drainAndClose, "emotion4j-shutdown-" + closing.size());
            thread.start();
            closing.add(thread);
        }
        for (Thread thread : closing) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                return;
            }
        }
    }
}
