package org.emotion4j.stage.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.emotion4j.stage.StageException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NativeFolderTest {
    @TempDir
    Path folder;

    @BeforeEach
    void posix() {
        assumeTrue(
                FileSystems.getDefault().supportedFileAttributeViews().contains("unix"),
                "owners and modes are looked at where there are POSIX permissions");
    }

    @Test
    void aFolderOfOnesOwnIsUsed() {
        Path usual = folder.resolve("home/.cache");
        assertThat(NativeFolder.choose(Optional.empty(), usual, "setting")).isEqualTo(usual);
        assertThat(usual).isDirectory();
    }

    @Test
    void whereOthersCanWriteAFreshFolderTakesItsPlace() throws IOException {
        Path usual = folder("cache", "rwxrwxrwx");
        Path chosen = NativeFolder.choose(Optional.empty(), usual, "setting");
        assertThat(chosen).isNotEqualTo(usual).isEmptyDirectory();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(chosen)))
                .isEqualTo("rwx------");
    }

    @Test
    void whereTheHomeFolderCannotBeWrittenAFreshFolderTakesItsPlace() throws IOException {
        Path home = Files.writeString(folder.resolve("home"), "no folder");
        assertThat(NativeFolder.choose(Optional.empty(), home.resolve(".cache"), "setting"))
                .isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rwxrwxrwx", "rwxr-xrwx"})
    void aChosenFolderThatOthersCanWriteIsRefused(String mode) throws IOException {
        Path chosen = folder("chosen", mode);
        assertThatThrownBy(() -> NativeFolder.choose(Optional.of(chosen), folder, "-Dthe.setting"))
                .isInstanceOf(StageException.class)
                .hasMessageContaining(chosen + " can be written by others")
                .hasMessageContaining("-Dthe.setting");
    }

    @Test
    void whatLiesInAFolderThatOthersCanWriteIsRefusedToo() throws IOException {
        Path shared = folder("shared", "rwxrwxrwx");
        Path within = Files.createDirectory(shared.resolve("cache"));
        assertThat(NativeFolder.whyNotOwn(within))
                .hasValueSatisfying(why -> assertThat(why).contains(shared.toString()));
    }

    /** As temporary folders are: what is one's own cannot be renamed by others there. */
    @Test
    void aStickyFolderAboveIsFine() throws IOException {
        Path shared = folder("shared", "rwxrwxrwx");
        Files.setAttribute(shared, "unix:mode", 01777);
        assertThat(NativeFolder.whyNotOwn(Files.createDirectory(shared.resolve("cache"))))
                .isEmpty();
        assertThat(NativeFolder.whyNotOwn(shared)).isPresent();
    }

    private Path folder(String name, String mode) throws IOException {
        Path made = Files.createDirectory(folder.resolve(name));
        return Files.setPosixFilePermissions(made, PosixFilePermissions.fromString(mode));
    }
}
