package org.mesolith.state.journal;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where an event stands among all events of a cluster, for ever; its text is what readers resume by.
 *
 * @param epoch of the cluster when it happened
 * @param index of the log entry
 * @param ordinal among the events of the entry, from 0
 */
public record EventPlace(long epoch, long index, int ordinal) implements Comparable<EventPlace> {
    /** Before every event. */
    public static final EventPlace NONE = new EventPlace(0, 0, 0);

    private static final Pattern TEXT = Pattern.compile("([0-9]{1,18})-([0-9]{1,18})-([0-9]{1,9})");

    /** The place after this one in the same entry. */
    public EventPlace plus(int events) {
        return new EventPlace(epoch, index, ordinal + events);
    }

    /** The place of this text, null when it is none. */
    public static @Nullable EventPlace read(String text) {
        var parts = TEXT.matcher(text);
        return parts.matches()
                ? new EventPlace(
                        Long.parseLong(parts.group(1)),
                        Long.parseLong(parts.group(2)),
                        Integer.parseInt(parts.group(3)))
                : null;
    }

    @Override
    public int compareTo(EventPlace other) {
        int byEpoch = Long.compare(epoch, other.epoch);
        if (byEpoch != 0) {
            return byEpoch;
        }
        int byIndex = Long.compare(index, other.index);
        return byIndex != 0 ? byIndex : Integer.compare(ordinal, other.ordinal);
    }

    /** {@code epoch-index-ordinal}. */
    @Override
    public String toString() {
        return epoch + "-" + index + "-" + ordinal;
    }
}
