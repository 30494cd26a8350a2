package org.emotion4j.file.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryFlag;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PrivateFilesTest {
    @TempDir
    Path folder;

    @BeforeEach
    void posix() {
        assumeTrue(
                FileSystems.getDefault().supportedFileAttributeViews().contains("posix"),
                "modes are looked at where there are POSIX permissions");
    }

    @Test
    void aNewFileIsItsOwnersAlone() throws IOException {
        Path file = folder.resolve("file");
        PrivateFiles.create(file).close();
        assertThat(mode(file)).isEqualTo("rw-------");
    }

    @Test
    void allNewFoldersOfAPathAreTheirOwnersAlone() throws IOException {
        PrivateFiles.createFolders(folder.resolve("a/b"));
        assertThat(mode(folder.resolve("a"))).isEqualTo("rwx------");
        assertThat(mode(folder.resolve("a/b"))).isEqualTo("rwx------");
    }

    @Test
    void aFolderThatIsThereKeepsItsMode() throws IOException {
        Path there = Files.createDirectory(folder.resolve("there"));
        Files.setPosixFilePermissions(there, PosixFilePermissions.fromString("rwxr-x---"));
        PrivateFiles.createFolders(there);
        assertThat(mode(there)).isEqualTo("rwxr-x---");
    }

    @Test
    void aFileThatIsThereIsNotTouched() throws IOException {
        Path there = Files.writeString(folder.resolve("there"), "mine");
        assertThatThrownBy(() -> PrivateFiles.create(there)).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(there).hasContent("mine");
    }

    @Test
    void aLinkIsNotFollowed() throws IOException {
        Path target = folder.resolve("target");
        Path link = Files.createSymbolicLink(folder.resolve("link"), target);
        assertThatThrownBy(() -> PrivateFiles.create(link)).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(target).doesNotExist();
    }

    @Test
    void aFileReplacedInOneStepLeavesNothingBesideItAndIsItsOwnersAlone() throws IOException {
        Path there = Files.writeString(folder.resolve("there"), "longer than before");
        PrivateFiles.replaceAtomically(there, new byte[] {'n', 'e', 'w'});
        assertThat(there).hasContent("new");
        assertThat(mode(there)).isEqualTo("rw-------");
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void aReplacedFileKeepsItsMode() throws IOException {
        Path there = Files.writeString(folder.resolve("there"), "longer than before");
        Files.setPosixFilePermissions(there, PosixFilePermissions.fromString("rw-r-----"));
        PrivateFiles.replace(there, new byte[] {'n', 'e', 'w'});
        assertThat(there).hasContent("new");
        assertThat(mode(there)).isEqualTo("rw-r-----");
    }

    @Test
    void onWindowsTheOwnerMayDoEverythingAndAFolderHandsThatOn() throws IOException {
        AclEntry entry = PrivateFiles.everything(Files.getOwner(folder), true);
        assertThat(entry.permissions()).containsExactlyInAnyOrder(AclEntryPermission.values());
        assertThat(entry.flags()).contains(AclEntryFlag.FILE_INHERIT, AclEntryFlag.DIRECTORY_INHERIT);
        assertThat(PrivateFiles.everything(Files.getOwner(folder), false).flags())
                .isEmpty();
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    @Test
    void theStreamWritesIntoTheFile() throws IOException {
        Path file = folder.resolve("file");
        try (OutputStream target = PrivateFiles.create(file)) {
            target.write('x');
        }
        assertThat(file).hasContent("x");
    }
}
