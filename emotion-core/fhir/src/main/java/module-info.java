/** A recorded session for hospital systems. */
module org.emotion4j.fhir {
    requires transitive org.emotion4j.recording;
    requires org.emotion4j.analysis;
    requires com.google.gson;

    exports org.emotion4j.fhir;
}
