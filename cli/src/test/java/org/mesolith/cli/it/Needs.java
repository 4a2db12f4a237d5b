package org.mesolith.cli.it;

import java.io.IOException;
import java.util.Optional;
import org.opentest4j.TestAbortedException;

/** What a test needs of the machine. Where it is missing the test is skipped with a reason; where CI runs it fails. */
final class Needs {

    private Needs() {}

    /** Ends the test: the machine has not got what it needs. */
    static RuntimeException missing(String what) {
        if (isCi(System.getenv("CI"))) {
            throw new AssertionError(what + "; in CI (the variable CI is set) that is a failure: run there as root");
        }
        return new TestAbortedException(what);
    }

    /** Comes back where Python 3 is. */
    static void python() {
        try {
            new ProcessBuilder("python3", "--version")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .onExit()
                    .join();
        } catch (IOException none) {
            throw missing("Python 3 is needed to run an example of the documentation (" + none.getMessage() + ")");
        }
    }

    private static boolean isCi(String value) {
        return Optional.ofNullable(value).filter(text -> !text.isEmpty()).isPresent();
    }
}
