/**
 * A camera for tests, where there is none: a library of ours, preloaded into a program, answers for {@code /dev/video9}
 * what a V4L2 driver would, so that OpenCV's own backend and all that is above it are the real ones.
 */
package org.emotion4j.opencv.fakecamera;
