package org.emotion4j.cli.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.emotion4j.cli.Cli;
import org.emotion4j.cli.io.Console;
import org.emotion4j.cli.io.ExitCode;
import org.emotion4j.cli.io.OutputFolder;
import org.emotion4j.frame.FrameSource;
import org.emotion4j.opencv.FrameSources;
import org.emotion4j.pipeline.EmotionPipeline;
import org.emotion4j.pipeline.SessionBuilder;
import org.emotion4j.reading.FrameResult;
import org.emotion4j.session.SessionRecorder;
import org.emotion4j.stage.StageMetadata;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** How a session of {@code analyze} ends. */
@Tag("native")
final class AnalyzeRunTest {
    @TempDir
    private Path folder;

    @Test
    void endsWithOneMessageWhenTheRecordCannotBeWrittenOn() throws IOException {
        Path film = Cli.film(folder.resolve("film.avi"), 50);
        FillingDisk disk = new FillingDisk();
        Printed command = new Printed();
        StringWriter messages = new StringWriter();
        new CommandLine(command).setErr(new PrintWriter(messages));
        Path results = folder.resolve("results");
        AnalyzeRun run = new AnalyzeRun(
                command.console,
                AnalyzeRun.Printing.JSON,
                true,
                Optional.empty(),
                false,
                "S",
                40_000_000,
                Duration.ofSeconds(1),
                OutputFolder.at(results),
                result -> {});
        try (EmotionPipeline pipeline = EmotionPipeline.withDefaults();
                FrameSource source = FrameSources.builder().build().open(film.toString())) {
            SessionBuilder session = pipeline.session(source).recorder(disk);
            assertThat(run.run(session, pipeline.settings(), film, 50)).isEqualTo(ExitCode.FAILURE);
        }
        assertThat(messages.toString().lines()).containsExactly("No space left on device");
        assertThat(disk.asked).isEqualTo(FillingDisk.ROOM + 1);
        assertThat(Cli.names(results)).isEmpty();
    }

    @Command
    private static final class Printed {
        @Mixin
        private final Console console = new Console();
    }

    private static final class FillingDisk implements SessionRecorder {
        private static final int ROOM = 3;
        private int asked;

        @Override
        public void record(FrameResult result) throws IOException {
            if (++asked > ROOM) {
                throw new IOException("No space left on device");
            }
        }

        @Override
        public StageMetadata metadata() {
            return StageMetadata.named("filling");
        }

        @Override
        public void close() {}
    }
}
