package org.mesolith.sim;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.TreeMap;
import org.mesolith.agent.core.AgentRecord;
import org.mesolith.agent.core.Recovered;
import org.mesolith.agent.core.RunId;
import org.mesolith.agent.core.RunRecord;
import org.mesolith.base.Check;
import org.mesolith.model.Resources;
import org.mesolith.sim.plan.Dice;

/** An agent's work directory: writes in order, one at a time; some are refused. Survives the agent. */
final class SimDisk {
    /** One write on its way. */
    private record Write(boolean refusable, Runnable store, Runnable confirm, Runnable refuse) {}

    private final SimClock clock;
    private final Dice dice;
    private final Invariants invariants;
    private final TreeMap<RunId, RunRecord> runs = new TreeMap<>();
    private final ArrayDeque<Write> queue = new ArrayDeque<>();
    private AgentRecord identity = AgentRecord.NEW;
    private Resources reserved = Resources.EMPTY;
    private boolean full;
    private Duration slow = Duration.ZERO;
    private boolean busy;
    private int life;

    SimDisk(SimClock clock, Dice dice, Invariants invariants) {
        this.invariants = invariants;
        this.clock = clock;
        this.dice = dice;
    }

    /** What a new agent process finds. */
    Recovered content() {
        return new Recovered(identity, runs.values().stream().toList(), reserved);
    }

    /** From now on nothing can be written, or it can again. */
    void setFull(boolean yes) {
        full = yes;
    }

    /** From now on each write takes up to this time more. */
    void setSlow(Duration max) {
        slow = max;
    }

    void write(AgentRecord record, Runnable confirm, Runnable refuse) {
        add(new Write(true, () -> identity = record, confirm, refuse));
    }

    void write(Resources made, Runnable confirm, Runnable refuse) {
        add(new Write(true, () -> reserved = made, confirm, refuse));
    }

    void write(RunRecord run, Runnable confirm, Runnable refuse) {
        Runnable refused = () -> {
            invariants.writeRefused(run.id().key());
            refuse.run();
        };
        add(new Write(true, () -> runs.put(run.id(), run), confirm, refused));
    }

    /** All or none. */
    void write(List<RunRecord> together, Runnable confirm, Runnable refuse) {
        Runnable refused = () -> {
            together.forEach(run -> invariants.writeRefused(run.id().key()));
            refuse.run();
        };
        add(new Write(true, () -> together.forEach(run -> runs.put(run.id(), run)), confirm, refused));
    }

    void forget(RunId run) {
        add(new Write(false, () -> runs.remove(run), () -> {}, () -> {}));
    }

    /** Everything on it is deleted, while no agent runs. */
    void wipe() {
        identity = AgentRecord.NEW;
        reserved = Resources.EMPTY;
        runs.clear();
    }

    /** The agent process died: of what was on its way, the first writes may still have come through. */
    void agentDied() {
        int through = dice.below(queue.size() + 1);
        for (int i = 0; i < through; i++) {
            var write = Check.present(queue.poll(), "write on its way");
            if (!write.refusable() || !full) {
                write.store().run();
            }
        }
        queue.clear();
        busy = false;
        life++;
    }

    private void add(Write write) {
        queue.add(write);
        if (!busy) {
            next();
        }
    }

    private void next() {
        busy = !queue.isEmpty();
        if (!busy) {
            return;
        }
        int forLife = life;
        var takes = dice.oneIn(40)
                ? dice.between(Duration.ofMillis(5), Duration.ofMillis(300))
                : dice.between(Duration.ofNanos(50_000), Duration.ofMillis(2));
        var more = slow.isZero() ? slow : dice.between(Duration.ZERO, slow);
        clock.after(takes.plus(more), () -> {
            if (forLife == life) {
                perform(Check.present(queue.poll(), "write on its way"));
                next();
            }
        });
    }

    private void perform(Write write) {
        if (write.refusable() && (full || dice.oneIn(300))) {
            write.refuse().run();
        } else {
            write.store().run();
            write.confirm().run();
        }
    }
}
