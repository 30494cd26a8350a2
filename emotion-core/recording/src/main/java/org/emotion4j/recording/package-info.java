/**
 * The record of a session on disk: who writes it ({@link org.emotion4j.recording.CsvSessionRecorder}; of two people
 * {@link org.emotion4j.recording.PairRecorder}), under which {@linkplain org.emotion4j.recording.Consent consent} and for how long,
 * encrypted or not ({@link org.emotion4j.recording.SessionCipher}), and who reads it back
 * ({@link org.emotion4j.recording.SessionReader}), also after a crash ({@link org.emotion4j.recording.SessionRecovery}). What people add
 * afterwards stands beside it ({@link org.emotion4j.recording.SessionNotes}). Folders of sessions are listed and erased by
 * {@link org.emotion4j.recording.SessionArchive}; tables, workbooks and JSON are written by
 * {@link org.emotion4j.recording.SessionExport}.
 *
 * <p>Nothing here can reach a picture. Not here: figures of a session ({@code org.emotion4j.analysis}).
 */
@NullMarked
package org.emotion4j.recording;

import org.jspecify.annotations.NullMarked;
