package org.emotion4j.recording;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.emotion4j.file.internal.ProductMark;
import org.emotion4j.session.SessionRecorder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The names in a session's folder, and how its {@code session.json} is replaced. What the command line makes there is named
 * here too, because it holds the same readings: whoever adds a file of that kind adds its name, or it outlives an erasure.
 */
final class SessionFolder {
    static final String ROWS = CsvSessionRecorder.FILE_NAME;
    static final String SEALED_ROWS = "session.csv.sealed";
    static final String EVENTS = "events.csv";
    static final String SEALED_EVENTS = "events.csv.sealed";
    static final String NOTES = "notes.csv";
    static final String SEALED_NOTES = "notes.csv.sealed";
    static final String SIGNATURE = "signature.svg";
    static final String SEALED_SIGNATURE = "signature.svg.sealed";
    static final String JSON = CsvSessionRecorder.INFO_FILE_NAME;
    static final String LOCK = "session.lock";
    private static final String TEMPORARY = ".new";

    /** By so much a description may grow: a reason, counters, when it ended. */
    private static final int ROOM = 4096;

    private static final Logger LOG = LoggerFactory.getLogger(SessionRecorder.class);

    /** A session, or one that a former version set aside as {@code session-1.csv}, {@code session-1.json} …. */
    private static final Pattern RECORD = Pattern.compile("session(-\\d+)?\\.(csv|csv\\.sealed|json)(\\.new)?");

    /** What is made from a session, likewise set aside or not, and what was added to it. */
    private static final Pattern PRODUCT =
            Pattern.compile("(?:timeline(-\\d+)?\\.(?:csv|png)|report(-\\d+)?\\.html|clusters(-\\d+)?\\.png"
                    + "|events(-\\d+)?\\.csv(?:\\.sealed)?(?:\\.new)?"
                    + "|notes\\.csv(?:\\.sealed)?|signature\\.svg(?:\\.sealed)?(?:\\.new)?)");

    /** A later session in the folder of one. */
    private static final Pattern LATER = Pattern.compile("session-\\d{1,9}");

    /** What a session, and what was made from it, is called. */
    private static final List<String> OF_A_SESSION = List.of(
            "timeline.csv",
            "timeline.png",
            "report.html",
            "clusters.png",
            EVENTS,
            SEALED_EVENTS,
            NOTES,
            SEALED_NOTES,
            SIGNATURE,
            SEALED_SIGNATURE,
            ROWS,
            SEALED_ROWS,
            JSON);

    /** How {@code timeline.csv} begins, and how it began until 2026-11-28. */
    private static final List<String> TIMELINE_HEADERS =
            List.of("session,face,start,end,readings,", "face,start,end,readings,");

    /** How {@code session.csv} begins. */
    private static final String FIRST_COLUMN = CsvRows.columns().get(0) + ",";

    /** Bytes that tell what a file is. */
    private static final int HEAD = 512;

    private SessionFolder() {}

    /** Tells a record by its name: rows or a description, of this session or of one that was set aside. */
    static boolean isRecord(Path file) {
        return RECORD.matcher(name(file)).matches();
    }

    /** Tells by its name what Emotion4J makes from a record. */
    static boolean isProduct(Path file) {
        return PRODUCT.matcher(name(file)).matches();
    }

    /** Returns what a record or product was set aside as, for example {@code "-1"}; empty for the folder's own. */
    static String suffix(Path file) {
        for (Pattern pattern : List.of(RECORD, PRODUCT)) {
            Matcher matcher = pattern.matcher(name(file));
            if (matcher.matches()) {
                for (int group = 1; group <= matcher.groupCount(); group++) {
                    String found = matcher.group(group);
                    if (found != null && found.startsWith("-")) {
                        return found;
                    }
                }
            }
        }
        return "";
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    static String rows(boolean encrypted) {
        return encrypted ? SEALED_ROWS : ROWS;
    }

    /** The names of which none may be there where a session is begun. */
    static List<String> ofARecord() {
        return List.of(
                ROWS, SEALED_ROWS, EVENTS, SEALED_EVENTS, NOTES, SEALED_NOTES, SIGNATURE, SEALED_SIGNATURE, JSON);
    }

    /** Whether a name that a session needs is taken; events of somebody else's only cost the session its own. */
    static boolean isTaken(Path file) throws IOException {
        return Files.exists(file) && (isRecord(file) || isOwn(file));
    }

    static String events(boolean encrypted) {
        return encrypted ? SEALED_EVENTS : EVENTS;
    }

    static String notes(boolean encrypted) {
        return encrypted ? SEALED_NOTES : NOTES;
    }

    static String signature(boolean encrypted) {
        return encrypted ? SEALED_SIGNATURE : SIGNATURE;
    }

    static boolean isNotes(Path file) {
        return name(file).equals(NOTES) || name(file).equals(SEALED_NOTES);
    }

    /**
     * Finds where a new session can be recorded without touching what is there: the folder itself, or a folder in it.
     *
     * @throws FileAlreadyExistsException if a name that a session needs is taken by something that is not Emotion4J's
     */
    static Path free(Path folder) throws IOException {
        boolean taken = false;
        for (String name : OF_A_SESSION) {
            Path file = folder.resolve(name);
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                if (isOwn(file)) {
                    taken = true;
                } else if (isRecord(file)) {
                    throw new FileAlreadyExistsException(
                            file.toString(),
                            null,
                            "is there already and not recognized as a session's of Emotion4J; choose another folder");
                }
            }
        }
        if (!taken) {
            return folder;
        }
        int number = 2;
        while (isTaken(folder, number)) {
            number++;
        }
        return later(folder, number);
    }

