/**
 * Frames from video files ({@link org.emotion4j.opencv.video.VideoFrameSource}), decoded by FFmpeg's libraries. OpenCV
 * has no part in it: its build for Linux reads neither MP4 nor WebM.
 *
 * <p>Not here: cameras and pictures ({@link org.emotion4j.opencv}), sound, and writing video.
 */
@NullMarked
package org.emotion4j.opencv.video;

import org.jspecify.annotations.NullMarked;
