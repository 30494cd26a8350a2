package org.emotion4j.cli.analyze;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.emotion4j.cli.io.BadInputException;
import org.emotion4j.cli.io.Console;
import org.emotion4j.cli.io.Counted;
import org.emotion4j.cli.io.ErrorMessages;
import org.emotion4j.cli.io.ExitCode;
import org.emotion4j.cli.io.OutputFolder;
import org.emotion4j.cli.io.Progress;
import org.emotion4j.cli.options.KeyFile;
import org.emotion4j.cli.options.StageOptions;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.emotion.EmotionClassifier;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.face.BoundingBox;
import org.emotion4j.face.CropSpec;
import org.emotion4j.face.FaceCrop;
import org.emotion4j.file.internal.OutputFile;
import org.emotion4j.frame.Frame;
import org.emotion4j.frame.FrameBuffer;
import org.emotion4j.frame.FrameSource;
import org.emotion4j.frame.FrameUnreadableException;
import org.emotion4j.opencv.FrameSources;
import org.emotion4j.opencv.Pictures;
import org.emotion4j.pipeline.EmotionPipeline;
import org.emotion4j.reading.EmotionReading;
import org.emotion4j.recording.RecordedFrame;
import org.emotion4j.recording.SessionCipher;
import org.emotion4j.recording.SessionNotes.CorrectedLabel;
import org.emotion4j.recording.SessionReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Writes the faces of the stretches whose labels people have corrected, as a classifier gets them, into a folder for each label: data
 * to go on training with.
 */
@Command(
        name = "corrections",
        description = {
            "Writes the faces of the stretches whose labels were corrected in a review, a folder a label, as 'train"
                    + " --data' reads them. The film has to be there.",
            "Stretches that were corrected to no clear expression are left out. What is there already is never"
                    + " overwritten."
        })
public final class CorrectionsCommand implements Callable<Integer> {
    /** Records have times to the microsecond. */
    private static final long TOLERANCE_NANOS = 1_500_000;

    @Mixin
    private final Console console = new Console();

    @Mixin
    private final StageOptions.DetectorOption detector = new StageOptions.DetectorOption();

    @Mixin
    private final StageOptions.ClassifierOption classifier = new StageOptions.ClassifierOption();

    @Parameters(arity = "1", paramLabel = "SESSION", description = "The session's folder.")
    private Path session = Path.of("");

