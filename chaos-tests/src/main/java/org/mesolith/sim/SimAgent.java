package org.mesolith.sim;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.mesolith.agent.core.AgentCore;
import org.mesolith.agent.core.AgentEffect;
import org.mesolith.agent.core.AgentEvent;
import org.mesolith.agent.core.AgentSettings;
import org.mesolith.agent.core.AgentSnapshot;
import org.mesolith.api.LinkMessage;
import org.mesolith.base.Check;
import org.mesolith.base.Halt;
import org.mesolith.model.AgentId;
import org.mesolith.model.AgentInfo;
import org.mesolith.model.Fence;
import org.mesolith.model.Resources;
import org.mesolith.sim.calm.LinkFrames;
import org.mesolith.sim.plan.Dice;

/** One agent: its process around an {@link AgentCore}, and the machine and disk that outlive the process. */
final class SimAgent {
    /**
     * What outlives the process.
     *
     * @param leaves is told when the agent goes for good: its tasks end
     */
    record Body(SimMachine machine, SimDisk disk, Consumer<AgentId> leaves, Dice dice) {}

    /** Until what was sent has mostly arrived. */
    private static final Duration ARRIVES = Duration.ofMillis(20);

    private final String place;
    private final SimNet net;
    private final SimClock clock;
    private final Dice dice;
    private final Trace trace;
    private AgentSettings settings;
    private final List<String> masters;
    private final SimDisk disk;
    private final SimMachine machine;
    private final Consumer<AgentId> leaves;
    private final Doom doom = new Doom();
    private final Doom overEnd = new Doom();
    private final SimProcess process;
    private final Resources usual;
    private Duration skew = Duration.ZERO;
    private Duration nextSkew = Duration.ZERO;
    private @Nullable Fence newest;
    private @Nullable AgentCore core;
    private @Nullable SimWire wire;
    private long link;
    private int nextMaster;
    private boolean leaving;
    private boolean hearsBefore;

    /**
     * @param masters where to look for the leader
     */
    SimAgent(SimPlace where, AgentInfo info, List<String> masters, Body body) {
        this.place = where.name();
        this.net = where.net();
        this.clock = net.clock();
        this.process = new SimProcess(clock);
        this.dice = body.dice();
        this.trace = where.trace();
        this.settings = new AgentSettings(info, Duration.ofSeconds(2), false);
        this.usual = info.resources();
        this.masters = masters;
        this.machine = body.machine();
        this.disk = body.disk();
        this.leaves = body.leaves();
    }

    String place() {
        return place;
    }

    SimMachine machine() {
        return machine;
    }

    SimDisk disk() {
        return disk;
    }

    boolean isAlive() {
        return core != null;
    }

    /** As whom it is admitted, as it knows itself. */
    @Nullable
    AgentId id() {
        var now = snapshot();
        var running = now == null ? null : now.identity().id();
        return running == null ? disk.content().identity().id() : running;
    }

    /** What the agent is and has; null while its process is dead. */
    @Nullable
    AgentSnapshot snapshot() {
        var present = core;
        return present == null ? null : present.snapshot(now());
    }

    /** Starts the process. */
    void start() {
        Must.hold(core == null, () -> "agent " + place + " is started once at a time");
        process.start();
        skew = nextSkew;
        trace.note(place, "starts");
        var fresh = new AgentCore(settings, new SimTaskReader());
        core = fresh;
        var content = disk.content();
        newest = content.identity().newest();
        perform(fresh.start(now(), content));
        seek(null, Duration.ZERO);
    }

    /** Ends the process at once. */
    void kill() {
        trace.note(place, "dies");
        core = null;
        wire = null;
        leaving = false;
        spare();
        process.die();
        disk.agentDied();
        net.died(place);
    }

    /** Leaves for good, with its tasks; its machine comes back as another agent. */
    void leave() {
        var known = id();
        if (known != null) {
            leaves.accept(known);
        }
        trace.note(place, "is asked to leave");
        leaving = true;
        hear(new AgentEvent.LeaveAsked());
    }

    /**
     * It dies over the next acknowledgement.
     *
     * @param heard whether it has begun to take it up by then
     */
    void dieOverAcknowledgement(boolean heard, Runnable dies) {
        hearsBefore = heard;
        doom.await(dies);
    }

    /** It dies soon after it has told that a task has ended. */
    void dieOverEnd(Runnable dies) {
        overEnd.await(dies);
    }

    /** Those deaths do not wait any more. */
    void spare() {
        doom.spare();
        overEnd.spare();
    }

