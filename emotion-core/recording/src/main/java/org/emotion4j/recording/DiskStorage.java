package org.emotion4j.recording;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.FileLockInterruptionException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.emotion4j.file.PrivateFiles;
import org.emotion4j.session.SessionRecorder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The disk itself. */
final class DiskStorage implements SessionStorage {
    static final DiskStorage INSTANCE = new DiskStorage();

    private static final Logger LOG = LoggerFactory.getLogger(SessionRecorder.class);

    /**
     * The folders that this process is recording into. Asked before the lock file, because on POSIX systems closing any
     * channel on a file gives up all locks that the process holds on it.
     */
    private static final Set<Path> LOCKED_HERE = ConcurrentHashMap.newKeySet();

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
    public SharedFile share(Path file) throws IOException {
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
        SHARING.lock();
        try {
            return Files.readAllBytes(file);
        } finally {
            SHARING.unlock();
        }
    }

    @Override
    public Optional<Closeable> lock(Path folder) throws IOException {
        Path key = folder.toRealPath();
        if (!LOCKED_HERE.add(key)) {
            return Optional.empty();
        }
        FileChannel channel = null;
        try {
            Path file = folder.resolve(SessionFolder.LOCK);
            if (Files.exists(file) && Files.size(file) > 0) {
                throw new FileAlreadyExistsException(
                        file.toString(), null, "is no lock of Emotion4J's, which is empty; choose another folder");
            }
            channel = PrivateFiles.open(file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE));
            if (isHeldElsewhere(channel, folder)) {
                channel.close();
                LOCKED_HERE.remove(key);
                return Optional.empty();
            }
            FileChannel held = channel;
            return Optional.of(() -> {
                try {
                    Files.deleteIfExists(file);
                } finally {
                    held.close();
                    LOCKED_HERE.remove(key);
                }
            });
        } catch (IOException e) {
            LOCKED_HERE.remove(key);
            if (channel != null) {
                channel.close();
            }
            throw e;
        }
    }

    /** Tells whether a recorder, in this or another process, has the folder now. */
    boolean isLocked(Path folder) throws IOException {
        Path file = folder.resolve(SessionFolder.LOCK);
        if (LOCKED_HERE.contains(folder.toRealPath())) {
            return true;
        }
        if (!Files.exists(file)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            return isHeldElsewhere(channel, folder);
        }
    }

    /** Locks, and keeps the lock until the channel is closed. */
    private static boolean isHeldElsewhere(FileChannel channel, Path folder) {
        try {
            FileLock lock = channel.tryLock();
            return lock == null;
        } catch (IOException e) {
            LOG.warn("{} lies on a file system without locks: nothing keeps a second program off it", folder, e);
            return false;
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
    private record DiskFile(RandomAccessFile file) implements AppendFile {
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
    private record SharedDiskFile(DiskFile file) implements SharedFile {
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
