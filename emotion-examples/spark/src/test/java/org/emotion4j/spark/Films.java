package org.emotion4j.spark;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.emotion4j.opencv.OpenCv;
import org.opencv.core.Core;
import org.opencv.core.Mat;
import org.opencv.core.Rect;
import org.opencv.core.Scalar;
import org.opencv.core.Size;
import org.opencv.imgcodecs.Imgcodecs;
import org.opencv.imgproc.Imgproc;
import org.opencv.videoio.VideoWriter;
import org.opencv.videoio.Videoio;

/** Films of a portrait that wanders through the picture and smiles now and then, and pictures: real faces for the job's tests. */
final class Films {
    private static final int SIDE = 192;
    private static final int SMILING = 8;
    private static final int SMILE_EVERY = 100;

    private Films() {}

    static Path picture(Path file, int number) throws IOException {
        Files.createDirectories(file.getParent());
        String name = "/META-INF/resources/webjars/AdminLTE/3.2.0/dist/img/user" + number
                + (number == 2 ? "-160x160.jpg" : "-128x128.jpg");
        try (InputStream in = Films.class.getResourceAsStream(name)) {
            Files.copy(in, file);
        }
        return file;
    }

    /** Writes a film with 25 pictures a second, MJPEG in an AVI. */
    static Path film(Path file, int number, int frames) throws IOException {
        return film(file, number, frames, 25);
    }

    /** The same with another number of pictures a second. */
    static Path film(Path file, int number, int frames, int rate) throws IOException {
        OpenCv.load();
        Mat portrait = portrait(file, number);
        Mat smiling = portrait(file, SMILING);
        Mat shown = new Mat();
        VideoWriter writer = new VideoWriter(
                file.toString(),
                Videoio.CAP_OPENCV_MJPEG,
                VideoWriter.fourcc('M', 'J', 'P', 'G'),
                rate,
                new Size(SIDE, SIDE));
        Mat whole = new Mat(SIDE, SIDE, portrait.type());
        int room = SIDE - portrait.cols();
        for (int i = 0; i < frames; i++) {
            whole.setTo(new Scalar(90, 90, 90));
            int place = (int) Math.round(room / 2.0 * (1 + Math.sin(i / 20.0)));
            Mat there = whole.submat(new Rect(place, room / 2, portrait.cols(), portrait.rows()));
            double smile = smile(i % SMILE_EVERY);
            Core.addWeighted(portrait, 1 - smile, smiling, smile, 0, shown);
            Core.multiply(shown, new Scalar(0.9 + 0.1 * Math.cos(i / 7.0), 1, 1), there);
            there.release();
            writer.write(whole);
        }
        writer.release();
        whole.release();
        portrait.release();
        smiling.release();
        shown.release();
        return file;
    }

    private static Mat portrait(Path film, int number) throws IOException {
        Path still = picture(film.resolveSibling("." + film.getFileName() + ".jpg"), number);
        Mat portrait = Imgcodecs.imread(still.toString());
        Files.delete(still);
        Imgproc.resize(portrait, portrait, new Size(128, 128));
        return portrait;
    }

    /** From 0, not at all, to 1 and back: from the 30th picture on, for a second. */
    private static double smile(int picture) {
        return Math.max(0, Math.min(1, Math.min((picture - 30) / 5.0, (60 - picture) / 5.0)));
    }
}
