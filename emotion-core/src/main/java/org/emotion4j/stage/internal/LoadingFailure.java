package org.emotion4j.stage.internal;

import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;
import java.util.Optional;

/**
 * What a failure to load native code means, where the loader's words tell it, whoever loads: each reason has its own sentence
 * with what to do. Stateless and thread-safe.
 */
public final class LoadingFailure {
    private LoadingFailure() {}

    /**
     * Says what to do about a failure that has nothing to do with what is on the class path.
     *
     * @param failure what the loader threw; its causes are looked at, too
     * @param setting the system property that chooses the folder into which the native code is unpacked
     * @return another class loader of this process has it, its folder forbids running code, or it cannot be written; empty
     *     where the words tell none of these
     */
    public static Optional<String> advice(Throwable failure, String setting) {
        String words = allWords(failure);
        if (words.contains("already loaded in another classloader")) {
            return Optional.of(
                    "another class loader of this process has loaded its native code, and a process can load it"
                            + " once: put its jars where one loader serves all, on a server into the server's own lib folder");
        }
        if (words.contains("failed to map segment") || words.contains("operation not permitted")) {
            return Optional.of("the folder that its native code is unpacked to forbids running code (mounted noexec):"
                    + " choose another one with -D" + setting + "=DIR");
        }
        if (words.contains("no space left") || isOfAFolder(failure)) {
            return Optional.of("its native code cannot be unpacked: choose another folder with -D" + setting + "=DIR");
        }
        return Optional.empty();
    }

    /** What is not there at all is missing from the class path. */
    private static boolean isOfAFolder(Throwable failure) {
        Throwable cause = innermost(failure);
        return cause instanceof FileSystemException && !(cause instanceof NoSuchFileException);
    }

    /**
     * Returns the innermost cause: what an initializer of a class threw is wrapped into errors without a message.
     *
     * @param failure what the loader threw
     * @return its last cause, or itself
     */
    public static Throwable innermost(Throwable failure) {
        Throwable deepest = failure;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        return deepest;
    }

    private static String allWords(Throwable failure) {
        StringBuilder words = new StringBuilder();
        for (Throwable each = failure; each != null; each = each.getCause()) {
            words.append(each.getMessage()).append('\n');
        }
        return words.toString().toLowerCase(Locale.ROOT);
    }
}
