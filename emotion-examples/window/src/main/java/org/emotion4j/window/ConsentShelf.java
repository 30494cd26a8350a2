package org.emotion4j.window;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.emotion4j.file.internal.PrivateFiles;
import org.emotion4j.recording.ConsentText;

/**
 * The texts that people agree to: the clinic's own beside the sessions, {@code consent_es.txt} for one language or {@code consent.txt}
 * for all, and where there is none the one that comes along. What was agreed to is kept once in {@code consent-texts}, so that a hash
 * in a record leads to words after the clinic has changed its text. All of it takes its time.
 */
final class ConsentShelf {
    /** The folder of the texts that were agreed to. */
    static final String KEPT = "consent-texts";

    private static final int HASH_LENGTH = 16;

    private ConsentShelf() {}

    /**
     * A text to be shown.
     *
     * @param words the text
     * @param file the clinic's; empty of the one that comes along
     */
    record Shown(String words, Optional<Path> file) {
        ConsentText as(ConsentText.Signed how) {
            return ConsentText.of(words, how);
        }
    }

    /**
     * Finds the text of a language.
     *
     * @throws IOException if the clinic's own cannot be read: another one is not shown in its place
     */
    static Shown text(Path sessions, Locale language) throws IOException {
        for (Path own : new Path[] {own(sessions, language), sessions.resolve("consent.txt")}) {
            if (Files.exists(own)) {
                return new Shown(ConsentText.read(own), Optional.of(own));
            }
        }
        return new Shown(bundled(language), Optional.empty());
    }

    private static Path own(Path sessions, Locale language) {
        return sessions.resolve("consent_" + Texts.of(language).locale().getLanguage() + ".txt");
    }

    private static String bundled(Locale language) throws IOException {
        String name = "consent_" + Texts.of(language).locale().getLanguage() + ".txt";
        try (InputStream input = ConsentShelf.class.getResourceAsStream(name)) {
            if (input == null) {
                throw new IOException(name + " is missing in this program");
            }
            return new String(input.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Makes a file of the clinic's own, beginning with the text that is shown; one that is there stays. */
    static Path edit(Path sessions, Locale language) throws IOException {
        Shown now = text(sessions, language);
        if (now.file().isPresent()) {
            return now.file().get();
        }
        PrivateFiles.createFolders(sessions);
        Path own = own(sessions, language);
        PrivateFiles.replaceAtomically(own, now.words().getBytes(StandardCharsets.UTF_8));
        return own;
    }

    /** Keeps a text that is agreed to; one that is there already stays. */
    static Path keep(Path sessions, Shown text) throws IOException {
        Path folder = sessions.resolve(KEPT);
        Path kept = folder.resolve(text.as(ConsentText.Signed.NO).sha256().substring(0, HASH_LENGTH) + ".txt");
        if (Files.exists(kept)) {
            if (!text.as(ConsentText.Signed.NO).isOf(ConsentText.read(kept))) {
                throw new FileAlreadyExistsException(kept.toString(), null, "holds another text than was agreed to");
            }
            return kept;
        }
        PrivateFiles.createFolders(folder);
        PrivateFiles.replaceAtomically(kept, text.words().getBytes(StandardCharsets.UTF_8));
        return kept;
    }
}
