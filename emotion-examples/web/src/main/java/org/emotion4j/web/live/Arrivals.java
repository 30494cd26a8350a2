package org.emotion4j.web.live;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/** When the latest few pictures arrived, by their media time; those that are never read are forgotten. Thread-safe. */
final class Arrivals {
    private static final int MOST = 16;

    private final Map<Long, Long> byTime = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Long> eldest) {
            return size() > MOST;
        }
    };

    synchronized void note(long mediaNanos, long arrived) {
        byTime.put(mediaNanos, arrived);
    }

    synchronized OptionalLong take(long mediaNanos) {
        Long arrived = byTime.remove(mediaNanos);
        return arrived == null ? OptionalLong.empty() : OptionalLong.of(arrived);
    }
}
