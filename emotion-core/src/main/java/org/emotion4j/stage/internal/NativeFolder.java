package org.emotion4j.stage.internal;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import org.emotion4j.stage.StageException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Folders that native code is unpacked into and loaded from. Whoever can write there decides what this process runs, so a
 * folder that is somebody else's, or that others can write, is not used. Libraries that find no home folder would go over to
 * one with a name known beforehand in the shared temporary folder, where anybody can put a library first; they get a fresh
 * one instead that nobody else can enter. Stateless and thread-safe.
 */
public final class NativeFolder {
    private static final Logger LOG = LoggerFactory.getLogger(NativeFolder.class);
    private static final int STICKY = 01000;

    private NativeFolder() {}

    /**
     * Chooses where a library unpacks its native code to.
     *
     * @param chosen the folder that the host has set; empty where it has not
     * @param usual where the library would unpack to otherwise, in the user's home
     * @param setting the name of the setting, for messages
     * @return the folder to set: {@code chosen}, or {@code usual} where nobody else can write it, or a fresh private one
     *     that goes when the process ends
     * @throws StageException if the host has set a folder that others can write, or none can be made
     */
    public static Path choose(Optional<Path> chosen, Path usual, String setting) {
        if (chosen.isPresent()) {
            Optional<String> why = whyNotOwn(chosen.get());
            if (why.isPresent()) {
                throw new StageException("native code is not unpacked to " + chosen.get()
                        + " and not loaded from there: " + why.get() + "; choose a folder of your own with " + setting);
            }
            return chosen.get();
        }
        Optional<String> why = whyNotUsable(usual);
        if (why.isEmpty()) {
            return usual;
        }
        Path fresh = fresh();
        LOG.info("{}: {}; native code is unpacked to {} for this run", usual, why.get(), fresh);
        return fresh;
    }

    /**
     * Makes a folder that nobody else can enter and that goes when the process ends.
     *
     * @return an empty folder below {@code java.io.tmpdir}
     * @throws StageException if it cannot be made
     */
    public static Path fresh() {
        try {
            Path folder = Files.createTempDirectory("emotion4j-native");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(folder), "emotion4j-native-folder"));
            return folder;
        } catch (IOException e) {
            throw new StageException(
                    "no folder for native code can be made below java.io.tmpdir = "
                            + System.getProperty("java.io.tmpdir") + ": " + e.getMessage(),
                    e);
        }
    }

    /**
     * Says why native code must not be loaded from a folder.
     *
     * @param folder the folder; may be missing
     * @return why, as a clause; empty if it and the folders above it are the user's own or root's, and nobody else can
     *     write them. Where there are no POSIX permissions nothing is found
     */
    public static Optional<String> whyNotOwn(Path folder) {
        try {
            Path place = folder.toAbsolutePath();
            if (!place.getFileSystem().supportedFileAttributeViews().contains("unix")) {
                return Optional.empty();
            }
            boolean itself = true;
            for (Path each = place; each != null; each = each.getParent()) {
                if (Files.exists(each, LinkOption.NOFOLLOW_LINKS)) {
                    Optional<String> why = whyNotOwn(each, itself);
                    if (why.isPresent()) {
                        return why;
                    }
                }
                itself = false;
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("cannot be looked at (" + e.getMessage() + ")");
        }
    }

    /** Above the folder a sticky one will do, as temporary folders are: nobody can rename there what is not his own. */
    private static Optional<String> whyNotOwn(Path place, boolean itself) throws IOException {
        PosixFileAttributes attributes = Files.readAttributes(place, PosixFileAttributes.class);
        int user = (int) Files.getAttribute(place, "unix:uid");
        if (user != 0 && user != Own.USER) {
            return Optional.of(place + " is " + attributes.owner().getName() + "'s");
        }
        boolean sticky = !itself && ((int) Files.getAttribute(place, "unix:mode") & STICKY) != 0;
        boolean group = attributes.permissions().contains(PosixFilePermission.GROUP_WRITE)
                && !attributes.group().getName().equals(attributes.owner().getName());
        if (!sticky && (group || attributes.permissions().contains(PosixFilePermission.OTHERS_WRITE))) {
            return Optional.of(place + " can be written by others");
        }
        return Optional.empty();
    }

    private static Optional<String> whyNotUsable(Path folder) {
        Optional<String> why = whyNotOwn(folder);
        if (why.isPresent()) {
            return why;
        }
        try {
            Files.createDirectories(folder);
            return Files.isWritable(folder) ? Optional.empty() : Optional.of("cannot be written");
        } catch (IOException e) {
            return Optional.of("cannot be made");
        }
    }

    /**
     * Removes a folder with what is in it, as far as the system lets it: Windows keeps libraries that are loaded.
     *
     * @param folder the folder
     */
    public static void remove(Path folder) {
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
                        throws IOException {
                    Files.delete(visited);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            LOG.debug("{} stays", folder, e);
        }
    }

    /** Whose process this is, told by a file that it has just made: Java has no other way on all systems. */
    private static final class Own {
        static final int USER = user();

        private Own() {}

        private static int user() {
            try {
                Path file = Files.createTempFile("emotion4j", ".own");
                try {
                    return (int) Files.getAttribute(file, "unix:uid");
                } finally {
                    Files.delete(file);
                }
            } catch (IOException e) {
                throw new StageException("java.io.tmpdir cannot be written: " + e.getMessage(), e);
            }
        }
    }
}
