package org.emotion4j.spark;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.emotion4j.analysis.ExpressionDurations;
import org.emotion4j.analysis.SessionSummary;
import org.emotion4j.emotion.Affect;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.recording.Consent;
import org.emotion4j.recording.SessionInfo;

/** The row of {@code sessions}: what was read, what by, what it amounts to and how good the data is. Times are seconds. */
final class SessionCells {
    private SessionCells() {}

    static List<Column> columns() {
        List<Column> columns = new ArrayList<>(List.of(
                Column.text("path"),
                Column.text("kind"),
                Column.text("status"),
                Column.text("session_id"),
                Column.text("file_sha256"),
                Column.whole("file_bytes"),
                Column.text("fingerprint"),
                Column.text("models"),
                Column.text("settings"),
                Column.text("emotion4j"),
                Column.text("java"),
                Column.text("os"),
                Column.whole("parts"),
                Column.text("host"),
                Column.text("read_at"),
                Column.text("recorded_at"),
                Column.text("subject_id"),
                Column.text("keep_until"),
                Column.text("end"),
                Column.whole("frames"),
                Column.whole("frames_without_face"),
                Column.whole("readings"),
                Column.whole("unreadable_frames"),
                Column.whole("failed_frames"),
                Column.number("cut_off_seconds"),
                Column.flag("pictures"),
                Column.number("length_seconds"),
                Column.number("frames_per_second")));
        Emotion.labels().forEach(label -> columns.add(Column.number(label + "_seconds")));
        columns.addAll(List.of(
                Column.number("no_clear_seconds"),
                Column.number("no_face_seconds"),
                Column.number("readable_seconds")));
        Emotion.labels().forEach(label -> columns.add(Column.whole(label + "_frames")));
        columns.addAll(List.of(
                Column.whole("no_clear_frames"),
                Column.whole("no_face_frames"),
                Column.number("valence"),
                Column.number("arousal"),
                Column.number("movement"),
                Column.whole("changes"),
                Column.whole("gaps"),
                Column.number("gap_seconds"),
                Column.whole("brief_moments"),
                Column.whole("events"),
                Column.number("mean_detection"),
                Column.number("mean_confidence"),
                Column.number("mean_face_width"),
                Column.whole("face_ids"),
                Column.whole("most_faces"),
                Column.whole("frames_with_several_faces"),
                Column.whole("cuts"),
                Column.whole("missed_frames"),
                Column.whole("problems"),
                Column.number("picture_quality"),
                Column.number("poor_pictures"),
                Column.text("concerns")));
        return List.copyOf(columns);
    }

    /**
     * Where a summary comes from.
     *
     * @param path the input's name in the tables
     * @param kind film, picture or session
     * @param status what became of it
     * @param sha256 of its content
     * @param bytes its size
     * @param fingerprint of models and settings
     * @param models by name and hash
     * @param settings in words
     * @param parts in how many parts it was read
     * @param host who read it
     * @param readAt when
     * @param events how many were found
     */
    record Origin(
            String path,
            String kind,
            Status status,
            String sha256,
            long bytes,
            String fingerprint,
            String models,
            String settings,
            int parts,
            String host,
            Instant readAt,
            int events) {}

    static List<String> of(Origin from, SessionSummary summary) {
        SessionInfo info = summary.info();
        SessionSummary.Quality quality = summary.quality();
        Optional<SessionSummary.PictureQuality> pictures = quality.pictures();
        List<String> cells = new ArrayList<>(List.of(
                from.path(),
                from.kind(),
                from.status().word(),
                info.sessionId(),
                from.sha256(),
                Long.toString(from.bytes()),
                from.fingerprint(),
                from.models(),
                from.settings(),
                version(info, "emotion4j"),
                version(info, "java"),
                version(info, "os"),
                Integer.toString(from.parts()),
                from.host(),
                from.readAt().toString(),
                info.started().map(Instant::toString).orElse(""),
                info.metadata().subjectId().orElse(""),
                info.metadata()
                        .consent()
                        .map(Consent::keepUntil)
                        .map(Object::toString)
                        .orElse(""),
                info.endInWords(),
                Long.toString(summary.counters().frames()),
                Long.toString(summary.counters().framesWithoutFace()),
                Long.toString(summary.counters().readings()),
                Long.toString(info.unread().unreadable()),
                Long.toString(info.unread().failed()),
                seconds(info.unread().cutOff()),
                Boolean.toString(summary.isPictures()),
                seconds(summary.length()),
                number(quality.framesPerSecond())));
        addTimes(cells, summary.times());
        Emotion.all()
                .forEach(emotion -> cells.add(Long.toString(summary.frames().count(emotion))));
        cells.addAll(List.of(
                Long.toString(summary.frames().noClear()),
                Long.toString(summary.frames().noFace()),
                summary.times()
                        .affect()
                        .map(Affect::valence)
                        .map(SessionCells::number)
                        .orElse(""),
                summary.times()
                        .affect()
                        .map(Affect::arousal)
                        .map(SessionCells::number)
                        .orElse(""),
                number(summary.times().movement()),
                Long.toString(summary.transitions().total()),
                Integer.toString(summary.gaps().count()),
                seconds(summary.gaps().total()),
                Integer.toString(summary.briefMoments().size()),
                Integer.toString(from.events()),
                number(quality.meanDetection()),
                number(quality.meanConfidence()),
                number(quality.meanFaceWidth()),
                Integer.toString(quality.faceIds()),
                Integer.toString(quality.mostFaces()),
                Long.toString(quality.framesWithSeveralFaces()),
                Long.toString(quality.cuts()),
                Long.toString(quality.missedFrames()),
                Long.toString(quality.problemCount()),
                pictures.map(seen -> number(seen.meanOverall())).orElse(""),
                pictures.map(seen -> number(seen.issueShare())).orElse(""),
                String.join(" ", summary.warnings())));
        return cells;
    }

    private static void addTimes(List<String> cells, ExpressionDurations times) {
        Emotion.all().forEach(emotion -> cells.add(seconds(times.time(emotion))));
        cells.add(seconds(times.noClear()));
        cells.add(seconds(times.noFace()));
        cells.add(seconds(times.readable()));
    }

    private static String version(SessionInfo info, String name) {
        return info.versions().getOrDefault(name, "");
    }

    private static String seconds(Duration time) {
        return number(time.toNanos() / 1e9);
    }

    static String number(double value) {
        return Double.isFinite(value) ? Double.toString(value) : "";
    }
}
