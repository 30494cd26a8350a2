package org.emotion4j.web.upload;

import java.io.IOException;

/** Who is told how far a film is. */
@FunctionalInterface
interface Progress {
    /** Nobody. */
    Progress UNWATCHED = (frames, mediaTimeMs, lengthMs) -> {};

    /**
     * Hears of it.
     *
     * @param frames analyzed so far
     * @param mediaTimeMs of the latest
     * @param lengthMs of the film, or 0 where it is not known
     * @throws IOException if whoever is told is gone: then nothing more is read
     */
    void at(long frames, double mediaTimeMs, double lengthMs) throws IOException;
}
