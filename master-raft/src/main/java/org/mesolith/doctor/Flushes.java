package org.mesolith.doctor;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;

/** The last flushes of the disk. One thread. */
final class Flushes {
    private static final int KEPT = 30;

    private final ArrayDeque<Long> micros = new ArrayDeque<>();

    void add(long took) {
        if (micros.size() == KEPT) {
            micros.removeFirst();
        }
        micros.addLast(took);
    }

    int count() {
        return micros.size();
    }

    long median() {
        if (micros.isEmpty()) {
            return -1;
        }
        var sorted = new ArrayList<>(micros);
        Collections.sort(sorted);
        return sorted.get(sorted.size() / 2);
    }

    long max() {
        return micros.stream().mapToLong(Long::longValue).max().orElse(-1);
    }
}
