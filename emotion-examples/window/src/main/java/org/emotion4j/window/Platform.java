package org.emotion4j.window;

import java.awt.Desktop;
import java.awt.GraphicsEnvironment;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.emotion4j.frame.FrameSource;
import org.emotion4j.opencv.Camera;
import org.emotion4j.opencv.FrameSources;
import org.emotion4j.recording.CsvSessionRecorder;
import org.emotion4j.recording.SessionMetadata;
import org.emotion4j.recording.SessionSignature;
import org.emotion4j.session.SessionRecorder;

/**
 * What the window needs of the machine. Called on the worker thread; a source is also opened anew on the session's.
 */
interface Platform extends LiveSession.SourceOpener {
    /** Lists the cameras. */
    List<Camera> cameras();

    /** Begins a record in a new folder. */
    SessionRecorder record(Path folder, SessionMetadata metadata) throws IOException;

    /** Puts a signature beside a record that has begun. */
    void sign(Path folder, SessionSignature signature) throws IOException;

    /** Shows a page; false where this machine cannot. */
    boolean browse(Path page);

    /** What time it is. */
    Clock clock();

    /** The machine as it is. */
    static Platform ofMachine() {
        return new Machine();
    }

    /** The machine as it is. */
    class Machine implements Platform {
        @Override
        public List<Camera> cameras() {
            return Camera.list();
        }

        @Override
        public FrameSource open(SourceChoice choice) throws IOException {
            return FrameSources.parse(choice.text());
        }

        @Override
        public SessionRecorder record(Path folder, SessionMetadata metadata) throws IOException {
            return CsvSessionRecorder.create(folder, metadata);
        }

        @Override
        public void sign(Path folder, SessionSignature signature) throws IOException {
            signature.write(folder);
        }

        @Override
        public boolean browse(Path page) {
            try {
                if (GraphicsEnvironment.isHeadless() || !Desktop.isDesktopSupported()) {
                    return false;
                }
                Desktop desktop = Desktop.getDesktop();
                if (desktop.isSupported(Desktop.Action.BROWSE)) {
                    desktop.browse(page.toUri());
                    return true;
                }
                if (desktop.isSupported(Desktop.Action.OPEN)) {
                    desktop.open(page.toFile());
                    return true;
                }
                return false;
            } catch (IOException | RuntimeException e) {
                return false;
            }
        }

        @Override
        public Clock clock() {
            return Clock.systemUTC();
        }
    }
}
