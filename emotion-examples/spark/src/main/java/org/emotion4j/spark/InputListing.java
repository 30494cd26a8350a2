package org.emotion4j.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
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
    private final org.apache.hadoop.fs.Path exclude;
    private final Map<String, WorkItem> found = new HashMap<>();
    private final Map<Object, String> names = new HashMap<>();
    private final Set<Object> folders = new HashSet<>();
    private int hidden;

    private InputListing(org.apache.hadoop.fs.Path exclude, Configuration hadoop) {
        this.exclude = exclude;
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

    private void add(String glob) throws IOException {
        FileStatus[] matches;
        FileSystem files;
        try {
            org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(glob);
            files = path.getFileSystem(hadoop);
            matches = files.exists(path) ? new FileStatus[] {files.getFileStatus(path)} : files.globStatus(path);
        } catch (IllegalArgumentException e) {
            throw new BadInputException("\"" + glob + "\" is no path and no glob: " + Reasons.of(e), e);
        } catch (IOException | RuntimeException e) {
            throw new BadInputException(glob + ": cannot be listed: " + Reasons.ofFileSystem(e), e);
        }
        if (matches == null || matches.length == 0) {
            throw new BadInputException(glob + ": there is no such file or folder, and as a glob it matches nothing");
        }
        Arrays.sort(matches, Comparator.comparing(status -> status.getPath().toString()));
        for (FileStatus match : matches) {
            walk(files, match);
        }
    }

    private void walk(FileSystem files, FileStatus status) {
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
        if (path.equals(exclude) || !folders.add(identity(path))) {
            return;
        }
        FileStatus[] children;
        try {
            children = files.listStatus(path);
        } catch (IOException e) {
            WorkItem item = WorkItem.of(path.toUri().toString(), shown(path), WorkItem.Kind.FILE, 0);
            found.put(item.path(), item.withProblem("the folder cannot be listed: " + Reasons.of(e)));
            return;
        }
        addLost(path, children);
        boolean session = Arrays.stream(children)
                .anyMatch(child ->
                        child.isFile() && SESSION_FILES.contains(child.getPath().getName()));
        if (session) {
            addSession(path);
        }
        Arrays.sort(children, Comparator.comparing(child -> child.getPath().toString()));
        for (FileStatus child : children) {
            String name = child.getPath().getName();
            if (name.startsWith(".")) {
                hidden++;
            } else if (!session || child.isDirectory() || !isOfSession(name)) {
                walk(files, child);
            }
        }
    }

    /** Hadoop leaves out what a local folder names and nobody can look at, such as a link to nothing. */
    private void addLost(org.apache.hadoop.fs.Path folder, FileStatus[] children) {
        if (!isLocal(folder)) {
            return;
        }
        Set<String> known =
                Arrays.stream(children).map(child -> child.getPath().getName()).collect(Collectors.toSet());
        try (Stream<Path> names = Files.list(Path.of(folder.toUri().getPath()))) {
            names.filter(each -> !known.contains(each.getFileName().toString())
                            && !each.getFileName().toString().startsWith("."))
                    .forEach(each -> found.put(
                            each.toString(),
                            WorkItem.of(each.toUri().toString(), each.toString(), WorkItem.Kind.FILE, 0)
                                    .withProblem(
                                            Files.isSymbolicLink(each)
                                                    ? "is a link to something that is not there"
                                                    : "cannot be looked at")));
        } catch (IOException e) {
            WorkItem item = WorkItem.of(folder.toUri().toString(), shown(folder), WorkItem.Kind.FILE, 0);
            found.put(item.path(), item.withProblem("the folder cannot be listed: " + Reasons.of(e)));
        }
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
        String first = names.putIfAbsent(identity(path), item.path());
        found.put(
                item.path(),
                first == null
                        ? item
                        : item.withProblem("is another name of " + first + ": the file is read once, under that name"));
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

    private static boolean isLocal(org.apache.hadoop.fs.Path path) {
        return "file".equals(path.toUri().getScheme());
    }

    /** The plain path of a local file, the whole address of any other. */
    static String shown(org.apache.hadoop.fs.Path path) {
        return isLocal(path) ? path.toUri().getPath() : path.toString();
    }
}
