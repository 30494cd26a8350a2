/**
 * Sessions as rows of a study: {@link org.emotion4j.study.StudyTable} makes a table for SPSS, R and their like, a row a session and a
 * column a {@link org.emotion4j.study.StudyVariable}, with the codebook that explains it and the syntax by which SPSS reads it.
 *
 * <p>Not here: the figures themselves ({@code org.emotion4j.analysis}), and a session frame by frame
 * ({@code org.emotion4j.recording.SessionExport}).
 */
@NullMarked
package org.emotion4j.study;

import org.jspecify.annotations.NullMarked;
