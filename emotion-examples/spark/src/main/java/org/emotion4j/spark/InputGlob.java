package org.emotion4j.spark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.GlobExpander;
import org.apache.hadoop.fs.GlobPattern;
import org.apache.hadoop.fs.Path;

/**
 * Finds what a glob names, with Hadoop's own patterns. Its own search fails at names with a colon, and recordings are often named by the
 * time of day; and it passes over what it cannot list.
 */
final class InputGlob {
    private final FileSystem files;
    private final Folders folders;

    /** Who lists the folders on the way. */
    @FunctionalInterface
    interface Folders {
        /**
         * Lists a folder, and keeps what cannot be listed.
         *
         * @param wanted which of its names are asked for, where they are the last of the glob; else none
         */
        FileStatus[] list(FileSystem files, Path folder, GlobPattern wanted);
    }

    InputGlob(FileSystem files, Folders folders) {
        this.files = files;
        this.folders = folders;
    }

    List<FileStatus> matches(Path glob) throws IOException {
        Path whole = files.makeQualified(glob);
        List<FileStatus> found = new ArrayList<>();
        for (String each : GlobExpander.expand(whole.toUri().getPath())) {
            List<String> steps = Arrays.stream(each.split("/"))
                    .filter(step -> !step.isEmpty())
                    .toList();
            found.addAll(matches(new Path(whole, "/"), steps));
        }
        return found;
    }

    private List<FileStatus> matches(Path root, List<String> steps) throws IOException {
        int named = 0;
        Path start = root;
        while (named < steps.size() && !new GlobPattern(steps.get(named)).hasWildcard()) {
            start = new Path(start, new Path(null, null, unescaped(steps.get(named))));
            named++;
        }
        if (!files.exists(start)) {
            return List.of();
        }
        List<FileStatus> found = List.of(files.getFileStatus(start));
        for (int i = named; i < steps.size(); i++) {
            found = next(found, new GlobPattern(steps.get(i)), i == steps.size() - 1);
        }
        return found;
    }

    private List<FileStatus> next(List<FileStatus> parents, GlobPattern pattern, boolean last) {
        List<FileStatus> found = new ArrayList<>();
        GlobPattern wanted = last ? pattern : new GlobPattern("");
        for (FileStatus parent : parents) {
            if (parent.isDirectory()) {
                Arrays.stream(folders.list(files, parent.getPath(), wanted))
                        .filter(child -> pattern.matches(child.getPath().getName()))
                        .forEach(found::add);
            }
        }
        return found;
    }

    private static String unescaped(String step) {
        return step.replaceAll("\\\\(.)", "$1");
    }
}
