package org.mesolith.doctor;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Whether a member should lead, as far as its machine goes: pure. Every write waits for the leader's disk, and all
 * deadlines go by its clock; so one with a much slower disk or another time than everybody else hands over, and one
 * that has run out of file handles.
 */
final class Fitness {
    /** A disk that is faster is good enough, however fast the others are. */
    static final Duration SLOW = Duration.ofMillis(200);

    /** So many times slower than the best of the others. */
    static final int TIMES_SLOWER = 5;

    /** A clock that is further from the others' is wrong. */
    static final Duration CLOCK = Duration.ofSeconds(5);

    /** The others agree among themselves so far. */
    private static final Duration AGREE = Duration.ofSeconds(1);

    /** A process with more of its file handles in use takes no further connection. */
    private static final int FILES_PERCENT = 97;

    /** As many flushes make a median worth something. */
    private static final int FLUSHES_MIN = 5;

    private Fitness() {}

    /** Why another one should lead; null when this one may. */
    static @Nullable String objection(Vitals own, List<Neighbour> others) {
        if (own.openFilesMax() > 0 && own.openFiles() > own.openFilesMax() / 100 * FILES_PERCENT) {
            // It may not even reach the others any more; clients do not reach it.
            return own.openFiles() + " of " + own.openFilesMax() + " files are open: no client can connect";
        }
        var reached = others.stream().filter(other -> other.trouble() == null).toList();
        if (reached.isEmpty()) {
            return null;
        }
        var disk = disk(own, reached);
        return disk != null ? disk : clock(reached);
    }

    private static @Nullable String disk(Vitals own, List<Neighbour> others) {
        long slow = SLOW.toNanos() / 1_000;
        if (own.flushes() < FLUSHES_MIN || own.flushMicros() < slow) {
            return null;
        }
        long best = others.stream()
                .mapToLong(Neighbour::flushMicros)
                .filter(micros -> micros >= 0)
                .min()
                .orElse(Long.MAX_VALUE);
        return best < own.flushMicros() / TIMES_SLOWER
                ? "a flush of the disk takes " + own.flushMicros() / 1_000 + " ms, on another member " + best / 1_000
                        + " ms"
                : null;
    }

    /** One other may be wrong itself; two that agree are not. */
    private static @Nullable String clock(List<Neighbour> others) {
        var ahead = others.stream()
                .filter(other -> other.clockAheadMillis() != null)
                .mapToLong(other -> Objects.requireNonNull(other.clockAheadMillis()))
                .sorted()
                .toArray();
        if (ahead.length < 2 || ahead[ahead.length - 1] - ahead[0] > AGREE.toMillis()) {
            return null;
        }
        long least = Math.min(Math.abs(ahead[0]), Math.abs(ahead[ahead.length - 1]));
        return least > CLOCK.toMillis()
                ? "the clocks of all other members are " + ahead[0] + " ms ahead of this one's"
                : null;
    }
}
