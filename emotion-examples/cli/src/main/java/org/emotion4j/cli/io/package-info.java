/**
 * What every command writes and reads through: the console, messages that tell a user why, JSON, new files and folders.
 *
 * <p>Not here: what a command is about.
 */
@NullMarked
package org.emotion4j.cli.io;

import org.jspecify.annotations.NullMarked;
