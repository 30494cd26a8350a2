/** How good a classifier or a detector is. */
module org.emotion4j.evaluation {
    requires transitive org.emotion4j.core;

    exports org.emotion4j.evaluation;
}
