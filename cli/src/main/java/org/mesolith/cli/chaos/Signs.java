package org.mesolith.cli.chaos;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ObjLongConsumer;

/**
 * When everything was last seen to work: so that the controller knows that it may go on. What is judged is the history,
 * not this. Any thread.
 */
final class Signs {

    /** What works. */
    enum Sign {
        WRITE,
        READ,
        OFFER,
        TASK
    }

    private final Map<Sign, AtomicLong> newest = new ConcurrentHashMap<>();

    private final ObjLongConsumer<Sign> further;

    /** For whoever asks here only. */
    Signs() {
        this((_, _) -> {});
    }

    /** Each is handed on, too. */
    Signs(ObjLongConsumer<Sign> further) {
        this.further = further;
    }

    /** This worked, and was asked for at {@code askedNanos}. */
    void seen(Sign sign, long askedNanos) {
        newest.computeIfAbsent(sign, _ -> new AtomicLong(Long.MIN_VALUE)).accumulateAndGet(askedNanos, Math::max);
        further.accept(sign, askedNanos);
    }

    /** What was not seen since; the empty text when everything was. */
    String missingSince(long nanos) {
        var missing = new StringBuilder();
        for (Sign sign : Sign.values()) {
            AtomicLong at = newest.get(sign);
            if (at == null || at.get() - nanos <= 0) {
                missing.append(missing.isEmpty() ? "" : ", ")
                        .append("a ")
                        .append(sign.name().toLowerCase(Locale.ROOT));
            }
        }
        return missing.toString();
    }
}
