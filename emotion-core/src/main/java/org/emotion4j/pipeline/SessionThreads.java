package org.emotion4j.pipeline;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;

/** The threads of one session: named, and known again, since none of them may wait for the session's end. */
final class SessionThreads {
    private final ThreadFactory factory;
    private final Set<Thread> own = ConcurrentHashMap.newKeySet();

    SessionThreads(ThreadFactory factory) {
        this.factory = factory;
    }

    void start(String name, Runnable work) {
        named(name).newThread(work).start();
    }

    ThreadFactory named(String name) {
        return work -> {
            Thread thread = factory.newThread(() -> {
                Thread current = Thread.currentThread();
                own.add(current);
                try {
                    work.run();
                } finally {
                    own.remove(current);
                }
            });
            thread.setName("emotion4j-" + name);
            return thread;
        };
    }

    /** Whether the thread that asks is one of them. */
    boolean isOwn() {
        return own.contains(Thread.currentThread());
    }
}
