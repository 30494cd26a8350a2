package org.emotion4j.cli;

import java.awt.GraphicsEnvironment;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.emotion4j.cli.io.Console;
import org.emotion4j.cli.io.ExitCode;
import org.emotion4j.cli.options.KeyFile;
import org.emotion4j.spi.StageProvider;
import org.emotion4j.spi.Stages;
import org.emotion4j.stage.StageException;
import org.emotion4j.window.ClinicianWindow;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Opens the clinician's window. */
@Command(
        name = "gui",
        description = {
            "Opens a window for sessions before a camera or with a recording: the picture, the expression, the"
                    + " timeline, and the summary afterwards.",
            "Of faces and readings nothing is stored unless recording is switched on in the window."
        })
final class GuiCommand implements Callable<Integer> {
    /** The name on the command line. */
    static final String NAME = "gui";

    @Mixin
    private final Console console = new Console();

    @Parameters(
            arity = "0..1",
            paramLabel = "INPUT",
            description = "What to open at once: a video, a picture, a folder or camera:0.")
    private Optional<String> input = Optional.empty();

    @Option(
            names = "--sessions",
            paramLabel = "DIR",
            description = "The folder for recorded sessions (default: emotion4j-sessions in the user's home).")
    private Path sessions = Path.of(System.getProperty("user.home"), "emotion4j-sessions");

    @Option(names = "--dark", description = "Light on dark.")
    private boolean dark;

    @Option(
            names = "--language",
            paramLabel = "LANG",
            description = "en or es; by default the system's where there are texts in it, else English.")
    private Optional<String> language = Optional.empty();

    @Option(names = "--detector", paramLabel = "NAME", description = "Who finds the faces at the start.")
    private Optional<String> detector = Optional.empty();

    @Option(names = "--classifier", paramLabel = "NAME", description = "Who scores the expressions at the start.")
    private Optional<String> classifier = Optional.empty();

    @Option(
            names = "--review",
            paramLabel = "SESSION",
            description = "Look at a recorded session: its film, its timeline, notes and corrections.")
    private Optional<Path> review = Optional.empty();

    @Option(names = "--key", paramLabel = "FILE", description = "Opens encrypted sessions for a review.")
    private Optional<Path> key = Optional.empty();

    @Override
    public Integer call() throws InterruptedException {
        detector.ifPresent(name -> require("--detector", name, Stages.detectors()));
        classifier.ifPresent(name -> require("--classifier", name, Stages.classifiers()));
        if (review.isPresent() && input.isPresent()) {
            throw console.usage("--review shows a recorded session with its own film: leave " + input.get() + " out");
        }
        if (GraphicsEnvironment.isHeadless()) {
            throw new StageException("there is no display for a window; 'analyze' works without one");
        }
        ClinicianWindow window = ClinicianWindow.open(new ClinicianWindow.Options(
                dark ? ClinicianWindow.Look.DARK : ClinicianWindow.Look.LIGHT,
                language.map(Locale::forLanguageTag).orElseGet(Locale::getDefault),
                sessions.toAbsolutePath(),
                input,
                detector,
                classifier,
                review,
                key.map(KeyFile::read)));
        window.awaitClosed();
        return ExitCode.OK;
    }

    private void require(String option, String name, List<? extends StageProvider<?>> providers) {
        List<String> names = providers.stream()
                .filter(provider -> provider.priority() >= 0)
                .map(StageProvider::name)
                .toList();
        if (!names.contains(name)) {
            throw console.usage(option + " is " + name + ", expected one of " + String.join(", ", names));
        }
    }
}
