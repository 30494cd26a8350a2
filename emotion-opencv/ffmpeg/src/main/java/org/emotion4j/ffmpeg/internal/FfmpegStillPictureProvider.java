package org.emotion4j.ffmpeg.internal;

import java.nio.ByteBuffer;
import org.emotion4j.ffmpeg.StillPictureDecoder;
import org.emotion4j.frame.FrameBuffer;
import org.emotion4j.frame.FrameUnreadableException;
import org.emotion4j.spi.StillPictureProvider;

/** HEIC and AVIF by FFmpeg. */
public final class FfmpegStillPictureProvider implements StillPictureProvider {
    /** Called by {@link java.util.ServiceLoader}. */
    public FfmpegStillPictureProvider() {}

    @Override
    public void read(ByteBuffer file, String origin, FrameBuffer target) throws FrameUnreadableException {
        StillPictureDecoder.read(file, origin, target);
    }
}