    /** Stops the process where it is; machine and disk go on. */
    void pause() {
        trace.note(place, "is stopped");
        process.stop();
        net.stop(place);
    }

    /** The process goes on. */
    void wake() {
        if (process.isStopped()) {
            trace.note(place, "goes on");
            process.wake();
            net.wake(place);
        }
    }

    /** The machine's time; the process learns of it when it starts again. */
    void setSkew(Duration ahead) {
        nextSkew = ahead;
    }

    private Instant now() {
        return clock.now().plus(skew);
    }

    // ---- the link

    /** Looks for the leader, first at this address if one was named. */
    private void seek(@Nullable String named, Duration after) {
        process.after(after, () -> {
            if (wire == null) {
                var target = named == null ? masters.get(nextMaster++ % masters.size()) : named;
                var alive = process.sameLife();
                net.dial(place, target, end -> connected(end, alive), () -> {
                    if (alive.getAsBoolean()) {
                        process.run(this::seekAgain);
                    }
                });
            }
        });
    }

    private void seekAgain() {
        if (wire == null) {
            seek(null, retry());
        }
    }

    private Duration retry() {
        return dice.between(Duration.ofMillis(50), Duration.ofMillis(500));
    }

    private void connected(SimWire end, BooleanSupplier alive) {
        if (!alive.getAsBoolean() || wire != null) {
            end.close();
            return;
        }
        wire = end;
        long mine = ++link;
        end.hear(parcel -> heard(mine, parcel), () -> lost(mine, null, retry()));
        process.run(() -> on(new AgentEvent.LinkUp(mine)));
    }

    private void heard(long from, Parcel parcel) {
        if (from != link || core == null) {
            return;
        }
        switch (parcel) {
            case Parcel.Down(var frame) -> {
                var message = LinkFrames.fromMaster(frame);
                if (!(message instanceof LinkMessage.MasterHeartbeat)) {
                    trace.note(place, "hears", message);
                }
                boolean acknowledged = message instanceof LinkMessage.AcknowledgeStatus;
                if (!acknowledged || hearsBefore || !doom.strikes()) {
                    obey(from, message);
                    if (acknowledged && core != null) {
                        doom.strikes();
                    }
                }
            }
            case Parcel.TryThere(var address) -> lost(from, address, address == null ? retry() : dice.travel());
            case Parcel.Up _, Parcel.Call _, Parcel.Answer _, Parcel.Opened _, Parcel.Event _, Parcel.End _ ->
                throw new IllegalStateException("an agent heard " + parcel);
        }
    }

    private void lost(long which, @Nullable String next, Duration after) {
        var open = wire;
        if (which != link || open == null || core == null) {
            return;
        }
        open.close();
        wire = null;
        on(new AgentEvent.LinkDown(which));
        seek(next, after);
    }

    // ---- the core

    private void on(AgentEvent event) {
        var present = core;
        if (present != null) {
            perform(present.on(now(), event));
        }
    }

    /** Hears of machine or disk: at once, or when the process goes on. */
    private void hear(AgentEvent event) {
        process.run(() -> on(event));
    }

    /** An order of a leader that was replaced has no effect but that it is refused. */
    private void obey(long from, LinkMessage.FromMaster message) {
        var present = Check.present(core, "agent core");
        var effects = present.on(now(), new AgentEvent.MasterSaid(from, message));
        var known = newest;
        if (known != null && known.judge(message.fence()) != Fence.Verdict.CURRENT) {
            boolean refused = effects.stream()
                    .allMatch(effect -> effect instanceof AgentEffect.Send
                            || effect instanceof AgentEffect.DropLink
                            || effect instanceof AgentEffect.Warn);
            Must.hold(refused, () -> "agent " + place + " knows " + known + " and obeyed " + message + ": " + effects);
        }
        perform(effects);
    }

    /** Brings an event to the core as the process that lives now. */
    private void later(Duration after, AgentEvent event) {
        process.after(after, () -> on(event));
    }

    private static boolean isEnd(LinkMessage.Statuses.Status told) {
        return told.status().state().isTerminal();
    }

    private void perform(List<AgentEffect> effects) {
        effects.forEach(this::perform);
    }

