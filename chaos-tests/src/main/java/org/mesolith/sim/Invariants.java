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
import org.mesolith.model.OfferId;
import org.mesolith.model.TaskId;
import org.mesolith.model.TaskKey;
import org.mesolith.state.Digest;
import org.mesolith.state.FrameworkCommand;
import org.mesolith.state.LogEntry;
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
    private int refused;
    private int launchesRefused;

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
            Check.that(
                    digests.get(count - 1) == after.digest(),
                    "member " + member + " has another registry after " + entry.at() + " " + entry.command());
        }
    }

    private void firstApplied(LogEntry entry, Outcome outcome, Registry after) {
        if (outcome instanceof Outcome.Rejected) {
            refused++;
        }
        if (entry.command() instanceof FrameworkCommand.AcceptOffers accept
                && outcome instanceof Outcome.Accepted(var _, Result.OffersAccepted(var operations))) {
            for (var offer : accept.offers()) {
                var term = termByOffer.get(offer);
                Check.that(
                        term != null && term == entry.term(),
                        "offer " + offer + " of term " + term + " was accepted in term " + entry.term());
            }
            operations.forEach(operation -> promise(entry, accept, operation));
        }
        after.agents().forEach(agent -> noMoreThanThereIs(after, agent.id()));
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
            } else {
                launchesRefused++;
            }
        }
    }

    private static void noMoreThanThereIs(Registry registry, AgentId agent) {
        var row = Check.present(registry.agent(agent), "agent " + agent);
        Check.that(
                row.total().contains(registry.allocated(agent).unallocated()),
                "tasks of agent " + agent + " hold more than it has: " + registry.allocated(agent));
    }

    /** An agent's machine starts the process of a run. */
    void processStarted(RunId run, AgentId agent, String machine) {
        trace.note(machine, "starts the process of", run);
        var before = started.put(run, machine);
        Check.that(before == null, "run " + run + " was started twice, on " + before + " and on " + machine);
        Check.that(
                agent.equals(promised.get(run)),
                "run " + run + " was started by " + agent + " and promised on " + promised.get(run));
    }

    /** A disk refused to take up something about the task. */
    void writeRefused(TaskKey task) {
        maybeForgotten.add(task);
    }

    /** Something about the task could not be written down once. */
    boolean isMaybeForgotten(TaskKey task) {
        return maybeForgotten.contains(task);
    }

    /** A framework was shown an offer. */
    void offered(OfferId offer, long term) {
        Check.that(termByOffer.put(offer, term) == null, "offer id " + offer + " was used twice");
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

    /** Tasks that were asked for and refused by the state. */
    int launchesRefused() {
        return launchesRefused;
    }
}
