package org.emotion4j.recording;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/**
 * A disk that logs every step, and can say what may be on it if the power goes after any of them: bytes that were not
 * forced are there, lost, torn, or there behind others that are lost; names that were not forced are old or new. Steps are
 * done in a real folder too, so that recovery can read what it has written.
 */
final class SimulatedDisk implements SessionStorage {
    /** What comes to the disk as one; small, so that a row spans several. */
    private static final int SECTOR = 64;

    /** What becomes of bytes and names that were not forced. */
    enum Fate {
        LOST,
        KEPT,
        TORN,
        OUT_OF_ORDER
    }

    private interface PipelineStep {}

    private record Create(String name, int node) implements PipelineStep {}

    private record Append(int node, byte[] bytes) implements PipelineStep {}

    private record Truncate(int node, long size) implements PipelineStep {}

    private record Force(int node) implements PipelineStep {}

    private record Rename(String from, String to) implements PipelineStep {}

    private record Delete(String name) implements PipelineStep {}

    private record ForceFolder() implements PipelineStep {}

    private final Path folder;
    private final List<PipelineStep> steps = new ArrayList<>();
    private final Map<String, byte[]> before = new TreeMap<>();

    /** Which file has which name now; those that were there before have numbers below 0, by name. */
    private final Map<String, Integer> current = new TreeMap<>();

    private int nodes;

