package org.mesolith.cli.client;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.nio.charset.Charset;

/** Lines of a protocol: bounded, ended by LF, an optional CR before it is dropped. */
final class Lines {

    private Lines() {}

    /** Reads one line without its end. {@link EOFException} if the stream ends first. */
    static String read(InputStream input, int bytesMax, String who, Charset charset) throws IOException {
        var line = new ByteArrayOutputStream(128);
        for (int next = input.read(); next != '\n'; next = input.read()) {
            if (next < 0) {
                throw new EOFException(who + " closed the connection in the middle of an answer");
            }
            if (line.size() >= bytesMax) {
                throw new ProtocolException(who + " sent a line longer than " + bytesMax + " bytes");
            }
            line.write(next);
        }
        String text = line.toString(charset);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }
}
