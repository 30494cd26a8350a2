/**
 * What builders check, weights files, the shape of ONNX files, natives' folders and idle cores: shared by the modules of this project. No API: only modules of this project may use it, and it changes without notice.
 */
@NullMarked
package org.emotion4j.stage.internal;

import org.jspecify.annotations.NullMarked;
