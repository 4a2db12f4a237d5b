package org.mesolith.agent.core;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.DrainOrder;
import org.mesolith.api.ExecutorEvent;
import org.mesolith.api.LinkMessage;
import org.mesolith.api.TaskDigest;
import org.mesolith.base.Halt;
import org.mesolith.model.AgentId;
import org.mesolith.model.Reserved;
import org.mesolith.model.Resources;

/**
 * The agent: events in, effects out. One thread; pure but for its own fields.
 *
 * <p>The first call is {@link #start}; effects are to be performed in the order given.
 */
public final class AgentCore {
    /** The agent is about to end its process, once its tasks are gone. */
    private record Departure(Halt.Code code, String why, boolean forget) {}

    private static final int RECOVERING = 503;

    private final AgentSettings settings;
    private final Counters counters = new Counters();
    private final Tasks tasks;
    private final Lending lending;
    private Identity identity = new Identity(AgentRecord.NEW, counters);
    private Reservations reserved = new Reservations(Resources.EMPTY, counters);
    private LinkSession session = LinkSession.NONE;
    private @Nullable Departure departure;
    private @Nullable DrainOrder draining;
    private boolean started;

    public AgentCore(AgentSettings settings, TaskReader reader) {
        this.settings = settings;
        this.tasks = new Tasks(reader, counters, settings);
        this.lending = new Lending(tasks.book(), reader, settings);
    }

    /** Takes up what an earlier process left. */
    public List<AgentEffect> start(Instant now, Recovered recovered) {
        var turn = new Turn(now);
        started = true;
        identity = new Identity(recovered.identity(), counters);
        reserved = new Reservations(recovered.reserved(), counters);
        var configured = settings.info().resources();
        if (Reserved.on(configured, recovered.reserved()) == null) {
            turn.add(new AgentEffect.Stop(
                    Halt.Code.BAD_SETTINGS,
                    "this agent has {" + configured + "}, and its reservations and volumes need {"
                            + Reserved.configured(recovered.reserved())
                            + "}; give it at least that with --resources, or end them first"));
            return finish(turn);
        }
        recovered.runs().forEach(run -> tasks.recover(turn, run));
        tasks.recovered(turn);
        lending.begin(turn);
        if (recovered.identity().id() == null && !recovered.runs().isEmpty()) {
            turn.warn("who this agent was is forgotten: it joins as a new one, and the "
                    + recovered.runs().size() + " tasks of the old one are ended");
            tasks.kills().disown(turn, settings.shutdownGrace());
        }
        if (settings.cleanup()) {
            depart(turn, new Departure(Halt.Code.STOPPED, "all tasks ended, as --recover=cleanup asks", false));
        }
        return finish(turn);
    }

    /** Handles one event; the effects are to be performed in this order. */
    public List<AgentEffect> on(Instant now, AgentEvent event) {
        var turn = new Turn(now);
        switch (event) {
            case AgentEvent.LinkUp(var link) -> linkUp(turn, link);
            case AgentEvent.LinkDown(var link) -> linkDown(link);
            case AgentEvent.MasterSaid(var link, var message) -> masterSaid(turn, link, message);
            case AgentEvent.IdentityWritten(var version) ->
                identity.written(turn, session.link(), version).forEach(order -> obey(turn, order));
            case AgentEvent.IdentityRefused(var version, var why) ->
                identity.refused(turn, session.link(), version, why);
            case AgentEvent.ReservedKept(var version) -> reserved.written(version);
            case AgentEvent.ReservedRefused(var version, var why) ->
                reserved.refused(turn, session.link(), version, why);
            case AgentEvent.RunWritten(var run, var version) -> tasks.written(turn, run, version);
            case AgentEvent.RunRefused(var run, var version, var why) -> tasks.refused(turn, run, version, why);
            case AgentEvent.Fetched(var run) -> tasks.fetched(turn, run);
            case AgentEvent.Spawned(var run, var process) -> tasks.spawned(turn, run, process);
            case AgentEvent.Exited(var run, var exit) -> tasks.exited(turn, run, exit);
            case AgentEvent.Probed probed -> tasks.probed(turn, probed);
            case AgentEvent.MemoryMeasured measured -> tasks.memory().measured(turn, measured);
            case AgentEvent.DiskMeasured measured -> tasks.disks().measured(turn, measured);
            case AgentEvent.VolumesShown shown -> tasks.volumesShown(turn, shown);
            case AgentEvent.CleanedUp(var run) -> tasks.cleanedUp(turn, run);
            case AgentEvent.ExecutorAsked asked -> {
                if (started) {
                    tasks.asked(turn, asked);
                } else {
                    turn.add(new AgentEffect.AnswerExecutor(asked.request(), RECOVERING, "The agent is recovering"));
                }
            }
            case AgentEvent.ExecutorUp up -> subscribed(turn, up);
            case AgentEvent.ExecutorDown(var stream) -> tasks.calls().down(stream);
            case AgentEvent.Woke(var wake) -> woke(turn, wake);
            case AgentEvent.LeaveAsked() -> leave(turn);
        }
        return finish(turn);
    }

