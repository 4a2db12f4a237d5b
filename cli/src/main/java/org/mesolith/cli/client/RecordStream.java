package org.mesolith.cli.client;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;

/**
 * The records of a v1 event stream (RecordIO): a decimal length, a line feed, so many bytes; cut anywhere by the
 * network.
 */
public final class RecordStream {

    private static final int DIGITS_MAX = 10;

    private final InputStream input;
    private final int recordBytesMax;

    /** The records of this stream; one longer than {@code recordBytesMax} is an error. */
    public RecordStream(InputStream input, int recordBytesMax) {
        this.input = input;
        this.recordBytesMax = recordBytesMax;
    }

    /** The next record. {@link EOFException} at the end of the stream. */
    public byte[] next() throws IOException {
        long length = 0;
        int digits = 0;
        for (int next = input.read(); next != '\n'; next = input.read()) {
            if (next < 0) {
                throw new EOFException("the master closed the stream");
            }
            if (next < '0' || next > '9' || ++digits > DIGITS_MAX) {
                throw new ProtocolException("the stream is not RecordIO: byte " + next + " in a length");
            }
            length = length * 10 + (next - '0');
        }
        if (digits == 0 || length > recordBytesMax) {
            throw new ProtocolException("a record of " + length + " bytes; at most " + recordBytesMax + " are read");
        }
        byte[] record = input.readNBytes((int) length);
        if (record.length < length) {
            throw new EOFException("the master closed the stream in the middle of a record");
        }
        return record;
    }
}
