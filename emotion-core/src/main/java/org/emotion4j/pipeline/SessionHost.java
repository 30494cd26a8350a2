package org.emotion4j.pipeline;

import java.util.Optional;
import org.emotion4j.frame.Frame;
import org.emotion4j.reading.FrameResult;
import org.emotion4j.session.PipelineSettings;
import org.emotion4j.session.SessionRecorder;
import org.emotion4j.stage.Stage;

/** What one session or run asks of the pipeline that it belongs to. */
interface SessionHost {
    /**
     * Looks at the session's next frame.
     *
     * @param cut whether it does not follow from the last one that was looked at
     * @throws PipelineClosedException if the pipeline was closed
     */
    FrameResult process(Frame frame, long index, boolean cut);

    /** The next frame's scores go by that frame alone. */
    void forgetScores();

    /** Whom the session is about. */
    SubjectFinder subjects();

    /** What is written into a record. */
    PipelineSettings settings(Optional<SessionRecorder> recorder);

    FlightEvents flight();

    boolean isShuttingDown();

    /** A thread that does not come back uses this stage: nobody may close it. */
    void abandon(Stage stage);

    /** The analysis does not come back: none of its stages may be closed. */
    void abandonAnalysis();

    /** Closes what is the session's own, at the first call, and lets its pipeline forget it. */
    void ended(boolean atEnd);
}
