package org.emotion4j.recording;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * A real folder on a disk that takes so many bytes and no more; the write that fills it is done in part. It lies in this
 * package because recorders take their storage from nobody else.
 */
public final class SmallDisk implements SessionStorage {
    private final SessionStorage disk = DiskStorage.INSTANCE;
    private boolean onlyRows;
    private boolean broken;
    private long left;

    SmallDisk(int bytes) {
        this.left = bytes;
    }

    /** From now on there is room for everything but rows. */
    void fillRowsOnly() {
        onlyRows = true;
    }

    /** From now on there is no room at all, whatever is deleted. */
    void fill() {
        broken = true;
        left = 0;
    }

    /** Begins a record for whose rows the disk will be full. */
    public static CsvSessionRecorder record(Path folder, SessionMetadata metadata, int bytes) throws IOException {
        SmallDisk disk = new SmallDisk(bytes);
        disk.fillRowsOnly();
        return CsvSessionRecorder.builder(folder)
                .metadata(metadata)
                .storage(disk)
                .create();
    }

    @Override
    public void createFolder(Path folder) throws IOException {
        disk.createFolder(folder);
    }

    @Override
    public AppendFile createNew(Path file) throws IOException {
        return new LimitedFile(disk.createNew(file), isRows(file));
    }

    private static boolean isRows(Path file) {
        return String.valueOf(file.getFileName()).startsWith(SessionFolder.ROWS);
    }

    /** Takes what fits of what is added. */
    @Override
    public SharedFile share(Path file) throws IOException {
        SharedFile real = disk.share(file);
        AppendFile limited = new LimitedFile(real, false);
        return new SharedFile() {
            @Override
            public byte[] content() throws IOException {
                return real.content();
            }

            @Override
            public void append(byte[] bytes) throws IOException {
                limited.append(bytes);
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
        };
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        long freed = onlyRows ? 0 : size(to);
        disk.rename(from, to);
        left += onlyRows && !isRows(to) ? 0 : freed;
    }

    @Override
    public void delete(Path file) throws IOException {
        long freed = size(file);
        disk.delete(file);
        // What took no room gives none back.
        left += onlyRows && !isRows(file) ? 0 : freed;
    }

    /** What a file took that goes; of others than rows nothing where they took no room. */
    private long size(Path file) throws IOException {
        return broken || onlyRows || !Files.exists(file) ? 0 : Files.size(file);
    }

    @Override
    public void forceFolder(Path folder) throws IOException {
        disk.forceFolder(folder);
    }

    @Override
    public Optional<Closeable> lock(Path folder) throws IOException {
        return disk.lock(folder);
    }

    private final class LimitedFile implements AppendFile {
        private final AppendFile real;
        private final boolean rows;

        LimitedFile(AppendFile real, boolean rows) {
            this.real = real;
            this.rows = rows;
        }

        @Override
        public void append(byte[] bytes) throws IOException {
            if (onlyRows && !rows) {
                real.append(bytes);
                return;
            }
            int fitting = (int) Math.min(left, bytes.length);
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
