package org.emotion4j.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.GlobPattern;
import org.emotion4j.recording.CsvSessionRecorder;

/**
 * Finds the inputs that paths and globs name: files as they are, folders with all that is in them. A folder with a session in it is one
 * input, and its own files are none. What cannot be listed becomes an input with a problem, so that it is told. Confined to one thread.
 */
final class InputListing {
    private static final List<String> SESSION_FILES = List.of(
            CsvSessionRecorder.INFO_FILE_NAME, CsvSessionRecorder.FILE_NAME, CsvSessionRecorder.FILE_NAME + ".sealed");

    /** What lies beside a session's rows and is made from them. */
    private static final List<String> MADE_FROM_SESSIONS =
            List.of("events.csv", "events.csv.sealed", "timeline.csv", "timeline.png", "report.html", "clusters.png");

    private final Configuration hadoop;
    private final Object exclude;
    private final Map<String, WorkItem> found = new HashMap<>();
    private final Map<Object, String> names = new HashMap<>();
    private final Map<Object, String> folders = new HashMap<>();
    private final Set<String> unlisted = new HashSet<>();
    private final List<String> remarks = new ArrayList<>();
    private final Queue<Runnable> links = new ArrayDeque<>();
    private int hidden;

    private InputListing(org.apache.hadoop.fs.Path exclude, Configuration hadoop) {
        this.exclude = identity(exclude);
        this.hadoop = hadoop;
    }

    /**
     * Lists the inputs.
     *
     * @param globs paths and globs on any Hadoop file system
     * @param exclude a folder that is passed over: the one of the tables
     * @throws BadInputException if one of them names nothing
     */
    static InputListing of(List<String> globs, org.apache.hadoop.fs.Path exclude, Configuration hadoop)
            throws IOException {
        InputListing listing = new InputListing(exclude, hadoop);
        for (String glob : globs) {
            listing.add(glob);
        }
        listing.followLinks();
        return listing;
    }

    /** The inputs, by path. */
    List<WorkItem> items() {
        return found.values().stream()
                .sorted(Comparator.comparing(WorkItem::path))
                .toList();
    }

    /** How many hidden files (whose names begin with a dot) were passed over. */
    int hidden() {
        return hidden;
    }

    /** What of the listing somebody should know and is no input. */
    List<String> remarks() {
        return List.copyOf(remarks);
    }

    /** Whether an input that was not found may lie in a folder that cannot be listed just now. */
    boolean mayBeThere(String path) {
        return unlisted.stream().anyMatch(folder -> path.startsWith(folder + "/"));
    }

    private void add(String glob) throws IOException {
        FileStatus[] matches;
        FileSystem files;
        boolean own;
        try {
            org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(glob);
            files = path.getFileSystem(hadoop);
            boolean named = files.exists(path);
            matches = named
                    ? new FileStatus[] {files.getFileStatus(path)}
                    : new InputGlob(files, this::listed).matches(path).toArray(FileStatus[]::new);
            own = named
                    && matches[0].isDirectory()
                    && identity(matches[0].getPath()).equals(exclude);
        } catch (IllegalArgumentException e) {
            throw new BadInputException("\"" + glob + "\" is no path and no glob: " + Reasons.of(e), e);
        } catch (IOException | RuntimeException e) {
            throw new BadInputException(glob + ": cannot be listed: " + Reasons.ofFileSystem(e), e);
        }
        if (own) {
            throw new BadInputException(glob + ": is the folder of the tables itself; name another for one of them");
        }
        if (matches.length == 0) {
            throw new BadInputException(glob + ": there is no such file or folder, and as a glob it matches nothing");
        }
        Arrays.sort(matches, Comparator.comparing(status -> status.getPath().toString()));
        for (FileStatus match : matches) {
            walk(files, match);
        }
    }

    /** A film goes by the name of its own, not by that of a link that was made to it later. */
    private void followLinks() {
        while (!links.isEmpty()) {
            links.remove().run();
        }
    }

    private void walk(FileSystem files, FileStatus status) {
        if (isLink(status.getPath())) {
            links.add(() -> visit(files, status));
        } else {
            visit(files, status);
        }
    }

    private void visit(FileSystem files, FileStatus status) {
        if (status.isDirectory()) {
            walkFolder(files, status);
        } else if (SESSION_FILES.contains(status.getPath().getName())) {
            addSession(status.getPath().getParent());
        } else {
            add(status.getPath(), WorkItem.Kind.FILE, status.getLen());
        }
    }

    private void walkFolder(FileSystem files, FileStatus folder) {
        org.apache.hadoop.fs.Path path = folder.getPath();
        Object identity = identity(path);
        if (identity.equals(exclude)) {
            remarks.add(shown(path) + ": is the folder of the tables, and was passed over");
            return;
        }
        String first = folders.putIfAbsent(identity, shown(path));
        if (first != null) {
            if (!first.equals(shown(path))) {
                remarks.add(shown(path) + ": is another name of " + first
                        + ": the folder is looked through once, under that name");
            }
            return;
        }
        FileStatus[] children = listed(files, path, new GlobPattern("*"));
        boolean session = Arrays.stream(children)
                .anyMatch(child ->
                        child.isFile() && SESSION_FILES.contains(child.getPath().getName()));
        if (session) {
            addSession(path);
        }
        Arrays.sort(children, Comparator.comparing(child -> child.getPath().toString()));
        for (FileStatus child : children) {
            String name = child.getPath().getName();
            if (!session || child.isDirectory() || !isOfSession(name)) {
                walk(files, child);
            }
        }
    }

