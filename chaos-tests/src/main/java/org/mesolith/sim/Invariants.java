package org.mesolith.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.mesolith.agent.core.RunId;
import org.mesolith.base.Check;
import org.mesolith.model.AgentId;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Offer;
import org.mesolith.model.OfferId;
import org.mesolith.model.TaskId;
import org.mesolith.model.TaskKey;
import org.mesolith.sim.plan.Deeds;
import org.mesolith.state.Change;
import org.mesolith.state.Digest;
import org.mesolith.state.FrameworkCommand;
import org.mesolith.state.LogEntry;
import org.mesolith.state.MaintenanceCommand;
import org.mesolith.state.Outcome;
import org.mesolith.state.Registry;
import org.mesolith.state.Result;

/** What must hold in every cluster at every moment; a breach stops the simulation. */
final class Invariants {
    /** Every so many commands the fingerprint is counted anew. */
    private static final int RECOUNT_EVERY = 50;

    private final Trace trace;
    private final List<Long> digests = new ArrayList<>();
    private final SortedMap<RunId, AgentId> promised = new TreeMap<>();
    private final SortedMap<String, RunId> runByLaunch = new TreeMap<>();
    private final SortedMap<RunId, String> started = new TreeMap<>();
    private final SortedMap<OfferId, Long> termByOffer = new TreeMap<>();
    private final TreeSet<TaskKey> maybeForgotten = new TreeSet<>();
    private final TreeSet<OfferId> used = new TreeSet<>();
    private final RowChecks rows = new RowChecks();
    private final GrantChecks grants = new GrantChecks();
    private final DeedWatch deeds = new DeedWatch();
    private final TreeSet<String> carriedOut = new TreeSet<>();
    private final TreeSet<TaskKey> killed = new TreeSet<>();
    private final TreeSet<AgentId> emptied = new TreeSet<>();

    /** Their machines were taken down: an unreachable agent that comes back meanwhile ends its tasks. */
    private final TreeSet<AgentId> takenDown = new TreeSet<>();

    private Registry before = Registry.EMPTY;
    private long lastTerm;
    private int refused;

    Invariants(Trace trace) {
        this.trace = trace;
    }

    /** A member applied the entry at this place of the log, counted in commands from 1. */
    void applied(String member, int count, LogEntry entry, Outcome outcome, Registry after) {
        if (count > digests.size()) {
            Check.that(count == digests.size() + 1, "entries are applied in order");
            digests.add(after.digest());
            trace.note("log", entry.at(), "term", entry.term(), entry.command(), "->", outcome);
            firstApplied(entry, outcome, after);
            if (count % RECOUNT_EVERY == 0) {
                Check.that(Digest.recount(after) == after.digest(), "the fingerprint is kept up with each change");
            }
        } else {
            Must.hold(
                    digests.get(count - 1) == after.digest(),
                    () -> "member " + member + " has another registry after " + entry.at() + " " + entry.command());
        }
    }

    private void firstApplied(LogEntry entry, Outcome outcome, Registry after) {
        Must.hold(entry.term() >= lastTerm, () -> "terms go up in the log: " + entry.at());
        lastTerm = entry.term();
        grants.decided();
        switch (outcome) {
            case Outcome.Rejected _ -> refused++;
            case Outcome.Accepted(var changes, var result) -> {
                long proposed = entry.envelope().proposingTerm();
                Must.hold(
                        proposed == entry.term() || entry.term() == 0,
                        () -> "a command of term " + proposed + " was accepted in term " + entry.term());
                rows.changed(before, entry.command(), changes, after);
                rows.admitted(entry.command(), result);
                DrainWatch.changed(before, entry.command(), changes, after);
                ReservationWatch.changed(before, entry.command(), changes, after);
                if (!changes.isEmpty()) { // A call that was carried out before under its key grants nothing.
                    grants.accepted(before, entry.command(), after);
                }
                deeds.accepted(before, entry.command(), changes, result);
                deeds.shared(entry.command(), result, after);
                meddling(entry, changes);
                if (entry.command() instanceof FrameworkCommand.AcceptOffers accept
                        && result instanceof Result.OffersAccepted(var operations)) {
                    accepted(entry, accept, operations);
                }
            }
        }
        before = after;
    }

