/** Readings of a running session for other programs. */
module org.emotion4j.stream {
    requires transitive org.emotion4j.core;
    requires org.emotion4j.recording;
    requires org.java_websocket;
    requires org.slf4j;

    exports org.emotion4j.stream;
}
