/** The numbers of a running session, for Micrometer. */
@SuppressWarnings({"requires-automatic", "requires-transitive-automatic"}) // Micrometer is no module of its own
module org.emotion4j.micrometer {
    requires transitive org.emotion4j.core;
    requires transitive micrometer.core;

    exports org.emotion4j.micrometer;
}
