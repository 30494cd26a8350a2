/**
 * What the networks that find faces and landmarks share, whatever they run on. No API: only modules of this project may use it, and it changes without notice.
 */
@NullMarked
package org.emotion4j.face.internal;

import org.jspecify.annotations.NullMarked;