    @Option(names = "--film", paramLabel = "FILE", description = "The film, where it is not where the record says.")
    private Optional<Path> film = Optional.empty();

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "The folder for the folders of labels.")
    private Path out = Path.of("");

    @Option(
            names = "--per-second",
            paramLabel = "N",
            description = "At most so many pictures of a second, above 0 to 100; default: ${DEFAULT-VALUE}. Neighbors"
                    + " differ little.")
    private double perSecond = 2;

    @Option(names = "--key", paramLabel = "FILE", description = "The file with the key of an encrypted session.")
    private Optional<Path> key = Optional.empty();

    private final Map<Emotion, Integer> written = new EnumMap<>(Emotion.class);
    private int notFound;
    private int exitCode = ExitCode.OK;

    /** A frame of the record in a stretch that was corrected. */
    private record Wanted(long nanos, BoundingBox box, Emotion label, String origin) {}

    @Override
    public Integer call() throws IOException {
        if (!(perSecond > 0 && perSecond <= 100)) {
            throw console.usage("--per-second is " + perSecond + ", expected above 0 to 100");
        }
        String id;
        List<Wanted> wanted;
        try (SessionReader reader = open()) {
            id = reader.info().sessionId();
            wanted = wanted(reader);
        }
        if (wanted.isEmpty()) {
            console.out().println(session + ": no label was corrected to an expression; nothing is written");
            return ExitCode.OK;
        }
        Path from = film.orElse(Path.of(wanted.get(0).origin()));
        if (!Files.exists(from)) {
            throw new NoSuchFileException(
                    from.toString(), null, "the session's film is not there; say where it is with --film FILE");
        }
        write(from, id.replaceAll("[^A-Za-z0-9._-]", "_"), wanted);
        String what = written.entrySet().stream()
                .map(each -> each.getValue() + " " + each.getKey().label())
                .collect(Collectors.joining(", "));
        console.out().println(what.isEmpty() ? "no face was found again in " + from : what + ", in " + out);
        if (notFound > 0) {
            console.err()
                    .println(from + ": in " + Counted.of(notFound, "picture")
                            + " the face of the record was not found again, or there was no picture at its time");
            exitCode = ExitCode.BAD_INPUT;
        }
        return exitCode;
    }

    private SessionReader open() throws IOException {
        Optional<SessionCipher> cipher = key.map(KeyFile::read);
        return SessionReader.open(session, cipher);
    }

    /** The frames of the stretches, none nearer to the one before than was asked for. */
    private List<Wanted> wanted(SessionReader reader) throws IOException {
        List<CorrectedLabel> labels = reader.notes().correctedLabels();
        long apart = Math.round(1e9 / perSecond) - TOLERANCE_NANOS;
        List<Wanted> wanted = new ArrayList<>();
        for (Optional<RecordedFrame> next = reader.next(); next.isPresent(); next = reader.next()) {
            RecordedFrame frame = next.get();
            Optional<BoundingBox> box =
                    frame.subject().map(EmotionReading::face).map(face -> face.box());
            Optional<Emotion> label = labels.stream()
                    .filter(each -> each.covers(frame.mediaNanos()))
                    .findFirst()
                    .flatMap(CorrectedLabel::label);
            boolean near = !wanted.isEmpty()
                    && frame.mediaNanos() - wanted.get(wanted.size() - 1).nanos() < apart;
            if (box.isPresent() && label.isPresent() && !near) {
                wanted.add(new Wanted(frame.mediaNanos(), box.get(), label.get(), frame.origin()));
            }
        }
        return wanted;
    }

    private void write(Path from, String name, List<Wanted> wanted) throws IOException {
        CropSpec spec;
        try (EmotionClassifier asked = classifier.create()) {
            spec = asked.cropSpec();
        }
        Tap tap = new Tap(spec);
        try (EmotionPipeline pipeline = EmotionPipeline.builder()
                        .detector(detector.create())
                        .classifier(tap)
                        .build();
                FrameBuffer buffer = FrameBuffer.standalone();
                Progress progress = Progress.of("corrections", wanted.size())) {
            FilmAt film = new FilmAt(from, buffer);
            try {
                for (Wanted each : wanted) {
                    tap.crops.clear();
                    boolean found = film.go(each.nanos());
                    if (found) {
                        try (Frame frame = Pictures.toFrame(Pictures.toBufferedImage(buffer))) {
                            pipeline.analyze(frame);
                            found = write(tap.crops, each, name);
                        }
                    }
                    notFound += found ? 0 : 1;
                    progress.step();
                }
            } finally {
                film.close();
            }
        }
    }

    /** Writes the crop that is cut where the record has the face. */
    private boolean write(List<FaceCrop> crops, Wanted wanted, String name) throws IOException {
        Optional<FaceCrop> face = crops.stream()
                .filter(crop -> isAt(crop, wanted.box()))
                .min((one, other) -> Double.compare(away(one, wanted.box()), away(other, wanted.box())));
        if (face.isEmpty()) {
            return false;
        }
        OutputFolder folder = OutputFolder.at(out.resolve(wanted.label().label()));
        Path file = folder.file(name + "-" + wanted.nanos() / 1_000_000 + ".png");
        try {
            OutputFile.write(file, Pictures.encodePng(face.get()));
            written.merge(wanted.label(), 1, Integer::sum);
        } catch (IOException e) {
            console.err().println(ErrorMessages.message(ErrorMessages.notWritten(file, e)));
            exitCode = ExitCode.BAD_INPUT;
        }
        return true;
    }

    private static boolean isAt(FaceCrop crop, BoundingBox box) {
        return away(crop, box) < Math.min(crop.width(), crop.height()) / 2.0;
    }

    /** How far the middle of the record's face lies from the middle of a crop, in pixels of the crop. */
    private static double away(FaceCrop crop, BoundingBox box) {
        double x = crop.fromFrame().applyX(box.centerX(), box.centerY());
        double y = crop.fromFrame().applyY(box.centerX(), box.centerY());
        return Math.hypot(x - crop.width() / 2.0, y - crop.height() / 2.0);
    }

    /** The pictures of a film at times that go on. */
    private static final class FilmAt {
        private static final long READ_ON_NANOS = 3_000_000_000L;

        private final Path file;
        private final FrameBuffer buffer;
        private Optional<FrameSource> source = Optional.empty();
        private boolean anyRead;
        private boolean isOver;

        FilmAt(Path file, FrameBuffer buffer) {
            this.file = file;
            this.buffer = buffer;
        }

        /** Reads the picture of a moment; false where the film has none at that very time. */
        boolean go(long nanos) throws IOException {
            if (isOver || !isNear(nanos) && !seek(nanos)) {
                return false;
            }
            while (!anyRead || buffer.mediaNanos() < nanos - TOLERANCE_NANOS) {
                try {
                    anyRead = source.orElseThrow().read(buffer);
                    isOver = !anyRead;
                } catch (FrameUnreadableException e) {
                    return false;
                }
                if (isOver) {
                    return false;
                }
            }
            return buffer.mediaNanos() <= nanos + TOLERANCE_NANOS;
        }

        private boolean isNear(long nanos) {
            return source.isPresent() && anyRead && nanos - buffer.mediaNanos() <= READ_ON_NANOS;
        }

        /** False behind the film's end. What does not open from its beginning either is no film. */
        private boolean seek(long nanos) throws IOException {
            close();
            try {
                source = Optional.of(open(Math.max(0, nanos - TOLERANCE_NANOS)));
                return true;
            } catch (IOException e) {
                open(0).close();
                isOver = true;
                return false;
            }
        }

        private FrameSource open(long fromNanos) throws IOException {
            FrameSources.Builder part = FrameSources.builder();
            if (fromNanos > 0) {
                part.from(Duration.ofNanos(fromNanos));
            }
            try {
                return part.build().open(file.toString());
            } catch (IllegalArgumentException e) {
                throw new BadInputException(file + " is no film; a session of pictures has no stretches", e);
            }
        }

        void close() {
            source.ifPresent(FrameSource::close);
            source = Optional.empty();
            anyRead = false;
        }
    }

    /** Stands where the classifier would stand and keeps what it is given. */
    private static final class Tap implements EmotionClassifier {
        private final CropSpec spec;
        private final List<FaceCrop> crops = new ArrayList<>();

        Tap(CropSpec spec) {
            this.spec = spec;
        }

        @Override
        public CropSpec cropSpec() {
            return spec;
        }

        @Override
        public EmotionScores classify(FaceCrop crop) {
            crops.add(crop);
            return EmotionScores.uniform();
        }
    }
}
