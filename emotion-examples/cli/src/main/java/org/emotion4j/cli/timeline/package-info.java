/**
 * A timeline while a session is read: its intervals, its table, its picture.
 */
@NullMarked
package org.emotion4j.cli.timeline;

import org.jspecify.annotations.NullMarked;
