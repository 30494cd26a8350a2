package org.emotion4j.ffmpeg.internal;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.emotion4j.ffmpeg.NetworkFrameSource;
import org.emotion4j.ffmpeg.VideoFrameSource;
import org.emotion4j.frame.FrameSource;
import org.emotion4j.spi.VideoProvider;

/** Videos by FFmpeg, and addresses where they are allowed. */
public final class FfmpegVideoProvider implements VideoProvider {
    /** Called by {@link java.util.ServiceLoader}. */
    public FfmpegVideoProvider() {}

    @Override
    public FrameSource open(Path file, Part part) throws IOException {
        VideoFrameSource.Builder video = VideoFrameSource.builder(file);
        part.from().ifPresent(video::from);
        part.to().ifPresent(video::to);
        part.framesPerSecond().ifPresent(video::framesPerSecond);
        return video.open();
    }

    @Override
    public FrameSource openAddress(URI address) throws IOException {
        return NetworkFrameSource.open(address);
    }
}
