package org.emotion4j.window;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.emotion4j.file.internal.PrivateFiles;

/** A small text file beside the sessions by which the window remembers something from one start to the next. Thread-safe. */
final class KeptLines {
    /** Of more than that nobody reads the rest: nothing that the window writes is as long. */
    private static final int MOST_BYTES = 1 << 17;

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final Path sessions;
    private final Path file;

    /**
     * Names it.
     *
     * @param sessions the folder for the folders of recorded sessions
     * @param name of the file in it
     */
    KeptLines(Path sessions, String name) {
        this.sessions = sessions;
        this.file = sessions.resolve(name);
    }

    /**
     * Reads the lines, without blanks around them; none where nobody has kept any. Whoever edits the file may leave it in UTF-8 or, as
     * older editors do, in ISO 8859-1.
     */
    List<String> read() throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return decoded(in.readNBytes(MOST_BYTES))
                    .replace(BYTE_ORDER_MARK, "")
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    private static String decoded(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
    }

    /** Keeps these lines in place of what was kept; the file goes where there are none. */
    void keep(List<String> lines) throws IOException {
        if (lines.isEmpty()) {
            Files.deleteIfExists(file);
            return;
        }
        PrivateFiles.createFolders(sessions);
        PrivateFiles.replaceAtomically(file, (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
