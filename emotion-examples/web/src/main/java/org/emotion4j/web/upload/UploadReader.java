package org.emotion4j.web.upload;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.emotion4j.file.FileKind;
import org.emotion4j.frame.Frame;
import org.emotion4j.frame.FrameUnreadableException;
import org.emotion4j.opencv.PictureTooLargeException;
import org.emotion4j.opencv.Pictures;
import org.emotion4j.pipeline.EmotionPipeline;
import org.emotion4j.reading.FrameResult;
import org.emotion4j.web.ReadingsJson;
import org.emotion4j.web.WebProperties;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.multipart.MultipartFile;

/**
 * Reads an upload, which is told by its first bytes and never by its name or by what the caller calls it. Pictures are decoded
 * in memory; of a film see {@link FilmReader}. Thread-safe.
 */
@Component
final class UploadReader {
    private static final int START = 1_024;

    private final EmotionPipeline pipeline;
    private final FilmReader films;
    private final WebProperties.Upload limits;

    UploadReader(EmotionPipeline pipeline, WebProperties properties, TemporaryFolder folder) {
        this.pipeline = pipeline;
        this.limits = properties.upload();
        this.films = new FilmReader(pipeline, limits, folder);
    }

    /**
     * Reads it.
     *
     * @param partial whether a damaged film is read as far as it goes
     * @throws UnusableUpload if it cannot be read or is more than is allowed
     * @throws IOException if whoever watches is gone, or the upload cannot be taken from the request
     */
    Analysis read(MultipartFile upload, boolean partial, Progress progress) throws UnusableUpload, IOException {
        FileKind kind = kindOf(upload);
        if (kind.isVideo()) {
            return films.read(upload, partial, progress);
        }
        if (kind.isPicture()) {
            return picture(upload);
        }
        throw new UnusableUpload(
                kind == FileKind.EMPTY ? HttpStatus.UNPROCESSABLE_CONTENT : HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                "this is " + kind.words()
                        + "; pictures (JPEG, PNG, BMP, GIF, TIFF, WebP, HEIC, AVIF) and films are read");
    }

    private static FileKind kindOf(MultipartFile upload) throws IOException {
        try (InputStream in = upload.getInputStream()) {
            return FileKind.of(ByteBuffer.wrap(in.readNBytes(START)));
        }
    }

    private Analysis picture(MultipartFile upload) throws UnusableUpload, IOException {
        try (Frame frame = Pictures.decode(upload.getBytes(), limits.maxPixels())) {
            FrameResult result = pipeline.analyze(frame);
            return new Analysis(
                    "picture",
                    result.width(),
                    result.height(),
                    1,
                    result.readings().isEmpty() ? 1 : 0,
                    Analysis.written(ReadingsJson.of(result)),
                    null);
        } catch (PictureTooLargeException e) {
            throw new UnusableUpload(HttpStatus.CONTENT_TOO_LARGE, reason(e));
        } catch (FrameUnreadableException e) {
            throw new UnusableUpload(HttpStatus.UNPROCESSABLE_CONTENT, reason(e));
        }
    }

    /** The library's words without what it calls the file, which says nothing to a caller and can be a temporary path. */
    static String reason(FrameUnreadableException e) {
        return String.valueOf(e.getMessage()).replace(e.origin() + ": ", "");
    }
}
