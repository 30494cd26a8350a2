package org.emotion4j.web.live;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.emotion4j.reading.FrameResult;
import org.emotion4j.web.ReadingsJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What a page is told. */
final class Answers {
    private Answers() {}

    /**
     * The session goes on.
     *
     * @param session the id of its record; null where nothing is recorded
     * @param framesPerSecond more than that are dropped
     */
    record Started(String type, @Nullable String session, double framesPerSecond) {
        static Started of(@Nullable String session, double framesPerSecond) {
            return new Started("started", session, framesPerSecond);
        }
    }

    /**
     * What one picture showed.
     *
     * @param mediaTimeMs which picture: its time as it was sent
     * @param width of the picture
     * @param height of the picture
     * @param readings as those of {@code POST /api/analyze}
     * @param dropped how many pictures of this session there was no time for, so far
     */
    record Reading(String type, double mediaTimeMs, int width, int height, List<ObjectNode> readings, long dropped) {
        static Reading of(FrameResult result, long dropped) {
            return new Reading(
                    "reading",
                    result.mediaNanos() / 1e6,
                    result.width(),
                    result.height(),
                    ReadingsJson.of(result),
                    dropped);
        }
    }

    /**
     * Something that was sent cannot be used; the session goes on, unless the connection is closed.
     *
     * @param detail why
     */
    record Problem(String type, String detail) {
        static Problem of(String detail) {
            return new Problem("problem", detail);
        }
    }

    /**
     * The session has ended, and what there was to record is recorded.
     *
     * @param frames that were read
     * @param dropped that there was no time for
     * @param session the id of its record, left out where nothing was recorded
     */
    record Ended(
            String type,
            long frames,
            long dropped,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String session) {
        static Ended of(long frames, long dropped, @Nullable String session) {
            return new Ended("ended", frames, dropped, session);
        }
    }
}
