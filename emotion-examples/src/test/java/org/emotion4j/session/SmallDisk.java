package org.emotion4j.session;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** A disk with room for so many bytes of rows. It lies in this package because recorders take their storage from nobody else. */
public final class SmallDisk implements SessionStorage {
    private final SessionStorage disk = DiskStorage.INSTANCE;
    private int left;

    private SmallDisk(int bytes) {
        this.left = bytes;
    }

    /** Begins a record that the disk will be full for. */
    public static CsvSessionRecorder record(Path folder, SessionMetadata metadata, int bytes) throws IOException {
        return CsvSessionRecorder.builder(folder)
                .metadata(metadata)
                .storage(new SmallDisk(bytes))
                .create();
    }

    @Override
    public void createFolder(Path folder) throws IOException {
        disk.createFolder(folder);
    }

    @Override
    public AppendFile createNew(Path file) throws IOException {
        AppendFile real = disk.createNew(file);
        return String.valueOf(file.getFileName()).startsWith(SessionFolder.ROWS) ? new Rows(real) : real;
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        disk.rename(from, to);
    }

    @Override
    public void delete(Path file) throws IOException {
        disk.delete(file);
    }

    @Override
    public void forceFolder(Path folder) throws IOException {
        disk.forceFolder(folder);
    }

    @Override
    public Optional<Closeable> lock(Path folder) throws IOException {
        return disk.lock(folder);
    }

    private final class Rows implements AppendFile {
        private final AppendFile real;

        Rows(AppendFile real) {
            this.real = real;
        }

        @Override
        public void append(byte[] bytes) throws IOException {
            int fitting = Math.min(left, bytes.length);
            real.append(Arrays.copyOf(bytes, fitting));
            left -= fitting;
            if (fitting < bytes.length) {
                throw new IOException("No space left on device");
            }
        }

        @Override
        public void truncate(long size) throws IOException {
            real.truncate(size);
        }

        @Override
        public void force() throws IOException {
            real.force();
        }

        @Override
        public void close() throws IOException {
            real.close();
        }
    }
}
