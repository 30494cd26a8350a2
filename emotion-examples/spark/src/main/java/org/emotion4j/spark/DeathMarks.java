package org.emotion4j.spark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Notes which inputs are being read, so that one whose reading ends the whole process (a crash in native code) is known by what it leaves:
 * after the third time it is a failure of that run.
 */
final class DeathMarks {
    static final int MOST_DEATHS = 3;
    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

    private final Path folder;
    private final Configuration hadoop;

    DeathMarks(Path folder, Configuration hadoop) {
        this.folder = folder;
        this.hadoop = hadoop;
    }

    /** How often this input was begun and neither ended well nor badly. */
    int deaths(WorkItem item) throws IOException {
        return HadoopFiles.read(mark(item), hadoop)
                .filter(NUMBER.asMatchPredicate())
                .map(Integer::parseInt)
                .orElse(0);
    }

    void begin(WorkItem item, int deaths) throws IOException {
        HadoopFiles.replace(mark(item), Integer.toString(deaths + 1), hadoop);
    }

    void end(WorkItem item) throws IOException {
        HadoopFiles.of(folder, hadoop).delete(mark(item), false);
    }

    /** Takes all marks away: whoever stops a run has killed nothing. */
    void forget() throws IOException {
        HadoopFiles.of(folder, hadoop).delete(folder, true);
    }

    private Path mark(WorkItem item) {
        byte[] hash = SessionIds.sha256().digest(item.path().getBytes(StandardCharsets.UTF_8));
        return new Path(folder, HexFormat.of().formatHex(hash, 0, 16));
    }
}
