/**
 * The commands on recorded sessions: figures, pages, export, encryption, retention.
 */
@NullMarked
package org.emotion4j.cli.sessions;

import org.jspecify.annotations.NullMarked;
