/**
 * A job for Apache Spark that reads an archive of films, pictures and recorded sessions into tables: who lists the inputs, what a task
 * does with its share of them, how tables are written and how a second run continues.
 *
 * <p>Not here: how a face is read, recorded or summed up. That is the libraries', so that the figures are those of the command line.
 */
@NullMarked
package org.emotion4j.spark;

import org.jspecify.annotations.NullMarked;
