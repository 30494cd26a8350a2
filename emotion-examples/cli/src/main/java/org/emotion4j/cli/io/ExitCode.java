package org.emotion4j.cli.io;

/** With which number the program ends. */
public final class ExitCode {
    /** All is well. */
    public static final int OK = 0;

    /** The program or its machine failed. */
    public static final int FAILURE = 1;

    /** What the user gave cannot be used. */
    public static final int BAD_INPUT = 2;

    private ExitCode() {}
}
