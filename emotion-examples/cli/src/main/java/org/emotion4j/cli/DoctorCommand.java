package org.emotion4j.cli;

import ai.djl.util.Utils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.emotion4j.chart.TimelineChart;
import org.emotion4j.cli.demo.SamplePortrait;
import org.emotion4j.cli.io.Console;
import org.emotion4j.cli.io.ErrorMessages;
import org.emotion4j.cli.io.ExitCode;
import org.emotion4j.cli.timeline.Charts;
import org.emotion4j.ffmpeg.VideoFrameSource;
import org.emotion4j.opencv.Camera;
import org.emotion4j.opencv.OpenCv;
import org.emotion4j.pipeline.EmotionPipeline;
import org.emotion4j.reading.FrameResult;
import org.emotion4j.spi.StageProvider;
import org.emotion4j.spi.Stages;
import org.emotion4j.stage.Stage;
import org.emotion4j.stage.StageException;
import org.emotion4j.stage.StageMetadata;
import org.emotion4j.stage.internal.NativeFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Says what works on this machine and what to do about what does not. */
@Command(
        name = "doctor",
        description = {
            "Checks native code, engines, models, folders and cameras of this machine.",
            "The exit code is 0 if the default pipeline works, else 1."
        })
final class DoctorCommand implements Callable<Integer> {
    private static final long SMALL_HEAP = 512L << 20;
    private static final long UNPACKED_ENGINE = 600L << 20;

    @Mixin
    private final Console console = new Console();

    /** What a check came to. */
    private enum Verdict {
        OK("ok"),
        NOTE("note"),
        FAIL("FAIL");

        private final String text;

        Verdict(String text) {
            this.text = text;
        }
    }

    @Override
    public Integer call() {
        say(Verdict.OK, "emotion4j", Version.text());
        say(Verdict.OK, "platform", Version.platform());
        java();
        fileNames();
        openCv();
        Stages.detectors().forEach(provider -> stage("detector", provider));
        Stages.landmarkDetectors().forEach(provider -> stage("landmarks", provider));
        engineCache();
        Stages.classifiers().forEach(provider -> stage("classifier", provider));
        ffmpeg();
        videoCache();
        cameras();
        fonts();
        return pipeline() ? ExitCode.OK : ExitCode.FAILURE;
    }

    private void java() {
        long heap = Runtime.getRuntime().maxMemory();
        String finding = Runtime.version() + " (" + System.getProperty("java.vendor") + "), heap up to "
                + mebibytes(heap) + ", " + Runtime.getRuntime().availableProcessors() + " processors";
        if (heap < SMALL_HEAP) {
            say(Verdict.NOTE, "Java", finding, "large pictures and FER2013 need more: java -Xmx1g -jar ...");
        } else {
            say(Verdict.OK, "Java", finding);
        }
    }

    private void fileNames() {
        String encoding = ErrorMessages.fileNameEncoding();
        if (ErrorMessages.isUtf8(encoding)) {
            say(Verdict.OK, "file names", encoding);
        } else {
            say(
                    Verdict.NOTE,
                    "file names",
                    encoding + ": names with other letters cannot be given, and results get \"_\" in their place",
                    ErrorMessages.UTF8_ADVICE);
        }
    }

    private void openCv() {
        try {
            say(Verdict.OK, "OpenCV", OpenCv.version() + ", native code loads");
        } catch (StageException | LinkageError e) {
            say(Verdict.FAIL, "OpenCV", firstLine(e), "pictures and the cascades need it");
        }
    }

    private void ffmpeg() {
        try {
            say(Verdict.OK, "FFmpeg", VideoFrameSource.runtime() + ", native code loads");
        } catch (StageException | LinkageError e) {
            say(Verdict.FAIL, "FFmpeg", firstLine(e), "videos, HEIC and AVIF need it");
        }
    }

    private void stage(String kind, StageProvider<? extends Stage> provider) {
        String name = kind + " " + provider.name();
        if (provider.priority() < 0) {
            say(
                    Verdict.NOTE,
                    name,
                    provider.description(),
                    "not tried: it is used with --" + kind + " " + provider.name() + "=MODEL");
            return;
        }
        try (Stage stage = provider.create()) {
            say(Verdict.OK, name, describe(stage.metadata(), isOurs(provider)));
        } catch (RuntimeException | LinkageError e) {
            say(Verdict.FAIL, name, firstLine(e), provider.description());
        }
    }

    /** Our own stages check their weights against the hash when they are made; what others do is not known. */
    private static boolean isOurs(StageProvider<?> provider) {
        return provider.getClass().getPackageName().matches("org\\.emotion4j\\.(opencv|djl|onnxruntime)(\\..*)?");
    }

    private static String describe(StageMetadata metadata, boolean isChecked) {
        List<String> parts = new ArrayList<>();
        metadata.version().ifPresent(version -> parts.add("version " + version));
        metadata.runtime().ifPresent(parts::add);
        metadata.license().ifPresent(parts::add);
        metadata.sha256()
                .ifPresent(hash -> parts.add("SHA-256 " + (isChecked ? "checked " : "") + hash.substring(0, 12)));
        return parts.isEmpty() ? metadata.name() : String.join(", ", parts);
    }

