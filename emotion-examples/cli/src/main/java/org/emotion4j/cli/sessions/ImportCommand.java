package org.emotion4j.cli.sessions;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.emotion4j.annotation.AnnotationFormatException;
import org.emotion4j.annotation.AnnotationImport;
import org.emotion4j.cli.io.BadInputException;
import org.emotion4j.cli.io.Console;
import org.emotion4j.cli.io.Counted;
import org.emotion4j.cli.io.ErrorMessages;
import org.emotion4j.recording.SessionCipher;
import org.emotion4j.recording.SessionNote;
import org.emotion4j.recording.SessionNotes;
import org.emotion4j.recording.SessionReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Takes back what people annotated elsewhere. */
@Command(
        name = "import",
        description = {
            "Takes markers, corrected labels and notes from a file of ELAN (.eaf) or BORIS (.boris) back into a session, as its"
                    + " notes; the record stays as it is.",
            "Tier or behavior \"marker\" becomes markers, \"corrected expression\" corrected labels, \"note\" and every tier of"
                    + " your own notes; what came from the record is passed over, and so is what the session has already.",
            "A file of another session, another film or with times after the session's end is refused."
        })
public final class ImportCommand implements Callable<Integer> {
    @Mixin
    private final Console console = new Console();

    @Mixin
    private final SessionAccess access = new SessionAccess();

    @Parameters(paramLabel = "SESSION", description = "Folder of the session.")
    private Path session = Path.of("");

    @Option(names = "--from", required = true, paramLabel = "FILE", description = "A file that ends in .eaf or .boris.")
    private Path file = Path.of("");

    @Option(names = "--by", required = true, paramLabel = "NAME", description = "Who annotated, as the notes will say.")
    private String by = "";

    @Option(
            names = "--observation",
            paramLabel = "NAME",
            description = "Of a project of BORIS: which observation; without it the one with the session's id.")
    private Optional<String> observation = Optional.empty();

    @Option(names = "--dry-run", description = "Say what would be added, and add nothing.")
    private boolean dry;

    @Override
    public Integer call() throws IOException {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        boolean boris = name.endsWith(".boris");
        if (!boris && !name.endsWith(".eaf")) {
            throw console.usage("--from wants a file of ELAN (.eaf) or BORIS (.boris), not " + file.getFileName());
        }
        if (observation.isPresent() && !boris) {
            throw console.usage("--observation belongs to a project of BORIS");
        }
        if (!Files.isDirectory(session)) {
            throw new BadInputException(session + ": notes are added to the folder of a session, and this is none");
        }
        access.withoutBar();
        return access.eachRead(List.of(session), "import", console, this::take);
    }

    private void take(Path folder, SessionReader reader) throws IOException {
        AnnotationImport found;
        try (InputStream source = new BufferedInputStream(Files.newInputStream(file))) {
            found = file.toString().toLowerCase(Locale.ROOT).endsWith(".boris")
                    ? AnnotationImport.boris(source, observation, reader, by)
                    : AnnotationImport.elan(source, reader, by);
        } catch (AnnotationFormatException e) {
            throw new BadInputException(file + ": " + ErrorMessages.message(e), e);
        }
        if (dry) {
            found.additions().forEach(note -> console.out().println(line(note)));
        } else {
            Optional<SessionCipher> cipher = access.cipher();
            found.addTo(
                    reader.info().encrypted() && cipher.isPresent()
                            ? SessionNotes.of(folder, cipher.get())
                            : SessionNotes.of(folder));
        }
        console.out()
                .println(folder + ": " + Counted.of(found.additions().size(), "annotation")
                        + (dry ? " would be added" : " added") + ", " + found.known() + " there already, "
                        + found.generated() + " from the record itself");
    }

    private static String line(SessionNote note) {
        double from = note.fromNanos().getAsLong() / 1e9;
        String to = note.toNanos().isPresent()
                ? String.format(Locale.ROOT, "-%.3f", note.toNanos().getAsLong() / 1e9)
                : "";
        String what = note.kind() == SessionNote.Kind.LABEL
                ? note.label().map(label -> label.label()).orElse("no clear expression")
                : note.text();
        return String.format(Locale.ROOT, "%s %.3f%s s: %s", note.kind().code(), from, to, what);
    }
}
