/** What recorded sessions amount to, as figures and as pages. */
@SuppressWarnings("requires-automatic") // Hipparchus and jte are no modules of their own
module org.emotion4j.analysis {
    requires transitive org.emotion4j.recording;
    requires static java.compiler; // what generates a class, says so
    requires com.google.gson;
    requires gg.jte.runtime;
    requires java.xml;
    requires hipparchus.clustering;
    requires hipparchus.core;
    requires hipparchus.stat;

    exports org.emotion4j.analysis;
    exports org.emotion4j.annotation;
    exports org.emotion4j.report;
    exports org.emotion4j.study;
}