    /** DJL unpacks its native code here on first use. */
    private void engineCache() {
        Path folder;
        try {
            folder = Utils.getEngineCacheDir();
        } catch (RuntimeException | LinkageError e) {
            say(Verdict.FAIL, "engine cache", firstLine(e), "the classifiers need it");
            return;
        }
        String advice = "choose another folder with -DENGINE_CACHE_DIR=... or the variable of that name";
        try {
            Path existing = folder;
            while (!Files.exists(existing) && existing.getParent() != null) {
                existing = existing.getParent();
            }
            long free = Files.getFileStore(existing).getUsableSpace();
            String finding =
                    folder + (Files.exists(folder) ? "" : " (made on first use)") + ", " + mebibytes(free) + " free";
            Optional<String> why = NativeFolder.whyNotOwn(folder);
            if (why.isPresent()) {
                String then = isEngineCacheChosen()
                        ? ": PyTorch is not unpacked there and not loaded from there"
                        : ": a fresh folder is used instead";
                say(Verdict.NOTE, "engine cache", why.get() + then, advice);
            } else if (!Files.isDirectory(existing)) {
                say(Verdict.FAIL, "engine cache", existing + " is no folder", advice);
            } else if (!Files.isWritable(existing)) {
                say(Verdict.FAIL, "engine cache", folder + " cannot be written", advice);
            } else if (free < UNPACKED_ENGINE && !Files.exists(folder)) {
                say(Verdict.FAIL, "engine cache", finding + "; the engine needs 450 MiB", advice);
            } else {
                say(Verdict.OK, "engine cache", finding);
            }
        } catch (IOException e) {
            say(Verdict.FAIL, "engine cache", folder + ": " + ErrorMessages.of(e), advice);
        }
    }

    private static boolean isEngineCacheChosen() {
        return Stream.of("ENGINE_CACHE_DIR", "DJL_CACHE_DIR")
                .anyMatch(name -> System.getenv(name) != null || System.getProperty(name) != null);
    }

    /** JavaCPP unpacks FFmpeg here; what others can write is not used. */
    private void videoCache() {
        Path folder = Path.of(System.getProperty(
                "org.bytedeco.javacpp.cachedir",
                Path.of(System.getProperty("user.home"), ".javacpp", "cache").toString()));
        Optional<String> why = NativeFolder.whyNotOwn(folder);
        if (why.isPresent()) {
            String advice = "choose another folder with -Dorg.bytedeco.javacpp.cachedir=...";
            say(Verdict.NOTE, "video cache", why.get() + ": native code of FFmpeg is not loaded from there", advice);
        } else {
            say(Verdict.OK, "video cache", folder + ", written by nobody else");
        }
    }

    private void cameras() {
        List<Camera> cameras;
        try {
            cameras = Camera.list();
        } catch (StageException e) {
            say(Verdict.NOTE, "cameras", "not looked for", "OpenCV, which looks for them, does not load");
            return;
        }
        if (cameras.isEmpty()) {
            say(Verdict.NOTE, "cameras", "none", "pictures and videos need none");
        } else {
            String names = cameras.stream().map(Camera::toString).collect(Collectors.joining("; "));
            say(Verdict.OK, "cameras", names);
        }
    }

    private void fonts() {
        if (TimelineChart.hasWriting()) {
            say(Verdict.OK, "fonts", "charts can be written on");
        } else {
            say(Verdict.NOTE, "fonts", "none", Charts.NO_FONTS);
        }
    }

    /** The only check that decides: a face in, a reading out. */
    private boolean pipeline() {
        try (EmotionPipeline pipeline = EmotionPipeline.withDefaults();
                SamplePortrait portrait = SamplePortrait.load(SamplePortrait.NAMES.get(0))) {
            pipeline.warmUp();
            FrameResult result = pipeline.analyze(portrait.picture());
            if (result.readings().isEmpty()) {
                say(
                        Verdict.FAIL,
                        "default pipeline",
                        "no face in " + portrait.name(),
                        "it has one; please report this");
                return false;
            }
            say(
                    Verdict.OK,
                    "default pipeline",
                    String.format(
                            Locale.ROOT,
                            "%s in %.1f ms",
                            result.readings().get(0),
                            result.timings().totalNanos() / 1e6));
            return true;
        } catch (IOException | RuntimeException | LinkageError e) {
            say(Verdict.FAIL, "default pipeline", firstLine(e), "see the lines above that failed");
            return false;
        }
    }

    private void say(Verdict verdict, String what, String finding) {
        console.out().println(String.format(Locale.ROOT, "%-4s  %-22s %s", verdict.text, what, finding));
    }

    private void say(Verdict verdict, String what, String finding, String advice) {
        say(verdict, what, finding);
        console.out().println(" ".repeat(29) + advice);
    }

    private static String firstLine(Throwable e) {
        return ErrorMessages.message(e).lines().findFirst().orElse("");
    }

    private static String mebibytes(long bytes) {
        return (bytes >> 20) + " MiB";
    }
}
