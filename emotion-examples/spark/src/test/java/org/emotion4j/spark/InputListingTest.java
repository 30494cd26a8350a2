package org.emotion4j.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an archive has that nobody put there for this job. */
class InputListingTest {
    @TempDir
    private Path folder;

    private final Configuration hadoop = new Configuration();

    private InputListing list(String... globs) throws IOException {
        return InputListing.of(
                java.util.Arrays.stream(globs).map(glob -> folder + "/" + glob).toList(),
                new org.apache.hadoop.fs.Path(folder.resolve("tables").toUri()),
                hadoop);
    }

    private Path file(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, name);
    }

    private List<String> names(InputListing listing) {
        return listing.items().stream()
                .map(item -> folder.relativize(Path.of(item.path())).toString())
                .toList();
    }

    private Map<String, String> problems(InputListing listing) {
        return listing.items().stream()
                .filter(item -> item.problem() != null)
                .collect(Collectors.toMap(
                        item -> folder.relativize(Path.of(item.path())).toString(), WorkItem::problem));
    }

    /** A file system with a folder that may not be looked into, also by root. */
    public static final class WithLockedFolders extends org.apache.hadoop.fs.LocalFileSystem {
        @Override
        public org.apache.hadoop.fs.FileStatus[] listStatus(org.apache.hadoop.fs.Path path) throws IOException {
            if (path.getName().equals("locked")) {
                throw new org.apache.hadoop.security.AccessControlException("Permission denied");
            }
            return super.listStatus(path);
        }
    }

    private void lock() {
        hadoop.set("fs.file.impl", WithLockedFolders.class.getName());
        hadoop.setBoolean("fs.file.impl.disable.cache", true);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*                    | day 1/12:30:05 Übung.avi, day 1/film[1].avi, night/13:00.avi",
                "day 1                | day 1/12:30:05 Übung.avi, day 1/film[1].avi",
                "day 1/12:30:05*      | day 1/12:30:05 Übung.avi",
                "*/1?:*.avi           | day 1/12:30:05 Übung.avi, night/13:00.avi",
                "{day 1,night}/13*    | night/13:00.avi",
                "day 1/film[1].avi    | day 1/film[1].avi",
                "day*/film\\[1\\].avi | day 1/film[1].avi",
                "[d-n]*/13:00.avi     | night/13:00.avi",
            })
    void globsFindNamesOfAllKinds(String glob, String found) throws IOException {
        file("day 1/12:30:05 Übung.avi");
        file("day 1/film[1].avi");
        file("night/13:00.avi");
        assertThat(String.join(", ", names(list(glob)))).isEqualTo(found);
    }

    @ParameterizedTest
    @CsvSource({"nothing", "*.mp4", "film.avi/*", "nowhere/*", "*/*/*.avi"})
    void globsOfNothingAreTold(String glob) throws IOException {
        file("film.avi");
        assertThatThrownBy(() -> list(glob))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining(glob)
                .hasMessageContaining("matches nothing");
    }

    @Test
    void whatHasNoEndIsNotOpened() throws IOException {
        try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            socket.bind(UnixDomainSocketAddress.of(folder.resolve("socket.mp4")));
            assertThat(problems(list("*")))
                    .containsExactly(Map.entry("socket.mp4", "is no file but a pipe, a socket or a device"));
        }
    }

    @Test
    void aFilmGoesByItsOwnNameAndNotByThatOfALink() throws IOException {
        Path film = file("z/film.avi");
        Files.createSymbolicLink(folder.resolve("a-link.avi"), film);
        Files.createSymbolicLink(folder.resolve("b"), folder.resolve("z"));
        Files.createSymbolicLink(folder.resolve("z/up"), folder);
        for (String glob : List.of("", "*")) {
            InputListing listing = list(glob);
            assertThat(problems(listing).get("a-link.avi")).startsWith("is another name of " + film);
            assertThat(problems(listing)).doesNotContainKey("z/film.avi");
            assertThat(listing.remarks())
                    .anyMatch(remark -> remark.startsWith(
                            folder.resolve("b") + ": is another name of " + folder.resolve("z") + ": the folder"));
        }
    }

    @Test
    void aGlobTellsOfALinkToNothingAndCountsWhatIsHidden() throws IOException {
        file("in/film.avi");
        file("in/.DS_Store");
        Files.createSymbolicLink(folder.resolve("in/gone.avi"), folder.resolve("nothing"));
        Files.createSymbolicLink(folder.resolve("in/gone.txt"), folder.resolve("nothing"));
        InputListing listing = list("in/*.avi");
        assertThat(names(listing)).containsExactly("in/film.avi", "in/gone.avi");
        assertThat(problems(listing)).containsOnlyKeys("in/gone.avi");
        assertThat(listing.hidden()).isZero();
        assertThat(list("in/*").hidden()).isEqualTo(1);
    }

    @Test
    void aFolderThatCannotBeListedIsAFailureAndNobodyIsForgotten() throws IOException {
        file("open/film.avi");
        file("locked/film.avi");
        lock();
        for (String glob : List.of("", "*", "*/*", "*/film.avi")) {
            InputListing listing = list(glob);
            assertThat(names(listing)).containsExactly("locked", "open/film.avi");
            assertThat(problems(listing).get("locked")).isEqualTo("the folder cannot be listed: Permission denied");
            assertThat(listing.mayBeThere(folder.resolve("locked/film.avi").toString()))
                    .isTrue();
            assertThat(listing.mayBeThere(folder.resolve("open/gone.avi").toString()))
                    .isFalse();
        }
    }

    @Test
    void theFolderOfTheTablesIsNoInputUnderAnyName() throws IOException {
        file("in/film.avi");
        file("tables/readings/part.csv");
        Files.createSymbolicLink(folder.resolve("in/results"), folder.resolve("tables"));
        InputListing listing = list("in", "*");
        assertThat(names(listing)).containsExactly("in/film.avi");
        assertThat(listing.remarks())
                .contains(folder.resolve("tables") + ": is the folder of the tables, and was passed over");
        assertThatThrownBy(() -> list("tables"))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("is the folder of the tables itself");
    }
}
