/**
 * Frames from video files ({@link org.emotion4j.ffmpeg.VideoFrameSource}), from network cameras and films on servers where the caller
 * allows the network ({@link org.emotion4j.ffmpeg.NetworkFrameSource}), and HEIC and AVIF pictures, decoded by FFmpeg's
 * libraries. What opens files of all kinds finds videos and pictures by {@link org.emotion4j.spi.VideoProvider} and
 * {@link org.emotion4j.spi.StillPictureProvider}.
 *
 * <p>Not here: cameras of this machine and other pictures (emotion-opencv), sound, and writing video.
 */
@NullMarked
package org.emotion4j.ffmpeg;

import org.jspecify.annotations.NullMarked;