    /** What a folder has; what of the wanted is hidden, or cannot be looked at, is counted or becomes a problem. */
    private FileStatus[] listed(FileSystem files, org.apache.hadoop.fs.Path folder, GlobPattern wanted) {
        FileStatus[] children;
        try {
            children = files.listStatus(folder);
        } catch (IOException e) {
            addUnlisted(folder, e);
            return new FileStatus[0];
        }
        if (isLocal(folder)) {
            addLost(folder, children, wanted);
        }
        List<FileStatus> seen = new ArrayList<>();
        for (FileStatus child : children) {
            String name = child.getPath().getName();
            if (!name.startsWith(".")) {
                seen.add(child);
            } else if (wanted.matches(name)) {
                hidden++;
            }
        }
        return seen.toArray(FileStatus[]::new);
    }

    /** Hadoop leaves out what a local folder names and nobody can look at, such as a link to nothing. */
    private void addLost(org.apache.hadoop.fs.Path folder, FileStatus[] children, GlobPattern wanted) {
        Set<String> known =
                Arrays.stream(children).map(child -> child.getPath().getName()).collect(Collectors.toSet());
        try (Stream<Path> names = Files.list(Path.of(folder.toUri().getPath()))) {
            names.filter(each -> !known.contains(each.getFileName().toString())
                            && !each.getFileName().toString().startsWith(".")
                            && wanted.matches(each.getFileName().toString()))
                    .forEach(each -> found.put(
                            each.toString(),
                            WorkItem.of(each.toUri().toString(), each.toString(), WorkItem.Kind.FILE, 0)
                                    .withProblem(
                                            Files.isSymbolicLink(each)
                                                    ? "is a link to something that is not there"
                                                    : "cannot be looked at")));
        } catch (IOException | UncheckedIOException e) {
            addUnlisted(folder, e);
        }
    }

    private void addUnlisted(org.apache.hadoop.fs.Path folder, Exception cause) {
        WorkItem item = WorkItem.of(folder.toUri().toString(), shown(folder), WorkItem.Kind.FILE, 0);
        found.put(item.path(), item.withProblem("the folder cannot be listed: " + Reasons.of(cause)));
        unlisted.add(item.path());
    }

    private static boolean isOfSession(String name) {
        return SESSION_FILES.contains(name) || MADE_FROM_SESSIONS.contains(name);
    }

    private void addSession(org.apache.hadoop.fs.Path folder) {
        add(folder, WorkItem.Kind.SESSION, 0);
    }

    private void add(org.apache.hadoop.fs.Path path, WorkItem.Kind kind, long bytes) {
        WorkItem item = WorkItem.of(path.toUri().toString(), shown(path), kind, bytes);
        if (found.containsKey(item.path())) {
            return; // matched by two globs, or a session by each of its files
        }
        if (kind == WorkItem.Kind.FILE && isSpecial(path)) {
            found.put(item.path(), item.withProblem("is no file but a pipe, a socket or a device"));
            return;
        }
        String first = names.putIfAbsent(identity(path), item.path());
        found.put(
                item.path(),
                first == null
                        ? item
                        : item.withProblem("is another name of " + first + ": the file is read once, under that name"));
    }

    /** What has no end, or waits for somebody who writes. */
    private static boolean isSpecial(org.apache.hadoop.fs.Path path) {
        try {
            return isLocal(path)
                    && Files.readAttributes(Path.of(path.toUri().getPath()), BasicFileAttributes.class)
                            .isOther();
        } catch (IOException | IllegalArgumentException e) {
            return false; // told when it is opened
        }
    }

    /** What two names of one local file have in common; elsewhere there are no links. */
    private static Object identity(org.apache.hadoop.fs.Path path) {
        if (!isLocal(path)) {
            return path;
        }
        try {
            Path file = Path.of(path.toUri().getPath());
            Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
            return key == null ? file.toRealPath() : key;
        } catch (IOException | IllegalArgumentException e) {
            return path; // told when it is opened
        }
    }

    private static boolean isLink(org.apache.hadoop.fs.Path path) {
        try {
            return isLocal(path) && Files.isSymbolicLink(Path.of(path.toUri().getPath()));
        } catch (IllegalArgumentException e) {
            return false; // told when it is opened
        }
    }

    private static boolean isLocal(org.apache.hadoop.fs.Path path) {
        return "file".equals(path.toUri().getScheme());
    }

    /** The plain path of a local file, the whole address of any other. */
    static String shown(org.apache.hadoop.fs.Path path) {
        return isLocal(path) ? path.toUri().getPath() : path.toString();
    }
}
