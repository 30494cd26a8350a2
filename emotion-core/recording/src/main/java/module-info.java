/** The record of a session on disk. */
// Tink is no module of its own, and optional at compile time, too: who encrypts requires it beside this module.
@SuppressWarnings({"requires-automatic", "exports"})
module org.emotion4j.recording {
    requires transitive org.emotion4j.core;
    requires org.slf4j;
    requires com.google.gson;
    requires de.siegmar.fastcsv;
    requires static com.google.crypto.tink;

    exports org.emotion4j.recording;
}
