package org.mesolith.fuzz;

import java.util.Arrays;

/** What the fuzzer calls with each case; the target is named by a property of the process. */
public final class FuzzMain {
    private static final Target TARGET = Target.valueOf(System.getProperty("fuzz.target", "?"));

    private FuzzMain() {}

    /** One case: a byte that chooses the way in, and what is read there. */
    public static void fuzzerTestOneInput(byte[] bytes) {
        if (bytes.length > 0) {
            TARGET.take(bytes[0] & 0xff, Arrays.copyOfRange(bytes, 1, bytes.length));
        }
    }
}
