package org.mesolith.agent;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.mesolith.agent.checkpoint.Checkpoints;
import org.mesolith.agent.container.Containers;
import org.mesolith.agent.core.AgentEffect;
import org.mesolith.agent.core.AgentEvent;
import org.mesolith.agent.fetch.Fetcher;
import org.mesolith.agent.http.ExecutorDoor;
import org.mesolith.agent.link.MasterLink;
import org.mesolith.agent.probe.NetProbes;
import org.mesolith.api.TaskProbe;
import org.mesolith.base.EventQueue;
import org.mesolith.base.Halt;

/** Hands each effect of the core to who performs it. Runs on the core's queue; nothing here blocks. */
final class Effects {
    private static final System.Logger LOG = System.getLogger(Effects.class.getName());

    /** Those who deal with tasks. */
    record Outside(
            Containers containers,
            Fetcher fetcher,
            NetProbes net,
            ExecutorDoor executors,
            @Nullable SimulatedTasks simulated) {}

    private final EventQueue queue;
    private final Consumer<AgentEvent> events;
    private final Checkpoints checkpoints;
    private final Containers containers;
    private final Fetcher fetcher;
    private final NetProbes net;
    private final ExecutorDoor executors;
    private final @Nullable SimulatedTasks simulated;
    private final @Nullable MasterLink link;
    private final BiConsumer<Halt.Code, String> stop;

    /**
     * @param link null when the agent only cleans up
     * @param stop ends the process
     */
    Effects(
            EventQueue queue,
            Consumer<AgentEvent> events,
            Checkpoints checkpoints,
            Outside outside,
            @Nullable MasterLink link,
            BiConsumer<Halt.Code, String> stop) {
        this.queue = queue;
        this.events = events;
        this.checkpoints = checkpoints;
        this.containers = outside.containers();
        this.fetcher = outside.fetcher();
        this.net = outside.net();
        this.executors = outside.executors();
        this.simulated = outside.simulated();
        this.link = link;
        this.stop = stop;
    }

    void perform(List<AgentEffect> effects) {
        effects.forEach(this::perform);
    }

    private void perform(AgentEffect effect) {
        if (simulated != null && simulated.takes(effect)) {
            return;
        }
        switch (effect) {
            case AgentEffect.WriteIdentity write -> checkpoints.perform(write);
            case AgentEffect.KeepReserved keep -> checkpoints.perform(keep);
            case AgentEffect.WriteRun write -> checkpoints.perform(write);
            case AgentEffect.WriteTogether write -> checkpoints.perform(write);
            case AgentEffect.Forget forget -> {
                checkpoints.perform(forget);
                containers.forget(forget);
            }
            case AgentEffect.Fetch fetch ->
                containers.fetch(
                        fetch,
                        (sandbox, become) -> fetcher.fetch(
                                fetch.container(),
                                fetch.spec().uris(),
                                fetch.spec().user(),
                                become,
                                sandbox));
            case AgentEffect.StopFetch stop -> fetcher.stop(stop.container(), "Killed while its URIs were fetched");
            case AgentEffect.Spawn spawn -> containers.spawn(spawn);
            case AgentEffect.Adopt adopt -> containers.adopt(adopt);
            case AgentEffect.Probe probe -> {
                if (probe.probe().target() instanceof TaskProbe.Command command) {
                    containers.probe(probe, command);
                } else {
                    net.probe(probe);
                }
            }
            case AgentEffect.ShowVolumes show -> containers.show(show);
            case AgentEffect.HideVolumes hide -> containers.hide(hide);
            case AgentEffect.MeasureMemory measure -> containers.measure(measure);
            case AgentEffect.MeasureDisk measure -> containers.measure(measure);
            case AgentEffect.Terminate terminate -> containers.terminate(terminate);
            case AgentEffect.KillTree kill -> containers.killTree(kill);
            case AgentEffect.CleanUp cleanUp -> {
                net.forget(cleanUp.container());
                containers.cleanUp(cleanUp);
            }
            case AgentEffect.Send send -> {
                if (link != null) {
                    link.send(send);
                }
            }
            case AgentEffect.AnswerExecutor answer -> executors.perform(answer);
            case AgentEffect.TellExecutor tell -> executors.perform(tell);
            case AgentEffect.CloseExecutor close -> executors.perform(close);
            case AgentEffect.DropLink drop -> {
                LOG.log(System.Logger.Level.INFO, "leaving the master: " + drop.why());
                if (link != null) {
                    link.drop(drop);
                }
            }
            case AgentEffect.WakeAfter(var delay, var wake) ->
                queue.runAfter(delay, () -> events.accept(new AgentEvent.Woke(wake)));
            case AgentEffect.Warn(var text) -> LOG.log(System.Logger.Level.WARNING, text);
            case AgentEffect.Stop(var code, var why) -> stop.accept(code, why);
        }
    }
}
