package org.emotion4j.cli.sessions;

import java.io.IOException;
import java.nio.file.Path;
import org.emotion4j.cli.io.BadInputException;
import org.emotion4j.cli.io.Console;
import org.emotion4j.cli.io.ErrorMessages;
import org.emotion4j.file.internal.OutputFile;
import org.emotion4j.study.StudyTable;

/** Writes sessions for statistics programs: the table, its codebook, and the syntax for SPSS. */
final class StudyFiles {
    private static final String CSV = ".csv";

    private final Console console;
    private boolean any;

    StudyFiles(Console console) {
        this.console = console;
    }

    int write(Sessions sessions, Path file) throws IOException {
        String name = file.getFileName().toString();
        if (!name.endsWith(CSV)) {
            throw console.usage("--format study wants an --out that ends in .csv, not " + name);
        }
        String stem = name.substring(0, name.length() - CSV.length());
        Path codebook = file.resolveSibling(stem + "-codebook.csv");
        Path syntax = file.resolveSibling(stem + ".sps");
        OutputFile.requireFree(codebook);
        OutputFile.requireFree(syntax);
        StudyTable table = new StudyTable();
        int exitCode = sessions.eachRead("export", console, (path, reader) -> {
            table.add(reader);
            any = true;
            console.out().println(path + ": a row of the study");
        });
        if (!any) {
            throw new BadInputException("none of the sessions can be read; nothing was written");
        }
        try {
            OutputFile.write(file, table::writeCsv);
            OutputFile.write(codebook, table::writeCodebook);
            OutputFile.write(syntax, target -> table.writeSyntax(name, target));
        } catch (IOException e) {
            throw ErrorMessages.notWritten(file, e);
        }
        console.out()
                .println(table.variables().size() + " variables; " + codebook.getFileName() + " explains them, "
                        + syntax.getFileName() + " reads them into SPSS");
        return exitCode;
    }
}
