package org.emotion4j.recording;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.emotion4j.stage.Experimental;

/**
 * What was signed on the screen when somebody agreed: strokes, in a file of its own beside the record, {@code signature.svg}, or
 * {@code signature.svg.sealed} of an encrypted session. It is erased with the session and is in no export. Immutable.
 *
 * @param width of what was signed on, above 0
 * @param height of what was signed on, above 0
 * @param strokes one from each touching down to the lifting, 1 to {@value #MAX_STROKES}
 */
@Experimental
public record SessionSignature(int width, int height, List<Stroke> strokes) {
    /** The most strokes. */
    public static final int MAX_STROKES = 1_000;

    /** How the file begins, by which it is known. */
    static final String BEGINNING = "<svg xmlns=\"http://www.w3.org/2000/svg\" id=\"emotion4j-signature\" ";

    private static final int MAX_POINTS = 10_000;
    private static final int MAX_SIDE = 10_000;
    private static final Pattern SIZE = Pattern.compile("viewBox=\"0 0 (\\d{1,5}) (\\d{1,5})\"");
    private static final Pattern PATH = Pattern.compile("<path d=\"M([0-9 L]+)\"/>");

    /**
     * A point.
     *
     * @param x from the left, 0 to the width
     * @param y from the top, 0 to the height
     */
    public record Point(int x, int y) {}

    /**
     * A line that was drawn without lifting.
     *
     * @param points at least one, in the order in which they were drawn
     */
    public record Stroke(List<Point> points) {
        /**
         * Copies the list.
         *
         * @param points as {@link #points()}
         * @throws IllegalArgumentException if there is none, or there are more than ten thousand
         */
        public Stroke {
            points = List.copyOf(points);
            if (points.isEmpty() || points.size() > MAX_POINTS) {
                throw new IllegalArgumentException(
                        "a stroke has " + points.size() + " points, expected 1 to " + MAX_POINTS);
            }
        }
    }

    /**
     * Checks the strokes and copies them.
     *
     * @param width as {@link #width()}
     * @param height as {@link #height()}
     * @param strokes as {@link #strokes()}
     * @throws IllegalArgumentException if nothing was drawn, or a point lies outside
     */
    public SessionSignature {
        strokes = List.copyOf(strokes);
        if (width < 1 || height < 1 || width > MAX_SIDE || height > MAX_SIDE) {
            throw new IllegalArgumentException(
                    "a signature is " + width + " by " + height + ", expected 1 to " + MAX_SIDE);
        }
        if (strokes.isEmpty() || strokes.size() > MAX_STROKES) {
            throw new IllegalArgumentException(
                    "a signature has " + strokes.size() + " strokes, expected 1 to " + MAX_STROKES);
        }
        for (Stroke stroke : strokes) {
            for (Point point : stroke.points()) {
                if (point.x() < 0 || point.y() < 0 || point.x() > width || point.y() > height) {
                    throw new IllegalArgumentException(
                            "a point of the signature lies at " + point.x() + "," + point.y() + ", outside");
                }
            }
        }
    }

    /**
     * Draws it.
     *
     * @return a picture that browsers show
     */
    public String toSvg() {
        StringBuilder svg = new StringBuilder(BEGINNING);
        svg.append("viewBox=\"0 0 ").append(width).append(' ').append(height).append('"');
        svg.append(
                " fill=\"none\" stroke=\"black\" stroke-width=\"2\" stroke-linecap=\"round\" stroke-linejoin=\"round\">\n");
        for (Stroke stroke : strokes) {
            svg.append("<path d=\"M");
            for (int i = 0; i < stroke.points().size(); i++) {
                Point point = stroke.points().get(i);
                svg.append(i == 0 ? "" : "L").append(point.x()).append(' ').append(point.y());
            }
            // A dot is a line to where it is.
            Point first = stroke.points().get(0);
            svg.append(stroke.points().size() == 1 ? "L" + first.x() + " " + first.y() : "");
            svg.append("\"/>\n");
        }
        return svg.append("</svg>\n").toString();
    }

    /**
     * Puts it beside a record, where it is on the disk when the call returns. May be done while the record is being written.
     *
     * @param session the session's folder
     * @throws FileAlreadyExistsException if the session has one already
     * @throws SessionFormatException if there is no session
     * @throws IOException if it cannot be written; nothing is left of it then
     */
    public void write(Path session) throws IOException {
        write(session, Optional.empty(), DiskStorage.INSTANCE);
    }

