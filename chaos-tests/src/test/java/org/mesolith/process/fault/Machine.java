package org.mesolith.process.fault;

import java.util.Optional;
import org.opentest4j.TestAbortedException;

/** What a test needs of the machine. Where it is missing the test is skipped with a reason; where CI runs it fails. */
final class Machine {
    private Machine() {}

    /** Goes on if the reason is empty. */
    static void needs(String unmet) {
        if (unmet.isEmpty()) {
            return;
        }
        if (Optional.ofNullable(System.getenv("CI"))
                .filter(text -> !text.isEmpty())
                .isPresent()) {
            throw new AssertionError(unmet + "; in CI (the variable CI is set) that is a failure");
        }
        throw new TestAbortedException(unmet);
    }
}
