package org.emotion4j.spark;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** What the job does on a Hadoop file system. A small file is there as a whole or not at all. */
final class HadoopFiles {
    private HadoopFiles() {}

    /** Returns the file system of a path; on local disks it writes no checksum file beside each file. */
    static FileSystem of(Path path, Configuration hadoop) throws IOException {
        FileSystem files = path.getFileSystem(hadoop);
        files.setWriteChecksum(false);
        return files;
    }

    /** Writes a small file under another name and renames it. */
    static void replace(Path file, String text, Configuration hadoop) throws IOException {
        FileSystem files = of(file, hadoop);
        Path begun = new Path(file.getParent(), "." + file.getName() + "." + UUID.randomUUID());
        try (FSDataOutputStream out = files.create(begun, true)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        if (!files.rename(begun, file)) {
            files.delete(file, false);
            if (!files.rename(begun, file)) {
                throw new IOException(file + ": cannot be replaced");
            }
        }
    }

    static Optional<String> read(Path file, Configuration hadoop) throws IOException {
        try (FSDataInputStream in = of(file, hadoop).open(file)) {
            return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (FileNotFoundException e) {
            return Optional.empty();
        }
    }

    /** Lists a folder by name; empty where there is none. Hidden files are left out. */
    static List<FileStatus> list(Path folder, Configuration hadoop) throws IOException {
        try {
            return Arrays.stream(of(folder, hadoop).listStatus(folder))
                    .filter(file -> !file.getPath().getName().startsWith("."))
                    .sorted(Comparator.comparing(file -> file.getPath().getName()))
                    .toList();
        } catch (FileNotFoundException e) {
            return List.of();
        }
    }

    /** Hadoop throws an Error where a local disk is full; that is no reason to end the process. */
    static IOException unwrapped(FSError failure, String out) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return new IOException(InputListing.shown(new Path(out)) + ": " + Reasons.of(cause), failure);
    }

    /** Makes a folder and those above it, unless they are there. */
    static void createFolder(Path folder, Configuration hadoop) throws IOException {
        if (of(folder, hadoop).mkdirs(folder)) {
            return;
        }
        if ("file".equals(of(folder, hadoop).getUri().getScheme())) {
            // Hadoop does not say why it cannot: Java does.
            java.nio.file.Files.createDirectories(
                    java.nio.file.Path.of(folder.toUri().getPath()));
        } else {
            throw new IOException(folder + ": cannot be made");
        }
    }

    static boolean exists(Path file, Configuration hadoop) throws IOException {
        return of(file, hadoop).exists(file);
    }

    /** Copies a local file, which is there as a whole or not at all. */
    static void upload(java.nio.file.Path local, Path target, Configuration hadoop) throws IOException {
        FileSystem files = of(target, hadoop);
        Path begun = new Path(target.getParent(), "." + target.getName() + "." + UUID.randomUUID());
        try (FSDataOutputStream out = files.create(begun, true)) {
            java.nio.file.Files.copy(local, out);
        }
        if (!files.rename(begun, target) && !files.exists(target)) {
            throw new IOException(target + ": cannot be written");
        }
    }

    static void download(Path source, java.nio.file.Path local, Configuration hadoop) throws IOException {
        try (FSDataInputStream in = of(source, hadoop).open(source)) {
            java.nio.file.Files.copy(in, local);
        }
    }
}
