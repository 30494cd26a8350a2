package org.emotion4j.cli.io;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;

/**
 * What goes to a terminal or a log without what a terminal obeys. A file can have a name with an escape sequence or a
 * carriage return in it, and whoever only lists a folder would have his screen rewritten. Such characters are written out,
 * ESC as {@code \\u001b}; so are those that turn the direction of writing.
 */
public final class Harmless {
    private Harmless() {}

    /** A writer for a terminal: lines and tabs stay, other control characters are written out. */
    public static PrintWriter writer(Writer target) {
        return new PrintWriter(new Filter(target), true);
    }

    /** The same for what libraries log to a stream. */
    public static PrintStream stream(PrintStream target, Charset charset) {
        return new PrintStream(new Bytes(target, charset), true, charset);
    }

    /** A name in the middle of a line: line breaks and tabs are written out, too. */
    public static String name(Object name) {
        StringBuilder text = new StringBuilder();
        String.valueOf(name).chars().forEach(each -> {
            if (each == '\n' || each == '\t' || isObeyed((char) each)) {
                writeOut((char) each, text);
            } else {
                text.append((char) each);
            }
        });
        return text.toString();
    }

    private static boolean isObeyed(char each) {
        return each < ' ' && each != '\n' && each != '\t'
                || each >= 0x7F && each < 0xA0
                || each >= 0x202A && each <= 0x202E
                || each >= 0x2066 && each <= 0x2069
                || each == 0x2028
                || each == 0x2029;
    }

    private static void writeOut(char each, StringBuilder target) {
        target.append(each == '\n' ? "\\n" : each == '\t' ? "\\t" : String.format("\\u%04x", (int) each));
    }

    /** A progress bar goes back to the start of its line: it is drawn past this filter. */
    private static final class Filter extends FilterWriter {
        Filter(Writer target) {
            super(target);
        }

        @Override
        public void write(int letter) throws IOException {
            write(new char[] {(char) letter}, 0, 1);
        }

        @Override
        public void write(String text, int from, int length) throws IOException {
            write(text.toCharArray(), from, length);
        }

        @Override
        public void write(char[] letters, int from, int length) throws IOException {
            StringBuilder text = new StringBuilder(length);
            for (int i = from; i < from + length; i++) {
                boolean isLineEnd = letters[i] == '\r' && i + 1 < from + length && letters[i + 1] == '\n';
                if (isObeyed(letters[i]) && !isLineEnd) {
                    writeOut(letters[i], text);
                } else {
                    text.append(letters[i]);
                }
            }
            out.write(text.toString());
        }
    }

    /** Decodes what a logger prints; a letter whose bytes come apart is kept until it is whole. */
    private static final class Bytes extends OutputStream {
        private final Filter target;
        private final CharsetDecoder decoder;
        private final ByteBuffer waiting = ByteBuffer.allocate(8192);

        Bytes(PrintStream target, Charset charset) {
            this.target = new Filter(new OutputStreamWriter(target, charset));
            this.decoder = charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPLACE)
                    .onUnmappableCharacter(CodingErrorAction.REPLACE);
        }

        @Override
        public synchronized void write(int each) throws IOException {
            write(new byte[] {(byte) each}, 0, 1);
        }

        @Override
        public synchronized void write(byte[] bytes, int from, int length) throws IOException {
            int done = 0;
            while (done < length) {
                int part = Math.min(waiting.remaining(), length - done);
                waiting.put(bytes, from + done, part);
                done += part;
                waiting.flip();
                CharBuffer letters = CharBuffer.allocate(waiting.remaining() + 1);
                decoder.decode(waiting, letters, false);
                waiting.compact();
                target.write(letters.flip().toString());
            }
        }

        @Override
        public synchronized void flush() throws IOException {
            target.flush();
        }
    }
}
