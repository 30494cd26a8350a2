/** What recorded sessions amount to, as figures and as pages. */
@SuppressWarnings("requires-automatic") // Hipparchus is no module of its own
module org.emotion4j.analysis {
    requires transitive org.emotion4j.recording;
    requires com.google.gson;
    requires java.xml;
    requires hipparchus.clustering;
    requires hipparchus.core;
    requires hipparchus.stat;

    exports org.emotion4j.analysis;
    exports org.emotion4j.annotation;
    exports org.emotion4j.report;
}
