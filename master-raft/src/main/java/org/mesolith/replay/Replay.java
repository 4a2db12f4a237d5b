package org.mesolith.replay;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.model.Position;
import org.mesolith.raft.LogFiles;
import org.mesolith.state.LogEntry;
import org.mesolith.state.Outcome;
import org.mesolith.state.Registry;
import org.mesolith.state.Result.DigestChecked;
import org.mesolith.state.rules.StateMachine;
import org.mesolith.statecodec.EntryCodec;
import org.mesolith.statecodec.LoggedCommand;
import org.mesolith.statecodec.MalformedBytesException;
import org.mesolith.statecodec.UnknownFormatException;

/**
 * Applies a log to a registry, in memory, as the masters did. Where a leader wrote down the fingerprint that it had
 * noted, the one found here is compared: another log, or another way of applying it, does not go unnoticed.
 */
public final class Replay {
    /** From where it goes on. */
    public record Start(Registry registry, long term, long index) {
        /** Before the first entry of a log. */
        public static final Start NOTHING = new Start(Registry.EMPTY, 0, -1);
    }

    /**
     * Where it ends: with the entry of this index, or before the first command that is younger than this time.
     *
     * @param time null when only the index counts
     */
    public record Until(long index, @Nullable Instant time) {
        /** With the newest entry of the log. */
        public static final Until END = new Until(Long.MAX_VALUE, null);

        /** With this entry. */
        public static Until index(long index) {
            return new Until(index, null);
        }

        /** With the last command that is not younger. */
        public static Until time(Instant time) {
            return new Until(Long.MAX_VALUE, time);
        }

        @Override
        public String toString() {
            return time == null ? (index == Long.MAX_VALUE ? "the end" : "index " + index) : time.toString();
        }
    }

    /**
     * What came out.
     *
     * @param registry as every master had it there
     * @param entries that were applied
     * @param commands in them
     * @param checks fingerprints of masters that were compared and are equal
     */
    public record Replayed(Registry registry, long term, long index, long entries, long commands, long checks) {}

    private final Until until;
    private Registry registry;
    private long term;
    private long index;
    private long entries;
    private long commands;
    private long checks;

    private @Nullable ReplayRefusedException refusal;

    private Replay(Start base, Until until) {
        this.until = until;
        this.registry = base.registry();
        this.term = base.term();
        this.index = base.index();
    }

    /**
     * Goes on from a registry with what a log has behind it.
     *
     * @throws ReplayRefusedException when the log does not belong to the registry, has a gap, or ends before
     */
    public static Replayed run(Start base, LogFiles log, Until until) throws IOException {
        fit(base, log);
        var replay = new Replay(base, until);
        if (base.index() < until.index()) {
            log.read(base.index() + 1, replay::take);
        }
        var refused = replay.refusal;
        if (refused != null) {
            throw refused;
        }
        if (until.time() == null && until.index() != Long.MAX_VALUE && replay.index < until.index()) {
            throw new ReplayRefusedException("the log ends with entry " + replay.index + ", before " + until
                    + "; ask for that one, or take a newer copy of the log");
        }
        return replay.done();
    }

    private Replayed done() {
        return new Replayed(registry, term, index, entries, commands, checks);
    }

    private static void fit(Start base, LogFiles log) throws IOException {
        if (log.first() > base.index() + 1) {
            throw new ReplayRefusedException("the log begins with entry " + log.first() + ", but the registry "
                    + "ends with "
                    + base.index() + ": entries " + (base.index() + 1) + " to " + (log.first() - 1)
                    + " are missing. Take a newer backup, or the log of a master that still has them");
        }
        if (log.last() < base.index()) {
            throw new ReplayRefusedException("the log ends with entry " + log.last() + ", before the registry, "
                    + "which is at "
                    + base.index() + ": it is older, or of another cluster or epoch");
        }
        var found = new LogFiles.Entry[1];
        log.read(Math.max(base.index(), log.first()), entry -> {
            found[0] = entry;
            return false;
        });
        var at = found[0];
        boolean same = at == null || (at.index() == base.index() ? at.term() == base.term() : at.term() >= base.term());
        if (!same) {
            throw new ReplayRefusedException("entry " + at.index() + " of the log has term " + at.term()
                    + ", but the registry was at term " + base.term()
                    + " there: it is the log of another cluster or epoch");
        }
    }

    /** False when it is over. */
    private boolean take(LogFiles.Entry entry) {
        if (entry.index() > until.index()) {
            return false;
        }
        try {
            var bytes = entry.commands();
            if (bytes != null && !apply(entry, EntryCodec.unpack(bytes))) {
                return false;
            }
        } catch (UnknownFormatException | MalformedBytesException unreadable) {
            refusal = new ReplayRefusedException(
                    "entry " + entry.index() + " cannot be read: " + unreadable.getMessage()
                            + "; is this version older than the masters?",
                    unreadable);
            return false;
        }
        entries++;
        term = entry.term();
        index = entry.index();
        return refusal == null;
    }

    private boolean apply(LogFiles.Entry entry, List<LoggedCommand> packed) {
        var time = until.time();
        if (time != null
                && packed.stream().anyMatch(one -> one.envelope().proposedAt().isAfter(time))) {
            return false;
        }
        for (int ordinal = 0; ordinal < packed.size(); ordinal++) {
            var one = packed.get(ordinal);
            var logged =
                    new LogEntry(new Position(entry.index(), ordinal), entry.term(), one.envelope(), one.command());
            var step = StateMachine.step(registry, logged);
            registry = step.after();
            commands++;
            if (step.outcome() instanceof Outcome.Accepted(var _, DigestChecked check)) {
                compare(check, entry);
            }
        }
        return true;
    }

    private void compare(DigestChecked check, LogFiles.Entry entry) {
        switch (check.verdict()) {
            case AGREES -> checks++;
            case NOT_COMPARED -> {
                // The first one, or the registry is of a moment between two.
            }
            case DIFFERS ->
                refusal = new ReplayRefusedException("at entry " + entry.index() + " the leader noted the fingerprint "
                        + Long.toHexString(check.leaders()) + " of " + check.noted() + ", but here it was "
                        + Long.toHexString(check.own())
                        + ": this log does not belong to this registry, or this version decides differently");
        }
    }
}
