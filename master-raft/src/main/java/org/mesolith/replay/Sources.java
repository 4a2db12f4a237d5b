package org.mesolith.replay;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mesolith.base.DurableFiles;
import org.mesolith.raft.LogFiles;
import org.mesolith.store.RocksStore;
import org.mesolith.store.StorageException;

/** What is still held of a cluster's past: copies of its registry, and a log. Used by one thread. */
public final class Sources {
    /**
     * A copy of the registry.
     *
     * @param name for people
     * @param group that it was taken from; empty when nobody knows
     * @param checkpoint its files
     */
    public record Copy(String name, String group, long index, Path checkpoint) {}

    private final List<Copy> copies = new ArrayList<>();
    private final @Nullable LogFiles log;
    private final Path scratch;

    /**
     * @param copies beside the snapshots that lie with the log
     * @param log null when there is none
     * @param scratch a directory of our own, where databases are opened; it need not exist
     */
    public Sources(List<Copy> copies, @Nullable LogFiles log, Path scratch) throws ReplayRefusedException {
        this.copies.addAll(copies);
        this.log = log;
        this.scratch = scratch;
        if (log != null) {
            for (var copy : copies) {
                if (!copy.group().isEmpty()
                        && !log.group().isEmpty()
                        && !copy.group().equals(log.group())) {
                    throw new ReplayRefusedException(copy.name() + " was taken from the group " + copy.group()
                            + ", the log is of the group " + log.group()
                            + ": they belong to different clusters, or to different epochs of one");
                }
            }
            for (var snapshot : log.snapshots()) {
                this.copies.add(new Copy(
                        "snapshot " + snapshot.term() + "_" + snapshot.index(),
                        log.group(),
                        snapshot.index(),
                        snapshot.directory()));
            }
        }
        this.copies.sort(Comparator.comparingLong(Copy::index).reversed());
    }

    /** Index of the oldest copy; -1 when there is none. */
    public long oldestCopy() {
        return copies.isEmpty() ? -1 : copies.getLast().index();
    }

    /** Which places can be shown. */
    public String held() {
        var names = copies.reversed().stream()
                .map(copy -> copy.name() + " (index " + copy.index() + ")")
                .collect(Collectors.joining(", "));
        var entries = log == null ? "no log" : "the log from entry " + log.first() + " to " + log.last();
        return "held: " + (names.isEmpty() ? "" : names + ", ") + entries;
    }

    /**
     * The registry at this place, from the newest copy that is not behind it.
     *
     * @throws ReplayRefusedException saying why it cannot be had, and what is held
     */
    public Replay.Replayed at(Replay.Until until) throws IOException {
        for (var copy : copies) {
            if (copy.index() <= until.index()) {
                var base = open(copy);
                var time = until.time();
                if (time == null || !base.registry().time().isAfter(time)) {
                    return goOn(base, until);
                }
            }
        }
        if (log != null && log.first() <= 0) {
            var found = goOn(Replay.Start.NOTHING, until);
            if (found.registry().cluster().exists()) {
                return found;
            }
        }
        throw new ReplayRefusedException(until + " is no longer held, or was before the cluster was made; " + held()
                + ". Give an older backup with --backup, or another place");
    }

    private Replay.Replayed goOn(Replay.Start base, Replay.Until until) throws IOException {
        var entries = log;
        boolean alone = until.time() == null && until.index() == base.index();
        if (entries == null && !alone && !until.equals(Replay.Until.END)) {
            throw new ReplayRefusedException(until + " is behind the copy at index " + base.index()
                    + " and there is no log; " + held() + ". Give one with --log");
        }
        return entries == null || alone
                ? new Replay.Replayed(base.registry(), base.term(), base.index(), 0, 0, 0)
                : Replay.run(base, entries, until);
    }

    private Replay.Start open(Copy copy) throws IOException {
        var place = scratch.resolve("database");
        DurableFiles.deleteTree(place);
        try (var store = RocksStore.open(place)) {
            store.replaceBy(copy.checkpoint());
            var loaded = store.load();
            return new Replay.Start(
                    loaded.registry(), loaded.applied().term(), loaded.applied().index());
        } catch (StorageException unreadable) {
            throw new ReplayRefusedException(
                    copy.name() + " cannot be opened: " + unreadable.getMessage()
                            + "; if the master has removed it meanwhile, try again",
                    unreadable);
        } finally {
            DurableFiles.deleteTree(place);
        }
    }
}
