/**
 * Frames from video files ({@link org.emotion4j.ffmpeg.VideoFrameSource}), and HEIC and AVIF pictures, decoded by FFmpeg's
 * libraries. What opens files of all kinds finds both by {@link org.emotion4j.spi.VideoProvider} and
 * {@link org.emotion4j.spi.StillPictureProvider}.
 *
 * <p>Not here: cameras and other pictures (emotion-opencv), sound, and writing video.
 */
@NullMarked
package org.emotion4j.ffmpeg;

import org.jspecify.annotations.NullMarked;
