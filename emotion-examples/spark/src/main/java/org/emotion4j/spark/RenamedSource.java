package org.emotion4j.spark;

import java.io.IOException;
import org.emotion4j.frame.ForwardingFrameSource;
import org.emotion4j.frame.FrameBuffer;
import org.emotion4j.frame.FrameSource;

/** A copy of a file, whose frames name the file that it is a copy of. */
record RenamedSource(FrameSource source, String origin) implements ForwardingFrameSource {
    @Override
    public boolean read(FrameBuffer target) throws IOException {
        boolean read = source.read(target);
        if (read) {
            target.origin(origin);
        }
        return read;
    }
}
