package org.emotion4j.spark;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;

/** Runs the job in this process, as {@code archive --master local[2]} does. */
record Job(int exitCode, String out, String err) {
    static Job run(Object... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        List<String> all = new ArrayList<>(List.of("--master", "local[2]"));
        for (Object arg : args) {
            all.add(arg.toString());
        }
        CommandLine command = ArchiveJob.commandLine();
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        int exitCode = command.execute(all.toArray(String[]::new));
        return new Job(exitCode, out.toString(), err.toString());
    }

    /** All rows of a table in CSV, by path and in the order of their film. */
    static List<NamedCsvRecord> rows(Path out, Table table) throws IOException {
        List<NamedCsvRecord> rows = new ArrayList<>();
        for (Path part : parts(out, table)) {
            try (CsvReader<NamedCsvRecord> csv = CsvReader.builder().ofNamedCsvRecord(part)) {
                csv.forEach(rows::add);
            }
        }
        return rows;
    }

    /** The values of one column. */
    static List<String> column(Path out, Table table, String name) throws IOException {
        return rows(out, table).stream().map(row -> row.getField(name)).toList();
    }

    /** The files of a table; hidden ones, such as Hadoop's checksums, are none. */
    static List<Path> parts(Path out, Table table) throws IOException {
        try (Stream<Path> files = Files.list(out.resolve(table.folder()))) {
            return files.filter(file -> !file.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        }
    }
}
