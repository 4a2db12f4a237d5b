package org.mesolith.sim;

import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.mesolith.agent.core.AgentCore;
import org.mesolith.agent.core.AgentEffect;
import org.mesolith.agent.core.AgentEvent;
import org.mesolith.agent.core.AgentSettings;
import org.mesolith.agent.core.AgentSnapshot;
import org.mesolith.api.LinkMessage;
import org.mesolith.base.Check;
import org.mesolith.base.Halt;
import org.mesolith.model.AgentInfo;

/** One agent: its process around an {@link AgentCore}, and the machine and disk that outlive the process. */
final class SimAgent {
    /** What outlives the process. */
    record Body(SimMachine machine, SimDisk disk) {}

    private final String place;
    private final SimNet net;
    private final SimClock clock;
    private final Dice dice;
    private final Trace trace;
    private final AgentSettings settings;
    private final List<String> masters;
    private final SimDisk disk;
    private final SimMachine machine;
    private int life;
    private @Nullable AgentCore core;
    private @Nullable SimWire wire;
    private long link;
    private int nextMaster;

    /**
     * @param masters where to look for the leader
     */
    SimAgent(SimPlace where, AgentInfo info, List<String> masters, Body body) {
        this.place = where.name();
        this.net = where.net();
        this.clock = net.clock();
        this.dice = net.dice();
        this.trace = where.trace();
        this.settings = new AgentSettings(info, Duration.ofSeconds(2), false);
        this.masters = masters;
        this.machine = body.machine();
        this.disk = body.disk();
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

    /** What the agent is and has; null while its process is dead. */
    @Nullable
    AgentSnapshot snapshot() {
        var present = core;
        return present == null ? null : present.snapshot(clock.now());
    }

    /** Starts the process. */
    void start() {
        Check.that(core == null, "agent " + place + " is started once at a time");
        life++;
        trace.note(place, "starts");
        var fresh = new AgentCore(settings, new SimTaskReader());
        core = fresh;
        perform(fresh.start(clock.now(), disk.content()));
        seek(null, Duration.ZERO);
    }

    /** Ends the process at once. */
    void kill() {
        trace.note(place, "dies");
        core = null;
        wire = null;
        disk.agentDied();
        net.died(place);
    }

    // ---- the link

    private BooleanSupplier sameLife() {
        int mine = life;
        return () -> mine == life && core != null;
    }

    /** Looks for the leader, first at this address if one was named. */
    private void seek(@Nullable String named, Duration after) {
        var alive = sameLife();
        clock.after(after, () -> {
            if (alive.getAsBoolean() && wire == null) {
                var target = named == null ? masters.get(nextMaster++ % masters.size()) : named;
                net.dial(place, target, end -> connected(end, alive), () -> {
                    if (alive.getAsBoolean() && wire == null) {
                        seek(null, retry());
                    }
                });
            }
        });
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
        on(new AgentEvent.LinkUp(mine));
    }

    private void heard(long from, Parcel parcel) {
        if (from != link || core == null) {
            return;
        }
        switch (parcel) {
            case Parcel.Down(var message) -> {
                if (!(message instanceof LinkMessage.MasterHeartbeat)) {
                    trace.note(place, "hears", message);
                }
                on(new AgentEvent.MasterSaid(from, message));
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
            perform(present.on(clock.now(), event));
        }
    }

    /** Brings an event to the core as the process that lives now. */
    private void later(Duration after, AgentEvent event) {
        var alive = sameLife();
        clock.after(after, () -> {
            if (alive.getAsBoolean()) {
                on(event);
            }
        });
    }

    private void perform(List<AgentEffect> effects) {
        effects.forEach(this::perform);
    }

    private void perform(AgentEffect effect) {
        switch (effect) {
            case AgentEffect.WriteIdentity(long version, var identity) ->
                disk.write(
                        identity,
                        () -> on(new AgentEvent.IdentityWritten(version)),
                        () -> on(new AgentEvent.IdentityRefused(version, "no space")));
            case AgentEffect.KeepReserved(long version, var order, var _) ->
                disk.write(
                        order.reserved(),
                        () -> on(new AgentEvent.ReservedKept(version)),
                        () -> on(new AgentEvent.ReservedRefused(version, "no space")));
            case AgentEffect.WriteRun(long version, var run) ->
                disk.write(
                        run,
                        () -> on(new AgentEvent.RunWritten(run.id(), version)),
                        () -> on(new AgentEvent.RunRefused(run.id(), version, "no space")));
            case AgentEffect.Forget(var run, var _) -> disk.forget(run);
            case AgentEffect.Spawn spawn -> machine.spawn(spawn, sameLife(), this::on);
            case AgentEffect.Adopt(var run, var container, var _, var _) ->
                machine.adopt(run, container, sameLife(), this::on);
            case AgentEffect.Terminate(var _, var container) -> machine.terminate(container);
            case AgentEffect.KillTree(var _, var container) -> machine.kill(container);
            case AgentEffect.CleanUp(var run, var container) -> machine.cleanUp(run, container);
            case AgentEffect.Send(long over, var message) -> {
                var open = wire;
                if (over == link && open != null) {
                    if (!(message instanceof LinkMessage.AgentHeartbeat)) {
                        trace.note(place, "says", message);
                    }
                    open.send(new Parcel.Up(message));
                }
            }
            case AgentEffect.DropLink(long which, var why, boolean soon) -> {
                trace.note(place, "drops link", which, why);
                var alive = sameLife();
                clock.after(Duration.ZERO, () -> {
                    if (alive.getAsBoolean()) {
                        lost(which, null, soon ? dice.travel() : retry());
                    }
                });
            }
            case AgentEffect.WakeAfter(var delay, var wake) -> later(delay, new AgentEvent.Woke(wake));
            case AgentEffect.Warn(var text) -> trace.note(place, "warns:", text);
            case AgentEffect.Stop(var code, var why) -> stop(code, why);
        }
    }

    private void stop(Halt.Code code, String why) {
        throw new IllegalStateException("agent " + place + " stops with " + code + ": " + why);
    }
}
