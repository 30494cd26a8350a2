package org.emotion4j.spark;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Clock;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a task is at work: its own folder on this machine, the file systems, the machine's name. To be closed, which removes the folder.
 *
 * @param scratch a folder that no other task uses
 * @param hadoop how file systems are reached
 * @param host this machine's name, for the tables
 * @param clock what tells the time, for the tables and for what may be kept
 */
record TaskPlace(Path scratch, Configuration hadoop, String host, Clock clock) implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TaskPlace.class);

    static TaskPlace open(Configuration hadoop) throws IOException {
        Path scratch = java.nio.file.Files.createTempDirectory(Path.of(SparkFiles.getRootDirectory()), "task");
        return new TaskPlace(scratch, hadoop, hostName(), Clock.systemUTC());
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }

    @Override
    public void close() {
        try {
            LocalInput.delete(scratch);
        } catch (IOException e) {
            LOG.warn("{} stays behind: {}", scratch, e.getMessage());
        }
    }
}
