package org.mesolith.codec.body;

import java.util.ArrayList;

/**
 * How much of everything one message from outside may bring. A value that exists is valid.
 *
 * @param bytesMax largest message, in bytes
 * @param depthMax how deep messages (in JSON: objects and arrays) may be nested
 * @param numberCharsMax longest number written as text
 * @param problemsMax how many problems of one message are named; the rest is counted
 */
public record CodecLimits(int bytesMax, int depthMax, int numberCharsMax, int problemsMax) {
    /** 8 MiB, 100 levels, numbers of 400 characters (the longest double without exponent has 325), 20 problems. */
    public static final CodecLimits DEFAULT = new CodecLimits(8 << 20, 100, 400, 20);

    /**
     * @throws IllegalArgumentException naming all that is out of bounds
     */
    public CodecLimits {
        var complaints = new ArrayList<String>();
        range(complaints, "bytes-max", bytesMax, 1, 1 << 30);
        range(complaints, "depth-max", depthMax, 1, 500);
        range(complaints, "number-chars-max", numberCharsMax, 20, 1_000);
        range(complaints, "problems-max", problemsMax, 1, 1_000);
        if (!complaints.isEmpty()) {
            throw new IllegalArgumentException("codec limits: " + String.join("; ", complaints));
        }
    }

    /** The same for messages up to this many bytes. */
    public CodecLimits withBytesMax(int bytes) {
        return new CodecLimits(bytes, depthMax, numberCharsMax, problemsMax);
    }

    private static void range(ArrayList<String> complaints, String name, long value, long min, long max) {
        if (value < min || value > max) {
            complaints.add(name + " is " + value + ", allowed is " + min + " to " + max);
        }
    }
}