    /** What the agent is and has now. */
    public AgentSnapshot snapshot(Instant now) {
        return new AgentSnapshot(
                now,
                identity.durable(),
                session.isWelcomed(),
                tasks.book().live(),
                tasks.book().completed(),
                tasks.book().liveExecutors(),
                tasks.book().completedExecutors(),
                tasks.disks().uses(),
                lending.total(),
                counters.copy(),
                reserved.now(),
                draining);
    }

    private void linkUp(Turn turn, long link) {
        if (departure != null) {
            turn.add(new AgentEffect.DropLink(link, "the agent is stopping", false));
            return;
        }
        if (session.isUp()) {
            turn.add(new AgentEffect.DropLink(session.link(), "a newer link is up", false));
        }
        tasks.pause();
        identity.linkLost();
        session = new LinkSession(link, turn.now());
        counters.count(Counters.JOINS);
        var summaries = tasks.book().summaries();
        turn.add(new AgentEffect.Send(
                link,
                new LinkMessage.Join(
                        identity.id(),
                        lending.join(settings.info()),
                        identity.durable().newest(),
                        TaskDigest.of(summaries),
                        summaries.size(),
                        reserved.now(),
                        LinkMessage.Software.OURS)));
        turn.wakeAfter(AgentSettings.WELCOME_MAX.plusMillis(1), new Wake.Beat(link));
    }

    private void linkDown(long link) {
        if (link == session.link()) {
            session = LinkSession.NONE;
            identity.linkLost();
            tasks.pause();
        }
    }

    private void subscribed(Turn turn, AgentEvent.ExecutorUp up) {
        var id = identity.durable().id();
        if (id == null || departure != null) {
            turn.add(new AgentEffect.TellExecutor(up.stream(), new ExecutorEvent.Shutdown()));
            turn.add(new AgentEffect.CloseExecutor(up.stream()));
        } else {
            tasks.subscribed(turn, up, id);
        }
    }

    private void masterSaid(Turn turn, long link, LinkMessage.FromMaster message) {
        if (link != session.link()) {
            return; // of a link that we gave up
        }
        session.heard(turn.now());
        identity.hear(turn, link, message).forEach(order -> obey(turn, order));
    }

    private void obey(Turn turn, LinkMessage.FromMaster order) {
        switch (order) {
            case LinkMessage.Welcome welcome -> welcome(turn, welcome);
            case LinkMessage.Refuse refuse -> refused(turn, refuse);
            case LinkMessage.SendTasks _ ->
                turn.add(send(new LinkMessage.Tasks(tasks.book().summaries())));
            case LinkMessage.MasterHeartbeat _ -> {}
            case LinkMessage.GoingAway _ ->
                turn.add(new AgentEffect.DropLink(session.link(), "the leader goes away", true));
            case LinkMessage.Launch launch -> {
                var agent = known(turn, launch);
                if (agent != null) {
                    tasks.launch(turn, agent, launch);
                }
            }
            case LinkMessage.LaunchGroup launch -> {
                var agent = known(turn, launch);
                if (agent != null) {
                    tasks.launch(turn, agent, launch);
                }
            }
            case LinkMessage.Kill kill -> tasks.kills().kill(turn, kill.key(), kill.grace());
            case LinkMessage.AcknowledgeStatus acknowledge -> tasks.acknowledge(turn, acknowledge);
            case LinkMessage.ShutdownFramework shutdown ->
                tasks.kills().shutdown(turn, shutdown.framework(), settings.shutdownGrace());
            case LinkMessage.Drain drain -> drain(turn, drain);
            case LinkMessage.ShutdownExecutor shutdown -> tasks.kills().shutdown(turn, shutdown);
            case LinkMessage.TellExecutor tell -> tasks.calls().message(turn, tell);
            case LinkMessage.AcknowledgeExecutor acknowledge -> tasks.acknowledge(turn, acknowledge);
            case LinkMessage.SetReserved set -> reserved.set(turn, set);
            case LinkMessage.CheckTasks check -> {
                var agent = known(turn, check);
                if (agent != null) {
                    tasks.check(turn, agent, check);
                }
            }
        }
    }