    /** Former versions kept an earlier session as session-2.csv …: its number is taken, too. */
    private static boolean isTaken(Path folder, int number) {
        return Files.exists(later(folder, number), LinkOption.NOFOLLOW_LINKS)
                || OF_A_SESSION.stream()
                        .anyMatch(name ->
                                Files.exists(numbered(folder.resolve(name), number), LinkOption.NOFOLLOW_LINKS));
    }

    private static Path later(Path folder, int number) {
        return folder.resolve("session-" + number);
    }

    /** Returns the folders of later sessions in a session's folder, by their number; those of other content included. */
    static List<Path> later(Path folder) throws IOException {
        List<Path> later = new ArrayList<>();
        try (DirectoryStream<Path> children = Files.newDirectoryStream(folder, SessionFolder::isLater)) {
            children.forEach(later::add);
        }
        later.sort(Comparator.comparingInt(path -> Integer.parseInt(name(path).substring("session-".length()))));
        return later;
    }

    private static boolean isLater(Path child) {
        return LATER.matcher(name(child)).matches() && Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS);
    }

    private static Path numbered(Path file, int number) {
        String name = name(file);
        int dot = name.indexOf('.');
        return file.resolveSibling(name.substring(0, dot) + "-" + number + name.substring(dot));
    }

    /** Tells by its content whether a file is what its name says, and Emotion4J's. */
    static boolean isOwn(Path file) throws IOException {
        return OF_A_SESSION.contains(name(file)) && holds(file, name(file));
    }

    /**
     * Tells by its content whether an erasure may take a file: what {@link #isOwn} knows, under any number, as spreadsheets
     * save it, too; and what holds nothing but zeros, as an erasure leaves it that was cut off.
     */
    static boolean isErasable(Path file) throws IOException {
        String name = name(file);
        String plain = name.endsWith(TEMPORARY) ? name.substring(0, name.length() - TEMPORARY.length()) : name;
        String suffix = suffix(file);
        if (!suffix.isEmpty()) {
            plain = plain.replaceFirst(suffix, "");
        }
        return holds(file, plain) || (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && isZeros(head(file)));
    }

    private static boolean isZeros(byte[] head) {
        for (byte each : head) {
            if (each != 0) {
                return false;
            }
        }
        return true;
    }

    private static byte[] head(Path file) throws IOException {
        if (isNotes(file)) {
            return DiskStorage.readShared(file, HEAD);
        }
        try (InputStream input = Files.newInputStream(file)) {
            return input.readNBytes(HEAD);
        }
    }

    /** Tells whether a file holds what a file of that name does. */
    private static boolean holds(Path file, String name) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        if (name.endsWith(".png")) {
            return ProductMark.isOnPicture(file);
        }
        if (name.endsWith(".html")) {
            return ProductMark.isOnPage(file);
        }
        byte[] head = head(file);
        if (List.of(SEALED_ROWS, SEALED_EVENTS, SEALED_NOTES, SEALED_SIGNATURE).contains(name)) {
            return head.length < RecordEncryption.HEADER
                    || ByteBuffer.wrap(head).getInt(0) == ~ByteBuffer.wrap(head).getInt(Integer.BYTES);
        }
        if (name.equals(SIGNATURE)) {
            String begins = new String(head, StandardCharsets.UTF_8);
            return begins.startsWith(SessionSignature.BEGINNING) || SessionSignature.BEGINNING.startsWith(begins);
        }
        String text = asRecorded(head);
        return switch (name) {
            case ROWS -> text.startsWith(FIRST_COLUMN);
            // A power cut may leave a part of the header.
            case NOTES ->
                text.startsWith(NoteCsv.header().strip()) || NoteCsv.header().startsWith(text);
            case EVENTS -> text.startsWith(EventCsv.header().strip());
            case JSON -> text.contains(SessionJson.FORMAT);
            default -> TIMELINE_HEADERS.stream().anyMatch(text::startsWith);
        };
    }

    /** Text without what spreadsheets make of a header when they save a file again. */
    private static String asRecorded(byte[] head) {
        boolean wide = SpreadsheetHabits.isUtf16(head);
        boolean littleEndian = wide && (head[0] == (byte) 0xFF || head[1] == 0);
        String text = new String(
                head,
                !wide ? StandardCharsets.UTF_8 : littleEndian ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE);
        return text.replace("\uFEFF", "").replace("\"", "").replaceAll("[;\t]", ",");
    }

    /** Where the next content of a file is put together. */
    static Path temporary(Path file) {
        return file.resolveSibling(file.getFileName() + TEMPORARY);
    }

    /**
     * Replaces a file's content so that after a crash there is either the old content or the new one: a second file is
     * written and forced, renamed over the first, and the folder forced.
     */
    static void replace(SessionStorage storage, Path file, byte[] content) throws IOException {
        Path next = temporary(file);
        storage.delete(next);
        try {
            try (SessionStorage.AppendFile target = storage.createNew(next)) {
                target.append(content);
                target.force();
            }
            storage.rename(next, file);
        } catch (IOException e) {
            deleteAfter(e, storage, next);
            throw e;
        }
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            storage.forceFolder(folder);
        }
    }

    /**
     * The same for content that is to be replaced once more: keeps room for that, under the second file's name, so that a record
     * that has filled its disk can still say why it ended.
     */
    static void replaceForNow(SessionStorage storage, Path file, byte[] content) throws IOException {
        replace(storage, file, content);
        Path next = temporary(file);
        try (SessionStorage.AppendFile room = storage.createNew(next)) {
            room.append(new byte[content.length + ROOM]);
        } catch (IOException e) {
            LOG.debug("{} has no room to be written once more", file, e);
            deleteAfter(e, storage, next);
        }
    }

    private static void deleteAfter(IOException failure, SessionStorage storage, Path file) {
        try {
            storage.delete(file);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }
}