    /**
     * Like {@link #write(Path)}, for an encrypted session: it is encrypted, too.
     *
     * @param session the session's folder
     * @param cipher with the key that it is recorded with
     * @throws IOException as {@link #write(Path)}
     */
    public void write(Path session, SessionCipher cipher) throws IOException {
        write(session, Optional.of(cipher), DiskStorage.INSTANCE);
    }

    void write(Path session, Optional<SessionCipher> cipher, SessionStorage storage) throws IOException {
        SessionInfo info = info(session, cipher);
        byte[] svg = toSvg().getBytes(StandardCharsets.UTF_8);
        Path file = session.resolve(SessionFolder.signature(info.encrypted()));
        if (Files.exists(file)) {
            throw new FileAlreadyExistsException(
                    file.toString(), null, "is there already; a session has one signature");
        }
        try {
            SessionFolder.replace(
                    storage,
                    file,
                    info.encrypted()
                            ? RecordEncryption.ofSignature(cipher.orElseThrow(), info.sessionId())
                                    .sealRows(svg, 0)
                            : svg);
        } catch (GeneralSecurityException e) {
            throw new IOException("the signature could not be encrypted: " + e.getMessage(), e);
        }
    }

    /**
     * Reads the signature of a session.
     *
     * @param session the session's folder
     * @return the signature; empty where nobody signed on the screen
     * @throws IOException if it cannot be read, or is none of Emotion4J's
     */
    public static Optional<SessionSignature> read(Path session) throws IOException {
        return read(session, Optional.empty());
    }

    /**
     * Like {@link #read(Path)}, for an encrypted session.
     *
     * @param session the session's folder
     * @param cipher with the key that it was recorded with
     * @return the signature; empty where nobody signed on the screen
     * @throws SessionDecryptionException if the key is another one, or the file was altered
     * @throws IOException as {@link #read(Path)}
     */
    public static Optional<SessionSignature> read(Path session, SessionCipher cipher) throws IOException {
        return read(session, Optional.of(cipher));
    }

    private static Optional<SessionSignature> read(Path session, Optional<SessionCipher> cipher) throws IOException {
        SessionInfo info = info(session, cipher);
        Path file = session.resolve(SessionFolder.signature(info.encrypted()));
        try {
            byte[] content = Files.readAllBytes(file);
            if (info.encrypted()) {
                try (EncryptedRowsInput sealed = new EncryptedRowsInput(
                        file, content, RecordEncryption.ofSignature(cipher.orElseThrow(), info.sessionId()), false)) {
                    content = sealed.readAllBytes();
                }
            }
            return Optional.of(parse(file, new String(content, StandardCharsets.UTF_8)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static SessionInfo info(Path session, Optional<SessionCipher> cipher) throws IOException {
        if (!Files.exists(session.resolve(SessionFolder.JSON))) {
            throw SessionReader.noSession(session);
        }
        return SessionReader.readInfo(session, cipher);
    }

    private static SessionSignature parse(Path file, String svg) throws SessionFormatException {
        Matcher size = SIZE.matcher(svg);
        if (!svg.startsWith(BEGINNING) || !size.find()) {
            throw new SessionFormatException(file + " is no signature of Emotion4J");
        }
        try {
            List<Stroke> strokes = new ArrayList<>();
            Matcher path = PATH.matcher(svg);
            while (path.find()) {
                strokes.add(new Stroke(points(path.group(1))));
            }
            return new SessionSignature(Integer.parseInt(size.group(1)), Integer.parseInt(size.group(2)), strokes);
        } catch (IllegalArgumentException e) {
            throw new SessionFormatException(file + " is damaged: " + e.getMessage(), e);
        }
    }

    private static List<Point> points(String text) {
        List<Point> points = new ArrayList<>();
        for (String each : text.split("L", -1)) {
            String[] pair = each.strip().split(" ", -1);
            if (pair.length != 2) {
                throw new IllegalArgumentException(
                        String.format(Locale.ROOT, "\"%s\" is no point of a signature", each));
            }
            points.add(new Point(Integer.parseInt(pair[0]), Integer.parseInt(pair[1])));
        }
        if (points.size() == 2 && points.get(0).equals(points.get(1))) {
            points.remove(1);
        }
        return points;
    }
}