    SimulatedDisk(Path folder) throws IOException {
        this.folder = folder;
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
                for (Path file : files) {
                    before.put(file.getFileName().toString(), Files.readAllBytes(file));
                }
            }
        }
        int old = -1;
        for (String name : before.keySet()) {
            current.put(name, old--);
        }
    }

    /** Returns how many steps were taken so far. */
    int steps() {
        return steps.size();
    }

    /** Writes into a folder what may be left if the power goes after a number of steps. */
    void cutPower(int after, Fate fate, Random random, Path target) throws IOException {
        Map<Integer, Node> content = new HashMap<>();
        Map<String, Integer> names = new TreeMap<>();
        List<PipelineStep> loose = new ArrayList<>();
        int old = -1;
        for (Map.Entry<String, byte[]> entry : before.entrySet()) {
            Node node = new Node();
            node.forced = entry.getValue();
            node.written.writeBytes(entry.getValue());
            content.put(old, node);
            names.put(entry.getKey(), old--);
        }
        Map<String, Integer> current = new TreeMap<>(names);
        for (PipelineStep step : steps.subList(0, after)) {
            if (step instanceof Append append) {
                content.get(append.node).written.writeBytes(append.bytes);
            } else if (step instanceof Truncate truncate) {
                content.get(truncate.node).truncate(truncate.size);
            } else if (step instanceof Force force) {
                content.get(force.node).forced = content.get(force.node).written.toByteArray();
            } else if (step instanceof ForceFolder) {
                names = new TreeMap<>(current);
                loose.clear();
            } else {
                if (step instanceof Create create) {
                    content.put(create.node, new Node());
                }
                apply(step, current);
                loose.add(step);
            }
        }
        applySome(loose, fate, random, names, current);
        Files.createDirectories(target);
        for (Map.Entry<String, Integer> name : names.entrySet()) {
            Files.write(
                    target.resolve(name.getKey()), content.get(name.getValue()).left(fate, random));
        }
    }

    /** A rename that is applied without the creation before it brings the file all the same. */
    private static void applySome(
            List<PipelineStep> loose,
            Fate fate,
            Random random,
            Map<String, Integer> names,
            Map<String, Integer> current) {
        Map<String, Integer> nodes = new HashMap<>(names);
        int kept = random.nextInt(loose.size() + 1);
        for (int i = 0; i < loose.size(); i++) {
            PipelineStep step = loose.get(i);
            Map<String, Integer> sources = new HashMap<>(nodes);
            apply(step, nodes);
            boolean reachesDisk =
                    switch (fate) {
                        case LOST -> false;
                        case KEPT -> true;
                        case TORN -> i < kept;
                        case OUT_OF_ORDER -> random.nextBoolean();
                    };
            if (reachesDisk && step instanceof Rename rename) {
                names.remove(rename.from);
                names.put(rename.to, sources.get(rename.from));
            } else if (reachesDisk) {
                apply(step, names);
            }
        }
    }

    private static void apply(PipelineStep step, Map<String, Integer> names) {
        if (step instanceof Create create) {
            names.put(create.name, create.node);
        } else if (step instanceof Rename rename) {
            names.put(rename.to, names.remove(rename.from));
        } else if (step instanceof Delete delete) {
            names.remove(delete.name);
        }
    }

    /** A file's bytes, whatever it is called. */
    private static final class Node {
        private final ByteArrayOutputStream written = new ByteArrayOutputStream();
        private byte[] forced = {};

        void truncate(long size) {
            byte[] left = Arrays.copyOf(written.toByteArray(), (int) size);
            written.reset();
            written.writeBytes(left);
        }

        byte[] left(Fate fate, Random random) {
            byte[] all = written.toByteArray();
            if (all.length <= forced.length) {
                return forced.clone();
            }
            return switch (fate) {
                case LOST -> forced.clone();
                case KEPT -> all;
                case TORN -> Arrays.copyOf(all, forced.length + random.nextInt(all.length - forced.length + 1));
                case OUT_OF_ORDER -> holes(all, random);
            };
        }

        /** Sectors that did not reach the disk read as zeros where the file's length did. */
        private byte[] holes(byte[] all, Random random) {
            byte[] left = random.nextBoolean()
                    ? all
                    : Arrays.copyOf(all, forced.length + random.nextInt(all.length - forced.length + 1));
            for (int from = forced.length; from < left.length; from = (from / SECTOR + 1) * SECTOR) {
                if (random.nextInt(3) == 0) {
                    Arrays.fill(left, from, Math.min(left.length, (from / SECTOR + 1) * SECTOR), (byte) 0);
                }
            }
            return left;
        }
    }

    @Override
    public void createFolder(Path path) throws IOException {
        Files.createDirectories(path);
    }

    @Override
    public AppendFile createNew(Path file) throws IOException {
        Files.createFile(file);
        int node = nodes++;
        current.put(name(file), node);
        steps.add(new Create(name(file), node));
        return new LoggedFile(file, node);
    }

    @Override
    public SharedFile share(Path file) throws IOException {
        if (!Files.exists(file)) {
            createNew(file).close();
        }
        return new LoggedFile(file, current.get(name(file)));
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        current.put(name(to), current.remove(name(from)));
        steps.add(new Rename(name(from), name(to)));
    }

    @Override
    public void delete(Path file) throws IOException {
        if (Files.deleteIfExists(file)) {
            current.remove(name(file));
            steps.add(new Delete(name(file)));
        }
    }

    @Override
    public void forceFolder(Path path) {
        steps.add(new ForceFolder());
    }

    @Override
    public Optional<Closeable> lock(Path path) {
        return Optional.of(() -> {});
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }

    private final class LoggedFile implements SharedFile {
        private final Path file;
        private final int node;

        LoggedFile(Path file, int node) {
            this.file = file;
            this.node = node;
        }

        @Override
        public byte[] content() throws IOException {
            return Files.readAllBytes(file);
        }

        @Override
        public void append(byte[] bytes) throws IOException {
            Files.write(file, bytes, StandardOpenOption.APPEND);
            steps.add(new Append(node, bytes.clone()));
        }

        @Override
        public void truncate(long size) throws IOException {
            Files.write(file, Arrays.copyOf(Files.readAllBytes(file), (int) size));
            steps.add(new Truncate(node, size));
        }

        @Override
        public void force() {
            steps.add(new Force(node));
        }

        @Override
        public void close() {}
    }
}
