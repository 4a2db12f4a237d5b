package org.mesolith.agent.core;

import java.util.ArrayList;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.mesolith.agent.core.TaskLifecycle.Phase;

/** Has the disk use of all sandboxes and volumes measured, again and again, and ends who keeps more than it may. */
final class Disks {
    private static final long MIB = 1 << 20;

    private final RunBook book;
    private final Kills kills;
    private final TaskReader reader;
    private final AgentSettings.Disk settings;
    private SortedMap<RunId, DiskUse> uses = Collections.emptySortedMap();

    Disks(RunBook book, Kills kills, TaskReader reader, AgentSettings settings) {
        this.book = book;
        this.kills = kills;
        this.reader = reader;
        this.settings = settings.disk();
    }

    /** What was found when it was measured last. */
    SortedMap<RunId, DiskUse> uses() {
        return uses;
    }

    /** From now on. */
    void begin(Turn turn) {
        if (settings.every().isPositive()) {
            turn.wakeAfter(settings.every(), new Wake.Disks());
        }
    }

    /** A timer. */
    void look(Turn turn) {
        var looks = new ArrayList<AgentEffect.DiskLook>();
        for (var run : book.all()) {
            if (hasSandbox(run)) {
                looks.add(new AgentEffect.DiskLook(run.id, run.container, run.order.agent(), share(run)));
            }
        }
        if (looks.isEmpty()) {
            uses = Collections.emptySortedMap();
            begin(turn);
        } else {
            turn.add(new AgentEffect.MeasureDisk(looks));
        }
    }

    /** All were measured. */
    void measured(Turn turn, AgentEvent.DiskMeasured measured) {
        var now = new TreeMap<RunId, DiskUse>();
        measured.uses().forEach((id, use) -> {
            var run = book.get(id);
            if (run == null || !hasSandbox(run)) {
                return;
            }
            now.put(id, use);
            var why = settings.bounds() ? over(run, use) : null;
            if (why != null) {
                kills.over(turn, run, KillOrder.Cause.OVER_DISK, why);
            }
        });
        uses = Collections.unmodifiableSortedMap(now);
        var pause = measured.took().multipliedBy(AgentSettings.MEASURE_PAUSE_FACTOR);
        turn.wakeAfter(pause.compareTo(settings.every()) < 0 ? settings.every() : pause, new Wake.Disks());
    }

    private @Nullable String over(TaskRun run, DiskUse use) {
        var share = share(run);
        if (share.bytes() > 0 && use.sandboxBytes() > share.bytes()) {
            return "kept " + mib(use.sandboxBytes()) + " MiB in the sandbox where " + mib(share.bytes())
                    + " MiB are allowed";
        }
        for (var volume : share.volumes()) {
            var used = use.in(volume.path());
            if (used != null && used > volume.bytes()) {
                return "kept " + mib(used) + " MiB in the persistent volume '"
                        + volume.path().id() + "' of " + mib(volume.bytes()) + " MiB";
            }
        }
        return null;
    }

    private static boolean hasSandbox(TaskRun run) {
        return run.hasOwnSandbox() && !run.isEnded() && run.phase != Phase.RECORDING;
    }

    /** What a run may keep, for an executor its tasks' part included. */
    private DiskShare share(TaskRun run) {
        var share = own(run);
        if (run.id.executor()) {
            for (var task : book.under(run.id)) {
                share = task.isEnded() ? share : share.plus(own(task));
            }
        }
        return share;
    }

    private DiskShare own(TaskRun run) {
        var known = run.diskShare;
        if (known == null) {
            known = reader.disk(run.order.taskInfo());
            run.diskShare = known;
        }
        return known;
    }

    /** Rounded up: what is over a bound must not look as if it were not. */
    private static long mib(long bytes) {
        return (bytes + MIB - 1) / MIB;
    }
}
