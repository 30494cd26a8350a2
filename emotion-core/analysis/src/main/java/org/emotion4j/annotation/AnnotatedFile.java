package org.emotion4j.annotation;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What an annotation program saved.
 *
 * @param session of which session it says that it is
 * @param film of which film, by its name
 * @param items what was annotated, in the order of the file
 */
record AnnotatedFile(Optional<String> session, Optional<String> film, List<Item> items) {
    /**
     * One annotation.
     *
     * @param tier the tier, or in BORIS the behavior
     * @param generated whether the program says that it came from us
     * @param fromNanos where it begins
     * @param toNanos where it ends; empty of a moment
     * @param text what was written
     */
    record Item(String tier, boolean generated, long fromNanos, OptionalLong toNanos, String text) {
        String at() {
            return "\"" + tier + "\" at " + AnnotationImport.seconds(fromNanos);
        }
    }

    AnnotatedFile {
        items = List.copyOf(items);
    }
}
