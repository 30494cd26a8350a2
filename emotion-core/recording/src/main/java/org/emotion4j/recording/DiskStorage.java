package org.emotion4j.recording;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.FileLockInterruptionException;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.emotion4j.file.internal.PrivateFiles;
import org.emotion4j.session.SessionRecorder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The disk itself. */
final class DiskStorage implements SessionStorage {
    static final DiskStorage INSTANCE = new DiskStorage();

    private static final Logger LOG = LoggerFactory.getLogger(SessionRecorder.class);

    /**
     * The folders that this process is recording into, and the monitor of whoever opens a lock file here. Asked before the lock file,
     * because on POSIX systems closing any channel on a file gives up all locks that the process holds on it.
     */
    private static final Set<Path> LOCKED_HERE = new HashSet<>();

    /**
     * Held while a shared file is open or read here: on POSIX systems closing any channel on a file gives up the lock that this
     * process has on it.
     */
    private static final ReentrantLock SHARING = new ReentrantLock();

    private DiskStorage() {}

    @Override
    public void createFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            PrivateFiles.createFolders(folder);
            Path parent = folder.toAbsolutePath().getParent();
            if (parent != null) {
                forceFolder(parent);
            }
        }
    }

    @Override
    public AppendFile createNew(Path file) throws IOException {
        PrivateFiles.create(file).close();
        return new DiskFile(new RandomAccessFile(file.toFile(), "rw"));
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void delete(Path file) throws IOException {
        Files.deleteIfExists(file);
    }

    /** Windows can neither open folders nor needs to: NTFS journals names by itself. */
    @Override
    public void forceFolder(Path folder) throws IOException {
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            uninterrupted(() -> {
                try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                    channel.force(true);
                }
            });
        }
    }

    @Override
    public SharedDiskFile share(Path file) throws IOException {
        SHARING.lock();
        try {
            if (!Files.exists(file)) {
                makePrivate(file);
            }
            RandomAccessFile opened = new RandomAccessFile(file.toFile(), "rw");
            try {
                waitForOthers(opened, file);
                opened.seek(opened.length());
                return new SharedDiskFile(new DiskFile(opened));
            } catch (IOException | RuntimeException e) {
                opened.close();
                throw e;
            }
        } catch (IOException | RuntimeException e) {
            SHARING.unlock();
            throw e;
        }
    }

    private static void makePrivate(Path file) throws IOException {
        try {
            PrivateFiles.create(file).close();
        } catch (FileAlreadyExistsException e) {
            LOG.debug("{} was made by somebody else just now", file, e);
        }
    }

    /** Locks a byte that no file has: on Windows nobody could read what is locked. */
    private static void waitForOthers(RandomAccessFile opened, Path file) throws IOException {
        try {
            FileLock lock = opened.getChannel().lock(Long.MAX_VALUE - 1, 1, false);
            LOG.debug("{} is locked: {}", file, lock);
        } catch (ClosedByInterruptException | FileLockInterruptionException e) {
            throw e;
        } catch (IOException e) {
            LOG.warn("{} lies on a file system without locks: nothing keeps a second program off it", file, e);
        }
    }

    /** Reads a file that may be {@linkplain #share shared}. */
    static byte[] readShared(Path file) throws IOException {
        return readShared(file, Integer.MAX_VALUE);
    }

    /** Reads the beginning of a file that may be {@linkplain #share shared}. */
    static byte[] readShared(Path file, int most) throws IOException {
        SHARING.lock();
        try (InputStream input = Files.newInputStream(file)) {
            return input.readNBytes(most);
        } finally {
            SHARING.unlock();
        }
    }

    /** Puts zeros in the place of all that is in a file, and forces them. */
    static void blank(RandomAccessFile file) throws IOException {
        byte[] zeros = new byte[1 << 16];
        file.seek(0);
        for (long left = file.length(); left > 0; left -= zeros.length) {
            file.write(zeros, 0, (int) Math.min(zeros.length, left));
        }
        file.getFD().sync();
    }

    @Override
    public Optional<Closeable> lock(Path folder) throws IOException {
        Path key = folder.toRealPath();
        Path file = folder.resolve(SessionFolder.LOCK);
        List<FileChannel> opened = new ArrayList<>();
        synchronized (LOCKED_HERE) {
            if (LOCKED_HERE.contains(key)) {
                return Optional.empty();
            }
            boolean taken = false;
            try {
                requireEmpty(file);
                taken = take(file, opened);
                if (!taken) {
                    return Optional.empty();
                }
                LOCKED_HERE.add(key);
            } finally {
                if (!taken) {
                    close(opened);
                }
            }
        }
        return Optional.of(() -> {
            synchronized (LOCKED_HERE) {
                try {
                    Files.deleteIfExists(file);
                } finally {
                    close(opened);
                    LOCKED_HERE.remove(key);
                }
            }
        });
    }

    /**
     * Locks the file of a name. Whoever gives a lock up deletes its file, so that the file which was opened may have no name by the time
     * it is locked, and its name be another file's. Hence the name is opened and locked until that is the lock which is held already;
     * once is enough where the file system has none.
     *
     * @param opened gets what has to stay open: closing any channel on a file would give its lock up
     * @return false where somebody else has the lock
     */
    private static boolean take(Path file, List<FileChannel> opened) throws IOException {
        Lock lock;
        do {
            FileChannel channel = PrivateFiles.open(file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE));
            opened.add(channel);
            lock = lock(channel, file);
        } while (lock == Lock.TAKEN);
        return lock == Lock.NONE || lock == Lock.OWN && opened.size() > 1;
    }

    /** One that is there is a lock, or what is left of one, and nobody's file. */
    private static void requireEmpty(Path file) throws IOException {
        try {
            if (Files.size(file) > 0) {
                throw new FileAlreadyExistsException(
                        file.toString(), null, "is no lock of Emotion4J's, which is empty; choose another folder");
            }
        } catch (NoSuchFileException e) {
            LOG.trace("{} is not there", file, e);
        }
    }

    private static void close(List<FileChannel> opened) throws IOException {
        for (FileChannel channel : opened) {
            channel.close();
        }
    }

    /** Tells whether a recorder, in this or another process, has the folder now. */
    boolean isLocked(Path folder) throws IOException {
        Path file = folder.resolve(SessionFolder.LOCK);
        synchronized (LOCKED_HERE) {
            if (LOCKED_HERE.contains(folder.toRealPath())) {
                return true;
            }
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                Lock lock = lock(channel, file);
                return lock == Lock.OTHERS || lock == Lock.OWN;
            } catch (NoSuchFileException e) {
                return false;
            }
        }
    }

    /** What became of an attempt to lock a file. */
    private enum Lock {
        TAKEN,
        OTHERS,
        /** This process has it, through another channel. */
        OWN,
        /** The file system has no locks. */
        NONE
    }

    /** Locks, and keeps the lock until the channel is closed. */
    private static Lock lock(FileChannel channel, Path file) {
        try {
            FileLock lock = channel.tryLock();
            return lock == null ? Lock.OTHERS : Lock.TAKEN;
        } catch (OverlappingFileLockException e) {
            LOG.trace("{} is locked here", file, e);
            return Lock.OWN;
        } catch (IOException e) {
            LOG.warn("{} lies on a file system without locks: nothing keeps a second program off it", file, e);
            return Lock.NONE;
        }
    }

    /** Does something that an interrupt would break off; the interrupt is kept for later. */
    private static void uninterrupted(DiskAction action) throws IOException {
        boolean interrupted = false;
        try {
            while (true) {
                interrupted |= Thread.interrupted();
                try {
                    action.run();
                    return;
                } catch (ClosedByInterruptException e) {
                    LOG.debug("interrupted while forcing; once more", e);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private interface DiskAction {
        void run() throws IOException;
    }

    /** Not a {@link FileChannel}: an interrupt of the recording thread would close that, and end the record. */
    record DiskFile(RandomAccessFile file) implements AppendFile {
        @Override
        public void append(byte[] bytes) throws IOException {
            file.write(bytes);
        }

        @Override
        public void truncate(long size) throws IOException {
            file.setLength(size);
        }

        @Override
        public void force() throws IOException {
            file.getFD().sync();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }

    /** One that this thread has alone until it closes it. */
    record SharedDiskFile(DiskFile file) implements SharedFile {
        /** Puts zeros in the place of all that is in it, and forces them. */
        void blank() throws IOException {
            DiskStorage.blank(file.file());
        }

        @Override
        public byte[] content() throws IOException {
            RandomAccessFile opened = file.file();
            byte[] content = new byte[Math.toIntExact(opened.length())];
            opened.seek(0);
            opened.readFully(content);
            return content;
        }

        @Override
        public void append(byte[] bytes) throws IOException {
            file.file().seek(file.file().length());
            file.append(bytes);
        }

        @Override
        public void truncate(long size) throws IOException {
            file.truncate(size);
        }

        @Override
        public void force() throws IOException {
            file.force();
        }

        @Override
        public void close() throws IOException {
            try {
                file.close();
            } finally {
                SHARING.unlock();
            }
        }
    }
}
