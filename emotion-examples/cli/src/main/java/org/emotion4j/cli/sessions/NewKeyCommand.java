package org.emotion4j.cli.sessions;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.emotion4j.cli.io.BadInputException;
import org.emotion4j.cli.io.Console;
import org.emotion4j.cli.io.ErrorMessages;
import org.emotion4j.cli.io.ExitCode;
import org.emotion4j.cli.options.KeyFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Makes a key for sessions. */
@Command(
        name = "new-key",
        description = {
            "Makes a new key for encrypted sessions (AES-256-GCM, a keyset of Google Tink's) in a file that only you can"
                    + " read.",
            "Keep it elsewhere than the sessions, and keep a copy: without it they cannot be opened. An existing file is"
                    + " never replaced."
        })
public final class NewKeyCommand implements Callable<Integer> {
    @Mixin
    private final Console console = new Console();

    @Parameters(paramLabel = "FILE", description = "The new file.")
    private Path file = Path.of("");

    @Override
    public Integer call() {
        try {
            KeyFile.create(file);
        } catch (FileAlreadyExistsException e) {
            throw new BadInputException(file + ": there is a file of that name, and a key is never replaced", e);
        } catch (IOException e) {
            throw ErrorMessages.notWritten(file, e);
        }
        console.out().println(file);
        return ExitCode.OK;
    }
}
