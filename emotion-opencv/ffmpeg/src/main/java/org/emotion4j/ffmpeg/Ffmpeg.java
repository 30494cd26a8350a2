package org.emotion4j.ffmpeg;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.javacpp.Loader;
import org.emotion4j.stage.StageException;
import org.emotion4j.stage.internal.LoadingFailure;
import org.emotion4j.stage.internal.NativeFolder;

/** FFmpeg's libraries, loaded once for each class loader that holds this class. Thread-safe. */
final class Ffmpeg {
    private static final String CACHE = "org.bytedeco.javacpp.cachedir";

    private Ffmpeg() {}

    /**
     * Loads the libraries, unless that was done. JavaCPP unpacks them from the jars on the class path into its cache,
     * {@code ~/.javacpp/cache} or the system property {@code org.bytedeco.javacpp.cachedir}. FFmpeg's own messages on
     * standard error are switched off, unless the host has set another log level than FFmpeg's default.
     *
     * @throws StageException if they are not there or do not load; each later call throws it again
     */
    static void load() {
        if (Native.FAILURE.length > 0) {
            throw failure(Native.FAILURE[0], hasLibraries());
        }
    }

    /**
     * Each reason in its own sentence.
     *
     * @param isThere whether the libraries of this platform are on the class path
     */
    static StageException failure(Throwable cause, boolean isThere) {
        String missing =
                "put on the class path, for this platform: org.bytedeco:javacpp and org.bytedeco:ffmpeg with the"
                        + " classifier " + platform() + ", in the versions of Emotion4J's bill of materials";
        String refused = "it is on the class path, and unpacked into " + System.getProperty(CACHE)
                + " (-D" + CACHE + "=DIR), which has to be writable and to allow native code; else it is this system"
                + " that refuses it";
        return new StageException(
                "FFmpeg's native code does not load (" + LoadingFailure.innermost(cause) + "); "
                        + LoadingFailure.advice(cause, CACHE).orElse(isThere ? refused : missing),
                cause);
    }

    private static boolean hasLibraries() {
        return Ffmpeg.class
                        .getClassLoader()
                        .getResource("org/bytedeco/ffmpeg/" + platform() + "/" + System.mapLibraryName("jniavutil"))
                != null;
    }

    /** The version of the libraries, for records. */
    static String version() {
        load();
        return "FFmpeg " + avutil.av_version_info().getString(StandardCharsets.UTF_8);
    }

    /** FFmpeg's own words for an error code. */
    static String message(int error) {
        byte[] text = new byte[avutil.AV_ERROR_MAX_STRING_SIZE];
        avutil.av_strerror(error, text, text.length);
        int length = 0;
        while (length < text.length && text[length] != 0) {
            length++;
        }
        return new String(text, 0, length, StandardCharsets.UTF_8);
    }

    private static String platform() {
        try {
            return Loader.getPlatform();
        } catch (LinkageError e) {
            return System.getProperty("os.name") + "-" + System.getProperty("os.arch");
        }
    }

    /** Its initializer runs once, on whichever thread comes first; the others wait for it. */
    private static final class Native {
        static final Throwable[] FAILURE = tryToLoad();

        private Native() {}

        /** JavaCPP would go over to a name known beforehand in the shared temporary folder. */
        private static void unpackToOwnFolder() {
            Optional<Path> chosen =
                    Optional.ofNullable(System.getProperty(CACHE)).map(Path::of);
            Path usual = Path.of(System.getProperty("user.home"), ".javacpp", "cache");
            System.setProperty(CACHE, NativeFolder.choose(chosen, usual, CACHE).toString());
        }

        private static Throwable[] tryToLoad() {
            try {
                unpackToOwnFolder();
                Loader.load(avutil.class);
                Loader.load(avcodec.class);
                Loader.load(avformat.class);
                Loader.load(swscale.class);
                if (avutil.av_log_get_level() == avutil.AV_LOG_INFO) {
                    avutil.av_log_set_level(avutil.AV_LOG_QUIET);
                }
                return new Throwable[0];
            } catch (RuntimeException | LinkageError failure) {
                return new Throwable[] {failure};
            }
        }
    }
}
