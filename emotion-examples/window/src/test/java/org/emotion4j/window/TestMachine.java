package org.emotion4j.window;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.emotion4j.frame.FrameSource;
import org.emotion4j.opencv.Camera;
import org.emotion4j.pipeline.ReconnectPolicy;
import org.emotion4j.recording.SessionMetadata;
import org.emotion4j.recording.SessionSignature;
import org.emotion4j.recording.SmallDisk;
import org.emotion4j.session.SessionRecorder;

/** The machine as it is, but for its cameras, how full its disk is, and its browser. */
final class TestMachine extends Platform.Machine {
    static final Camera CAMERA = new Camera(0, "", "Sample camera");

    private final List<Path> browsed = Collections.synchronizedList(new ArrayList<>());
    private volatile List<Camera> cameras = List.of();
    private volatile LiveSession.SourceOpener camera = choice -> {
        throw new IOException("no such camera");
    };
    private volatile Optional<LiveSession.SourceOpener> film = Optional.empty();
    private volatile Clock clock = Clock.systemUTC();
    private volatile boolean withoutRoomForSignatures;
    private volatile int room = Integer.MAX_VALUE;

    /** Gives it a camera. */
    TestMachine withCamera(LiveSession.SourceOpener opener) {
        cameras = List.of(CAMERA);
        camera = opener;
        return this;
    }

    /** Plays this in place of what is in a file. */
    TestMachine withFilm(LiveSession.SourceOpener opener) {
        film = Optional.of(opener);
        return this;
    }

    /** Leaves room for so many bytes of rows. */
    TestMachine withRoomFor(int bytes) {
        room = bytes;
        return this;
    }

    /** Has no room for what somebody signs, or has room again. */
    TestMachine withoutRoomForSignatures(boolean value) {
        withoutRoomForSignatures = value;
        return this;
    }

    @Override
    public void sign(Path folder, SessionSignature signature) throws IOException {
        if (withoutRoomForSignatures) {
            throw new IOException("No space left on device");
        }
        super.sign(folder, signature);
    }

    /** Sets its clock. */
    TestMachine withClock(Clock value) {
        clock = value;
        return this;
    }

    @Override
    public Clock clock() {
        return clock;
    }

    List<Path> browsed() {
        return List.copyOf(browsed);
    }

    @Override
    public List<Camera> cameras() {
        return cameras;
    }

    @Override
    public FrameSource open(SourceChoice choice) throws IOException {
        if (choice.isCamera()) {
            return camera.open(choice);
        }
        return film.isPresent() ? film.get().open(choice) : super.open(choice);
    }

    @Override
    public ReconnectPolicy reconnect(SourceChoice choice) {
        return ReconnectPolicy.with(() -> open(choice))
                .withPauses(Duration.ofMillis(200), Duration.ofMillis(200))
                .withAttempts(2);
    }

    @Override
    public SessionRecorder record(Path folder, SessionMetadata metadata) throws IOException {
        return room == Integer.MAX_VALUE ? super.record(folder, metadata) : SmallDisk.record(folder, metadata, room);
    }

    @Override
    public boolean browse(Path page) {
        browsed.add(page);
        return true;
    }
}
