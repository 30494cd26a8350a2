package org.emotion4j.file.internal;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryFlag;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * New files and folders that nobody but their owner can read, whatever the process's umask says: mode 0600 and 0700 where
 * there are POSIX permissions, an access control list with the owner alone on Windows. They are so from the moment they are
 * made, not made readable first and closed then. What is there already keeps the permissions that its owner gave it, and a
 * file system without permissions (FAT) has none to set. Everything that a session, a report or an export writes goes
 * through here. Stateless and thread-safe.
 */
public final class PrivateFiles {
    private static final Logger LOG = LoggerFactory.getLogger(PrivateFiles.class);

    private PrivateFiles() {}

    /**
     * Makes a folder and the folders above it where they are missing.
     *
     * @param folder the folder; one that exists is left as it is
     * @throws FileAlreadyExistsException if there is something of that name that is no folder
     * @throws IOException if it cannot be made
     */
    public static void createFolders(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder, ownerAlone(folder, true));
        }
    }

    /**
     * Makes a new, empty file and opens it for writing. Never follows a link and never touches a file that is there.
     *
     * @param file the file
     * @return a stream into it, not buffered; the caller closes it
     * @throws FileAlreadyExistsException if there is anything of that name
     * @throws IOException if it cannot be made
     */
    public static OutputStream create(Path file) throws IOException {
        return Channels.newOutputStream(open(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)));
    }

    /**
     * Opens a file; with {@code CREATE} or {@code CREATE_NEW} among the options a new one is its owner's alone.
     *
     * @param file the file
     * @param options how, as for {@link FileChannel#open(Path, Set, FileAttribute[])}
     * @return a channel; the caller closes it
     * @throws IOException if it cannot be opened
     */
    public static FileChannel open(Path file, Set<? extends OpenOption> options) throws IOException {
        return FileChannel.open(file, options, ownerAlone(file, false));
    }

    /**
     * Writes a file: a new one is its owner's alone, and of one that is there the content is replaced and the permissions
     * stay.
     *
     * @param file the file
     * @param content what it then holds
     * @throws IOException if it cannot be written
     */
    public static void replace(Path file, byte[] content) throws IOException {
        try (OutputStream target = Channels.newOutputStream(open(
                file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)))) {
            target.write(content);
        }
    }

    /**
     * Replaces a file in one step, by one beside it that is called {@code .part} until it is whole: there is either the old
     * one or the whole new one at any time. The new one is its owner's alone.
     *
     * @param file the file; it need not exist
     * @param content what it then holds
     * @throws IOException if it cannot be written
     */
    public static void replaceAtomically(Path file, byte[] content) throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".part");
        replace(next, content);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static FileAttribute<?>[] ownerAlone(Path place, boolean folder) {
        Set<String> views = place.getFileSystem().supportedFileAttributeViews();
        if (views.contains("posix")) {
            return new FileAttribute<?>[] {
                PosixFilePermissions.asFileAttribute(
                        PosixFilePermissions.fromString(folder ? "rwx------" : "rw-------"))
            };
        }
        if (views.contains("acl")) {
            try {
                UserPrincipal owner = place.getFileSystem()
                        .getUserPrincipalLookupService()
                        .lookupPrincipalByName(System.getProperty("user.name"));
                return new FileAttribute<?>[] {new OwnersAcl(List.of(everything(owner, folder)))};
            } catch (IOException | UnsupportedOperationException e) {
                LOG.warn("{}: its owner cannot be looked up, so it gets the permissions of its folder", place, e);
            }
        }
        return new FileAttribute<?>[0];
    }

    /** What a folder's owner may do holds for what is made in it later, too. */
    static AclEntry everything(UserPrincipal owner, boolean folder) {
        AclEntry.Builder entry = AclEntry.newBuilder()
                .setType(AclEntryType.ALLOW)
                .setPrincipal(owner)
                .setPermissions(EnumSet.allOf(AclEntryPermission.class));
        if (folder) {
            entry.setFlags(AclEntryFlag.FILE_INHERIT, AclEntryFlag.DIRECTORY_INHERIT);
        }
        return entry.build();
    }

    /** The attribute of {@link java.nio.file.attribute.AclFileAttributeView}. */
    private record OwnersAcl(List<AclEntry> value) implements FileAttribute<List<AclEntry>> {
        @Override
        public String name() {
            return "acl:acl";
        }
    }
}
