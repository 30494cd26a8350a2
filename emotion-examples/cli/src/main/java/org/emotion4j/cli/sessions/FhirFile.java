package org.emotion4j.cli.sessions;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.emotion4j.cli.io.BadInputException;
import org.emotion4j.cli.io.Console;
import org.emotion4j.cli.io.ErrorMessages;
import org.emotion4j.fhir.FhirExport;
import org.emotion4j.file.internal.OutputFile;
import picocli.CommandLine.Option;

/** Writes a session for a hospital's system. */
final class FhirFile {
    @Option(
            names = "--identifier-system",
            paramLabel = "URI",
            description = "For fhir: the system in which the person's pseudonym is one, an absolute address.")
    private Optional<URI> identifierSystem = Optional.empty();

    @Option(
            names = "--filmed-at",
            paramLabel = "TIME",
            description = "For fhir: when a film was begun, as 2026-11-30T10:15:00Z; a film does not say it.")
    private Optional<Instant> filmedAt = Optional.empty();

    private boolean any;

    boolean isAsked() {
        return identifierSystem.isPresent() || filmedAt.isPresent();
    }

    int write(Sessions sessions, Path file, Console console) throws IOException {
        if (sessions.paths().size() != 1) {
            throw console.usage("--format fhir writes one session to a file; "
                    + sessions.paths().size() + " were named");
        }
        FhirExport export = export(console);
        try {
            int[] exitCode = new int[1];
            OutputFile.write(file, target -> {
                Writer text = new OutputStreamWriter(target, StandardCharsets.UTF_8);
                exitCode[0] = sessions.eachRead("export", console, (path, reader) -> {
                    export.write(reader, text);
                    any = true;
                    console.out().println(path + ": a bundle of FHIR R4");
                });
                if (!any) {
                    throw new BadInputException("the session cannot be read; nothing was written");
                }
            });
            return exitCode[0];
        } catch (IOException e) {
            throw ErrorMessages.notWritten(file, e);
        }
    }

    private FhirExport export(Console console) {
        try {
            FhirExport export = FhirExport.ofDefaults();
            export = identifierSystem.isPresent() ? export.identifierSystem(identifierSystem.get()) : export;
            return filmedAt.isPresent() ? export.filmedAt(filmedAt.get()) : export;
        } catch (IllegalArgumentException e) {
            throw console.usage("--identifier-system: " + ErrorMessages.message(e));
        }
    }
}
