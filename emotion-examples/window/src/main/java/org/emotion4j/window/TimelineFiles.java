package org.emotion4j.window;

import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import javax.swing.UIManager;
import org.emotion4j.analysis.EmotionTimeline;
import org.emotion4j.analysis.TimelineCsv;
import org.emotion4j.file.internal.PrivateFiles;
import org.emotion4j.file.internal.ProductMark;
import org.emotion4j.recording.SessionArchive;
import org.emotion4j.recording.SessionReader;

/**
 * What is made of a recorded session beside its report: the predominant expression of each interval as a table, and the timeline as
 * a picture. They lie in the session's folder and go with it when it is erased. One of before is replaced where it is
 * Emotion4J's; anything else of that name is left.
 */
final class TimelineFiles {
    private static final int WIDTH = 1600;
    private static final int HEIGHT = 300;

    private TimelineFiles() {}

    /**
     * Writes {@code timeline.csv}. Takes its time.
     *
     * @return the file
     * @throws IOException if the record cannot be read, the file cannot be written, or is somebody else's
     */
    static Path writeTable(Path session, Duration interval) throws IOException {
        try (SessionReader reader = SessionReader.open(session)) {
            Map<Integer, EmotionTimeline.Builder> faces = new TreeMap<>();
            reader.forEachRemaining(frame -> frame.subject().ifPresent(reading -> faces.computeIfAbsent(
                            reading.faceId(), id -> EmotionTimeline.builder().interval(interval))
                    .add(reading)));
            StringWriter table = new StringWriter();
            TimelineCsv csv = new TimelineCsv(table);
            faces.forEach((face, timeline) -> csv.add(reader.info().sessionId(), face, timeline.build()));
            return write(session.resolve("timeline.csv"), table.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    /**
     * Writes {@code timeline.png}. Takes its time.
     *
     * @return the file
     * @throws IOException if the record cannot be read, the file cannot be written, or is somebody else's
     */
    static Path writePicture(Path session, Texts texts) throws IOException {
        ReviewedSession read = ReviewedSession.read(session, Optional.empty(), progress -> {});
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = image.createGraphics();
        pen.setColor(Palette.ground());
        pen.fillRect(0, 0, WIDTH, HEIGHT);
        Font font = UIManager.getFont("Label.font");
        new TimelineDrawing(texts, WIDTH, HEIGHT, read.curve().drawnNanos(), true).draw(pen, read.strip(), font);
        pen.dispose();
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(image, "png", png);
        return write(session.resolve("timeline.png"), ProductMark.onPicture(png.toByteArray()));
    }

    private static Path write(Path file, byte[] content) throws IOException {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS) && !SessionArchive.isOwn(file)) {
            throw new FileAlreadyExistsException(file.toString(), null, "is there already and is not Emotion4J's");
        }
        PrivateFiles.replaceAtomically(file, content);
        return file;
    }
}
