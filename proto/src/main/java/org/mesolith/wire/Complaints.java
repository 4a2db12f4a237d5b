package org.mesolith.wire;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Collects all that is wrong with a settings record, so that one error names everything. */
final class Complaints {
    private final String subject;
    private final List<String> found = new ArrayList<>();

    Complaints(String subject) {
        this.subject = subject;
    }

    void range(String name, long value, long min, long max) {
        if (value < min || value > max) {
            found.add(name + " is " + value + ", allowed is " + min + " to " + max);
        }
    }

    void range(String name, Duration value, Duration min, Duration max) {
        if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            found.add(name + " is " + value + ", allowed is " + min + " to " + max);
        }
    }

    void throwIfAny() {
        if (!found.isEmpty()) {
            throw new IllegalArgumentException(subject + " settings: " + String.join("; ", found));
        }
    }
}
