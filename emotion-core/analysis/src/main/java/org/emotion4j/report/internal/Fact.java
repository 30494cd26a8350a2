package org.emotion4j.report.internal;

/** A name and what it is. */
record Fact(String name, String value) {}
