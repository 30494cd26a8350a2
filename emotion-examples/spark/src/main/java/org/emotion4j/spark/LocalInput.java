package org.emotion4j.spark;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.emotion4j.recording.CsvSessionRecorder;

/**
 * An input where native code can open it: a local file where it lies, any other as a copy that goes when this is closed. On the way its
 * content is hashed, and never held in memory.
 */
final class LocalInput implements AutoCloseable {
    private static final List<String> SESSION_FILES = List.of(
            CsvSessionRecorder.INFO_FILE_NAME,
            CsvSessionRecorder.FILE_NAME,
            CsvSessionRecorder.FILE_NAME + ".sealed",
            "events.csv");

    private final Path path;
    private final String sha256;
    private final boolean copied;

    private final String version;

    private LocalInput(Path path, String sha256, boolean copied, String version) {
        this.path = path;
        this.sha256 = sha256;
        this.copied = copied;
        this.version = version;
    }

    /**
     * Makes an input readable on this machine.
     *
     * @throws InputException if that fails
     */
    static LocalInput fetch(WorkItem item, TaskPlace place) throws InputException {
        try {
            return of(item, place.scratch(), place.hadoop());
        } catch (IOException | RuntimeException e) {
            throw new InputException(Status.FAILED, "cannot be read: " + Reasons.of(e), "", e);
        }
    }

    private static LocalInput of(WorkItem item, Path scratch, Configuration hadoop) throws IOException {
        org.apache.hadoop.fs.Path source = new org.apache.hadoop.fs.Path(java.net.URI.create(item.uri()));
        boolean local = "file".equals(source.toUri().getScheme());
        MessageDigest digest = SessionIds.sha256();
        Path path = local ? Path.of(source.toUri().getPath()) : scratch.resolve(source.getName());
        String version = local ? version(path) : "";
        if (item.kind() == WorkItem.Kind.FILE) {
            fetch(source, local ? null : path, digest, hadoop);
        } else {
            if (!local) {
                Files.createDirectories(path);
            }
            for (FileStatus file : HadoopFiles.list(source, hadoop)) {
                String name = file.getPath().getName();
                if (SESSION_FILES.contains(name)) {
                    digest.update((name + "\n" + file.getLen() + "\n").getBytes(StandardCharsets.UTF_8));
                    fetch(file.getPath(), local ? null : path.resolve(name), digest, hadoop);
                }
            }
        }
        return new LocalInput(path, HexFormat.of().formatHex(digest.digest()), !local, version);
    }

    /** What changes when somebody writes into a file. */
    private static String version(Path file) throws IOException {
        return Files.size(file) + " " + Files.getLastModifiedTime(file);
    }

    /**
     * Makes sure that what was read is what was hashed.
     *
     * @throws InputException if somebody has written into the file since
     */
    void requireUnchanged() throws IOException, InputException {
        if (!copied && !version(path).equals(version)) {
            throw InputException.failed("was changed while it was read");
        }
    }

    private static void fetch(
            org.apache.hadoop.fs.Path source,
            @org.jspecify.annotations.Nullable Path copy,
            MessageDigest digest,
            Configuration hadoop)
            throws IOException {
        // A local file by Java: Hadoop opens none with a colon in its name.
        try (InputStream in = copy == null
                        ? Files.newInputStream(Path.of(source.toUri().getPath()))
                        : source.getFileSystem(hadoop).open(source);
                OutputStream out = copy == null ? OutputStream.nullOutputStream() : Files.newOutputStream(copy);
                DigestOutputStream hashing = new DigestOutputStream(out, digest)) {
            in.transferTo(hashing);
        }
    }

    Path path() {
        return path;
    }

    boolean isCopy() {
        return copied;
    }

    /** A reason with the input's own name, not that of its copy. */
    String named(Throwable cause, WorkItem item) {
        return Reasons.of(cause).replace(path.toString(), item.path());
    }

    String sha256() {
        return sha256;
    }

    @Override
    public void close() throws IOException {
        if (copied) {
            delete(path);
        }
    }

    /** Deletes a folder of this task's own with all in it. */
    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        }
    }
}
