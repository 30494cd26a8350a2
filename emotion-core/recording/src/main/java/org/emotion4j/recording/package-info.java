/**
 * The record of a session on disk: who writes it ({@link org.emotion4j.recording.CsvSessionRecorder}), in which form, for how
 * long, encrypted or not, and who reads it back ({@link org.emotion4j.recording.SessionReader}), also after a crash. Nothing
 * here can reach a picture.
 */
@NullMarked
package org.emotion4j.recording;

import org.jspecify.annotations.NullMarked;
