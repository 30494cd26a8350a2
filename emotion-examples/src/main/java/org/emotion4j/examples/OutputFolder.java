package org.emotion4j.examples;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.emotion4j.session.CsvSessionRecorder;

/** A folder that results go to. What an earlier session left there is never overwritten. */
final class OutputFolder {
    static final String TIMELINE_CSV = "timeline.csv";
    static final String TIMELINE_PNG = "timeline.png";

    private static final List<String> SESSION = List.of(
            CsvSessionRecorder.FILE_NAME,
            CsvSessionRecorder.FILE_NAME + ".sealed",
            CsvSessionRecorder.INFO_FILE_NAME,
            TIMELINE_CSV,
            TIMELINE_PNG,
            "report.html",
            "clusters.png");

    private final Path path;

    private OutputFolder(Path path) {
        this.path = path;
    }

    /** Makes the folder where it does not exist. */
    static OutputFolder at(Path path) {
        try {
            Files.createDirectories(path);
        } catch (IOException e) {
            throw new BadInputException(path + ": cannot be used as output folder: " + Reason.of(e), e);
        }
        if (!Files.isWritable(path)) {
            throw new BadInputException(path + ": cannot be used as output folder: no permission to write there");
        }
        return new OutputFolder(path);
    }

    Path path() {
        return path;
    }

    Path file(String name) {
        return path.resolve(name);
    }

    /**
     * Moves the files of an earlier session, and what was made from it, to the first free {@code session-1.csv}, {@code session-2.csv} …
     * {@link org.emotion4j.session.SessionArchive#erase} knows these names.
     */
    void setEarlierSessionAside(PrintWriter messages) throws IOException {
        if (SESSION.stream().noneMatch(name -> Files.exists(file(name)))) {
            return;
        }
        int number = 1;
        while (taken(number)) {
            number++;
        }
        for (String name : SESSION) {
            if (Files.exists(file(name))) {
                Files.move(file(name), file(numbered(name, number)));
                messages.println(file(name) + " from an earlier session is kept as " + numbered(name, number));
            }
        }
    }

    private boolean taken(int number) {
        return SESSION.stream().anyMatch(name -> Files.exists(file(numbered(name, number))));
    }

    private static String numbered(String name, int number) {
        int dot = name.indexOf('.');
        return name.substring(0, dot) + "-" + number + name.substring(dot);
    }
}
