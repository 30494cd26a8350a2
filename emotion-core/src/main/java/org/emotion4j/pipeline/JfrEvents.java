package org.emotion4j.pipeline;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.emotion4j.reading.FrameResult;

/** The events as the flight recorder knows them. An event that is not recorded costs a check and no memory. */
final class JfrEvents implements FlightEvents {
    @Override
    public void analyzed(FrameResult result) {
        FrameAnalyzed event = new FrameAnalyzed();
        if (event.isEnabled()) {
            event.index = result.index();
            event.mediaTime = result.mediaNanos();
            event.faces = result.readings().size();
            event.detect = result.timings().detectNanos();
            event.landmarks = result.timings().landmarkNanos();
            event.align = result.timings().alignNanos();
            event.classify = result.timings().classifyNanos();
            event.total = result.timings().totalNanos();
            event.commit();
        }
    }

    @Override
    public void source(SourceEvent happened) {
        SourceChanged event = new SourceChanged();
        if (event.isEnabled()) {
            event.kind = happened.kind().name();
            event.message = happened.message();
            event.mediaTime = happened.mediaNanos();
            event.commit();
        }
    }

    @Name("org.emotion4j.Frame")
    @Label("Frame Analyzed")
    @Category("Emotion4J")
    @Description("A frame was analyzed, in a run or a session")
    @StackTrace(false)
    static final class FrameAnalyzed extends Event {
        @Label("Index")
        long index;

        @Label("Media Time")
        @Timespan
        long mediaTime;

        @Label("Faces")
        int faces;

        @Label("Detect")
        @Timespan
        long detect;

        @Label("Landmarks")
        @Timespan
        long landmarks;

        @Label("Align")
        @Timespan
        long align;

        @Label("Classify")
        @Timespan
        long classify;

        @Label("Total")
        @Description("From decoded pixels to readings")
        @Timespan
        long total;
    }

    @Name("org.emotion4j.Source")
    @Label("Source Changed")
    @Category("Emotion4J")
    @Description("The watch of a session noticed something about its source")
    @StackTrace(false)
    static final class SourceChanged extends Event {
        @Label("Kind")
        String kind = "";

        @Label("Message")
        String message = "";

        @Label("Media Time")
        @Timespan
        long mediaTime;
    }
}