    /** What operators did. A call with a key is carried out once. */
    private void meddling(LogEntry entry, List<Change> changes) {
        for (var change : changes) {
            switch (change) {
                case Change.RequestPut(var request) ->
                    Must.hold(
                            carriedOut.add(request.key().key()),
                            () -> "the call " + request.key() + " was carried out twice, at " + entry.at());
                case Change.AgentRemoved(var agent) -> emptied.add(agent);
                case Change.GoneAgentPut(var gone) -> emptied.add(gone.id());
                case Change.AgentPut(var agent) -> {
                    if (agent.drain() != null) {
                        emptied.add(agent.id());
                    }
                }
                default -> {}
            }
        }
        if (entry.command() instanceof MaintenanceCommand.StartMaintenance(var machines)) {
            for (var agent : before.agents()) {
                if (machines.stream()
                        .anyMatch(machine ->
                                machine.hostname().equals(agent.info().hostname()))) {
                    takenDown.add(agent.id());
                }
            }
        }
    }

    /** An operator's call with this key is in the log. */
    boolean wasCarriedOut(String key) {
        return carriedOut.contains(key);
    }

    /** The cluster has given this agent up for good, whoever asked for it. */
    boolean isGone(AgentId agent) {
        return before.goneAgent(agent) != null;
    }

    /** An agent goes for good, and ends its tasks. */
    void leaves(AgentId agent) {
        emptied.add(agent);
    }

    /** An operator asks that this task be killed. */
    void killedByOperator(FrameworkId framework, TaskId task) {
        killed.add(new TaskKey(framework, task));
    }

    /** Operators may have had the task ended. */
    boolean mayHaveBeenEnded(TaskKey task, AgentId agent) {
        return killed.contains(task) || emptied.contains(agent) || takenDown.contains(agent);
    }

    /** Operators had the agent emptied, or its machine taken down, or declared it gone. */
    boolean wasEmptied(AgentId agent) {
        return emptied.contains(agent);
    }

    /** What was done. */
    Deeds deeds() {
        return deeds.deeds();
    }

    private void accepted(
            LogEntry entry, FrameworkCommand.AcceptOffers accept, List<Result.OperationOutcome> operations) {
        for (var offer : accept.offers()) {
            var term = termByOffer.get(offer);
            Must.hold(
                    term != null && term == entry.term(),
                    () -> "offer " + offer + " of term " + term + " was accepted in term " + entry.term());
            Must.hold(used.add(offer), () -> "offer " + offer + " was accepted twice");
        }
        operations.forEach(operation -> promise(entry, accept, operation));
    }

    private void promise(LogEntry entry, FrameworkCommand.AcceptOffers accept, Result.OperationOutcome operation) {
        if (!(operation instanceof Result.OperationOutcome.Launched(var tasks))) {
            return;
        }
        for (var task : tasks) {
            if (task instanceof Result.TaskOutcome.Started) {
                var run = new RunId(new TaskKey(accept.framework(), task.task()), entry.at());
                promised.put(run, accept.agent());
                runByLaunch.put(launch(accept.offers().getFirst(), task.task()), run);
            }
        }
    }

    /** An agent's machine starts the process of a run. */
    void processStarted(RunId run, AgentId agent, String machine) {
        trace.note(machine, "starts the process of", run);
        var before = started.put(run, machine);
        Must.hold(before == null, () -> "run " + run + " was started twice, on " + before + " and on " + machine);
        Must.hold(
                agent.equals(promised.get(run)),
                () -> "run " + run + " was started by " + agent + " and promised on " + promised.get(run));
    }

    /** A disk refused to take up something about the task. */
    void writeRefused(TaskKey task) {
        maybeForgotten.add(task);
    }

    /** Something about the task could not be written down once. */
    boolean isMaybeForgotten(TaskKey task) {
        return maybeForgotten.contains(task);
    }

    /** A framework was shown an offer of a leader that had applied so many commands. */
    void offered(Offer offer, long term, int applied) {
        Must.hold(termByOffer.put(offer.id(), term) == null, () -> "offer id " + offer.id() + " was used twice");
        grants.offered(offer.id(), offer.role(), applied);
    }

    /** Launches that were accepted, and the agent each was accepted for. */
    SortedMap<RunId, AgentId> promised() {
        return promised;
    }

    /** The run that came of a launch with this offer; null when it was never promised. */
    @Nullable
    RunId promised(OfferId offer, TaskId task) {
        return runByLaunch.get(launch(offer, task));
    }

    private static String launch(OfferId offer, TaskId task) {
        return offer + " " + task;
    }

    /** Runs whose process was started. */
    SortedMap<RunId, String> started() {
        return started;
    }

    /** Commands in the log. */
    int commands() {
        return digests.size();
    }

    /** Commands that the state refused; shows that the interesting races did happen. */
    int refused() {
        return refused;
    }
}