    private void drain(Turn turn, LinkMessage.Drain order) {
        var begun = draining == null ? turn.now() : draining.begun();
        draining = new DrainOrder(order.maxGrace(), order.markGone(), begun);
        tasks.kills().drain(turn, order.maxGrace());
    }

    private void welcome(Turn turn, LinkMessage.Welcome welcome) {
        if (!welcome.id().equals(identity.durable().id())) {
            var why = "the masters know this agent as " + welcome.id() + ", its work directory says "
                    + identity.durable().id() + "; start it with the right --work_dir, or an empty one";
            turn.add(new AgentEffect.Stop(Halt.Code.REFUSED, why));
            return;
        }
        session.welcome(turn, welcome.heartbeat(), welcome.level());
        tasks.listen(turn, welcome.level());
    }

    private void refused(Turn turn, LinkMessage.Refuse refuse) {
        if (refuse.forGood()) {
            depart(turn, new Departure(Halt.Code.REFUSED, "refused for good: " + refuse.why(), false));
        } else {
            turn.add(new AgentEffect.DropLink(session.link(), "refused for now: " + refuse.why(), false));
        }
    }

    private @Nullable AgentId known(Turn turn, LinkMessage.FromMaster order) {
        var id = identity.durable().id();
        if (id == null || !session.isWelcomed() || departure != null) {
            turn.warn("ignored " + order.getClass().getSimpleName() + ": the agent is not registered, or stops");
            return null;
        }
        return id;
    }

    private void woke(Turn turn, Wake wake) {
        switch (wake) {
            case Wake.Beat(var link) -> {
                if (link == session.link()) {
                    session.beat(turn);
                }
            }
            case Wake.Retry retry -> tasks.retry(turn, retry);
            case Wake.GraceOver(var run) -> tasks.graceOver(turn, run);
            case Wake.TimeOver(var run) -> tasks.timeOver(turn, run);
            case Wake.Probe probe -> tasks.probe(turn, probe);
            case Wake.Rewrite(var run) -> tasks.rewrite(turn, run);
            case Wake.Registered(var executor) -> tasks.kills().late(turn, executor);
            case Wake.ExecutorIdle(var executor) -> tasks.kills().idle(turn, executor);
            case Wake.ExecutorBeat beat -> tasks.calls().beat(turn, beat);
            case Wake.Memory _ -> tasks.memory().look(turn);
            case Wake.Disks _ -> tasks.disks().look(turn);
            case Wake.Lending _ -> lending.look(turn, session);
            case Wake.LeaveNow _ -> stop(turn);
        }
    }

    private void leave(Turn turn) {
        if (session.isWelcomed()) {
            turn.add(send(new LinkMessage.Leave()));
        } else {
            turn.warn("leaving without a master: it will find the agent unreachable");
        }
        depart(turn, new Departure(Halt.Code.STOPPED, "left the cluster, as asked", true));
    }

    private void depart(Turn turn, Departure why) {
        if (departure == null) {
            departure = why;
            tasks.kills().killAll(turn, settings.shutdownGrace());
            turn.wakeAfter(settings.shutdownGrace().plus(AgentSettings.LEAVE_MAX), new Wake.LeaveNow());
        }
    }

    /** Ends the process when nothing is left to wait for. */
    private List<AgentEffect> finish(Turn turn) {
        if (draining != null && tasks.book().isIdle()) {
            draining = null; // nothing is left to end; that it is drained is known to the masters
        }
        if (departure != null && tasks.book().isIdle()) {
            if (!departure.forget() || (identity.durable().id() == null && identity.isWritten())) {
                stop(turn);
            } else if (identity.isWritten()) {
                tasks.book().forgetAll(turn);
                identity.forget(turn);
            }
        }
        return turn.end(session.link());
    }

    private void stop(Turn turn) {
        if (departure != null) {
            turn.add(new AgentEffect.Stop(departure.code(), departure.why()));
        }
    }

    private AgentEffect send(LinkMessage.FromAgent message) {
        return new AgentEffect.Send(session.link(), message);
    }
}
