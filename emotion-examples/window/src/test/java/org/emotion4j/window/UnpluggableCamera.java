package org.emotion4j.window;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.emotion4j.frame.FrameBuffer;
import org.emotion4j.frame.FrameSource;

/** Gives pictures until a test pulls its plug, and cannot be opened again then. */
final class UnpluggableCamera implements LiveSession.SourceOpener {
    private final AtomicBoolean unplugged = new AtomicBoolean();
    private final AtomicInteger opened = new AtomicInteger();

    void unplug() {
        unplugged.set(true);
    }

    /** How often it was to be opened. */
    int opened() {
        return opened.get();
    }

    @Override
    public FrameSource open(SourceChoice choice) throws IOException {
        opened.incrementAndGet();
        requirePlug();
        FrameSource camera = SampleFilm.camera(Duration.ofHours(1));
        return new FrameSource() {
            @Override
            public boolean read(FrameBuffer target) throws IOException {
                requirePlug();
                return camera.read(target);
            }

            @Override
            public boolean isLive() {
                return true;
            }

            @Override
            public void close() {
                camera.close();
            }
        };
    }

    private void requirePlug() throws IOException {
        if (unplugged.get()) {
            throw new IOException("unplugged");
        }
    }
}
