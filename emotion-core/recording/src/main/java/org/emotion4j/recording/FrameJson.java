package org.emotion4j.recording;

import com.google.gson.FormattingStyle;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import org.emotion4j.reading.FrameResult;

/**
 * One result as JSON, to be sent to a browser or another program: the same shape as a frame of {@link SessionExport}.
 *
 * <pre>{@code
 * {"frame":4,"mediaTimeMs":133.333,"wallTime":"2026-11-28T10:15:30.123Z","origin":"camera:0","cut":false,
 *  "facesInSight":1,"faces":[{"id":1,"subject":true,"box":{"x":97.1,"y":60.5,"width":167.7,"height":240.9},
 *  "detection":0.8332,"expression":"neutral","confidence":0.7206,"scores":{"angry":0.02981, ...},
 *  "raw":{"angry":0.02981, ...},"quality":{"overall":0.971,"faceSize":223.0, ..., "issues":[]}}]}
 * }</pre>
 *
 * <p>{@code mediaTimeMs} is in milliseconds with three decimals, a box in pixels of the frame with one; detection, confidence,
 * scores and the overall quality are 0 to 1; yaw, pitch and roll are degrees, and missing without landmarks.
 * {@code expression} is one of the seven or {@code none}; {@code raw} are the scores of this frame alone. {@code quality} is
 * missing where nobody judged it. Landmarks are not in it, and nothing that leads to a picture. Stateless and thread-safe.
 */
public final class FrameJson {
    private FrameJson() {}

    /**
     * Writes a result as one line.
     *
     * @param result of a run, a session or a single picture
     * @return a JSON object without a line break; every character that is not ASCII stands for itself
     * @throws IllegalArgumentException if it has a number that is none, or one that no record would take
     */
    public static String write(FrameResult result) {
        StringWriter text = new StringWriter();
        try {
            JsonWriter out = new JsonWriter(text);
            out.setFormattingStyle(FormattingStyle.COMPACT);
            out.setHtmlSafe(false);
            SessionExport.frame(out, new CsvRows("").cells(result));
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("a string cannot be written to", e);
        }
        return text.toString();
    }
}