    private void perform(AgentEffect effect) {
        switch (effect) {
            case AgentEffect.WriteIdentity(long version, var identity) ->
                disk.write(
                        identity,
                        confirmed(new AgentEvent.IdentityWritten(version), identity.newest()),
                        confirmed(new AgentEvent.IdentityRefused(version, "no space"), newest));
            case AgentEffect.KeepReserved(long version, var order, var _) ->
                disk.write(
                        order.reserved(),
                        () -> hear(new AgentEvent.ReservedKept(version)),
                        () -> hear(new AgentEvent.ReservedRefused(version, "no space")));
            case AgentEffect.WriteRun(long version, var run) ->
                disk.write(
                        run,
                        () -> hear(new AgentEvent.RunWritten(run.id(), version)),
                        () -> hear(new AgentEvent.RunRefused(run.id(), version, "no space")));
            case AgentEffect.WriteTogether(var writes) ->
                disk.write(
                        writes.stream().map(AgentEffect.WriteRun::run).toList(),
                        () -> writes.forEach(write ->
                                hear(new AgentEvent.RunWritten(write.run().id(), write.version()))),
                        () -> writes.forEach(write ->
                                hear(new AgentEvent.RunRefused(write.run().id(), write.version(), "no space"))));
            case AgentEffect.Forget(var run, var _, var _) -> disk.forget(run);
            // Simulated tasks want no files.
            case AgentEffect.Fetch fetch -> hear(new AgentEvent.Fetched(fetch.run()));
            case AgentEffect.StopFetch _ -> {}
            case AgentEffect.Spawn spawn -> machine.spawn(spawn, process.sameLife(), this::hear);
            case AgentEffect.Adopt adopt ->
                machine.adopt(adopt.run(), adopt.container(), process.sameLife(), this::hear);
            // Nothing looks at simulated tasks.
            case AgentEffect.Probe _, AgentEffect.MeasureMemory _, AgentEffect.MeasureDisk _ -> {}
            // Simulated frameworks bring no executors.
            case AgentEffect.AnswerExecutor _, AgentEffect.TellExecutor _, AgentEffect.CloseExecutor _ -> {}
            case AgentEffect.ShowVolumes _, AgentEffect.HideVolumes _ -> {}
            case AgentEffect.Terminate(var _, var container) -> machine.terminate(container);
            case AgentEffect.KillTree(var _, var container) -> machine.kill(container);
            case AgentEffect.CleanUp(var run, var container) -> machine.cleanUp(run, container);
            case AgentEffect.Send(long over, var message) -> {
                var open = wire;
                if (over == link && open != null) {
                    if (!(message instanceof LinkMessage.AgentHeartbeat)) {
                        trace.note(place, "says", message);
                    }
                    open.send(new Parcel.Up(LinkFrames.of(message)));
                    if (message instanceof LinkMessage.Statuses(var told)
                            && told.stream().anyMatch(SimAgent::isEnd)) {
                        process.after(ARRIVES, overEnd::strikes);
                    }
                }
            }
            case AgentEffect.DropLink(long which, var why, boolean soon) -> {
                trace.note(place, "drops link", which, why);
                process.after(Duration.ZERO, () -> lost(which, null, soon ? dice.travel() : retry()));
            }
            case AgentEffect.WakeAfter(var delay, var wake) -> later(delay, new AgentEvent.Woke(wake));
            case AgentEffect.Warn(var text) -> trace.note(place, "warns:", text);
            case AgentEffect.Stop(var code, var why) -> process.after(Duration.ZERO, () -> stop(code, why));
        }
    }

    /** The identity is on disk, or could not be written: the newest fence that is obeyed from now on. */
    private Runnable confirmed(AgentEvent event, @Nullable Fence fence) {
        return () -> process.run(() -> {
            newest = fence;
            on(event);
        });
    }

    /** One that is refused for good begins anew on an empty machine; one that has too little gets what it had. */
    private void stop(Halt.Code code, String why) {
        boolean left = leaving && code == Halt.Code.STOPPED;
        boolean expected = left || code == Halt.Code.REFUSED || code == Halt.Code.BAD_SETTINGS;
        Must.hold(expected, () -> "agent " + place + " stops with " + code + ": " + why);
        trace.note(place, "stops with", code, why);
        kill();
        clock.after(dice.between(Duration.ofMillis(100), Duration.ofSeconds(3)), () -> {
            if (core != null) {
                return;
            }
            if (code == Halt.Code.REFUSED) {
                machine.reboot();
                disk.wipe();
            } else if (!left) {
                setResources(usual);
            }
            start();
        });
    }

    /** From its next start on it has these. */
    void setResources(Resources resources) {
        var info = settings.info();
        settings = new AgentSettings(
                new AgentInfo(
                        info.hostname(),
                        info.port(),
                        resources,
                        info.attributes(),
                        info.domain(),
                        info.capabilities(),
                        info.version()),
                settings.shutdownGrace(),
                settings.cleanup());
    }
}
