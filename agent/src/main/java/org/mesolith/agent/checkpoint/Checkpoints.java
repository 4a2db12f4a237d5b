package org.mesolith.agent.checkpoint;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.mesolith.agent.core.AgentEffect;
import org.mesolith.agent.core.AgentEvent;
import org.mesolith.agent.core.RunId;
import org.mesolith.base.EventQueue;

/**
 * Writes what the core wants written, on a thread of its own; of several versions that wait, only the newest.
 *
 * <p>{@link #perform} may be called from any thread; the store is touched by the queue's thread only.
 */
public final class Checkpoints {
    private static final System.Logger LOG = System.getLogger(Checkpoints.class.getName());

    private final CheckpointStore store;
    private final EventQueue queue;
    private final Consumer<AgentEvent> events;
    private final Map<RunId, AgentEffect> waiting = new LinkedHashMap<>();
    private AgentEffect.@Nullable WriteIdentity identity;
    private boolean flushing;

    /**
     * @param queue on which to write; nothing else of importance should run there
     * @param events told what is on disk, on the queue's thread
     */
    public Checkpoints(CheckpointStore store, EventQueue queue, Consumer<AgentEvent> events) {
        this.store = store;
        this.queue = queue;
        this.events = events;
    }

    public void perform(AgentEffect.WriteIdentity effect) {
        queue.run(() -> {
            identity = effect;
            flushSoon();
        });
    }

    /** In the order given, each by itself: they are rare. */
    public void perform(AgentEffect.KeepReserved effect) {
        queue.run(() -> {
            try {
                store.keep(effect.order(), effect.wiped());
                events.accept(new AgentEvent.ReservedKept(effect.version()));
            } catch (IOException refused) {
                LOG.log(System.Logger.Level.ERROR, "cannot keep reservations and volumes", refused);
                events.accept(new AgentEvent.ReservedRefused(effect.version(), why(refused)));
            }
        });
    }

    public void perform(AgentEffect.WriteRun effect) {
        queue.run(() -> add(effect.run().id(), effect));
    }

    /** Behind everything that was asked for before. */
    public void perform(AgentEffect.WriteTogether effect) {
        queue.run(() -> {
            flush();
            try {
                store.writeTogether(
                        effect.runs().stream().map(AgentEffect.WriteRun::run).toList());
                for (var each : effect.runs()) {
                    events.accept(new AgentEvent.RunWritten(each.run().id(), each.version()));
                }
            } catch (IOException refused) {
                LOG.log(System.Logger.Level.ERROR, "cannot write tasks together: " + why(refused));
                for (var each : effect.runs()) {
                    events.accept(new AgentEvent.RunRefused(each.run().id(), each.version(), why(refused)));
                }
            }
        });
    }

    public void perform(AgentEffect.Forget effect) {
        queue.run(() -> add(effect.run(), effect));
    }

    private void add(RunId run, AgentEffect effect) {
        waiting.put(run, effect);
        flushSoon();
    }

    /** Everything that is queued before the flush goes with it. */
    private void flushSoon() {
        if (!flushing) {
            flushing = true;
            queue.run(this::flush);
        }
    }

    private void flush() {
        flushing = false;
        var effect = identity;
        identity = null;
        if (effect != null) {
            write(effect);
        }
        var all = List.copyOf(waiting.values());
        waiting.clear();
        var runs = new ArrayList<AgentEffect.WriteRun>();
        for (var each : all) {
            switch (each) {
                case AgentEffect.WriteRun run -> runs.add(run);
                case AgentEffect.Forget forget -> forget(forget);
                default -> throw new IllegalStateException("broken invariant: not for the disk: " + each);
            }
        }
        write(runs);
    }

    private void write(AgentEffect.WriteIdentity effect) {
        try {
            store.write(effect.identity());
            events.accept(new AgentEvent.IdentityWritten(effect.version()));
        } catch (IOException refused) {
            LOG.log(System.Logger.Level.ERROR, "cannot write the agent's identity", refused);
            events.accept(new AgentEvent.IdentityRefused(effect.version(), why(refused)));
        }
    }

    private void write(List<AgentEffect.WriteRun> effects) {
        var refused =
                store.write(effects.stream().map(AgentEffect.WriteRun::run).toList());
        for (var effect : effects) {
            var run = effect.run().id();
            var why = refused.get(run);
            if (why == null) {
                events.accept(new AgentEvent.RunWritten(run, effect.version()));
            } else {
                LOG.log(System.Logger.Level.ERROR, "cannot write " + run + ": " + why(why));
                events.accept(new AgentEvent.RunRefused(run, effect.version(), why(why)));
            }
        }
    }

    private void forget(AgentEffect.Forget effect) {
        try {
            store.remove(effect.container());
        } catch (IOException refused) {
            LOG.log(System.Logger.Level.WARNING, "cannot remove the record of " + effect.run(), refused);
        }
    }

    private static String why(IOException refused) {
        var message = refused.getMessage();
        return message == null ? refused.toString() : message;
    }
}
