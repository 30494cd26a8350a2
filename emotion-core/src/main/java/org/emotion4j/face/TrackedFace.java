package org.emotion4j.face;

/**
 * A detected face and who it is within this session. An id is never used again in the same session, and nothing that
 * identifies a person is computed.
 *
 * @param id 1 or more, in order of first appearance
 * @param face what the detector found in this frame
 */
public record TrackedFace(int id, DetectedFace face) {}
