package org.mesolith.state.rules;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.base.Limits;
import org.mesolith.state.AgentCommand;
import org.mesolith.state.Change;
import org.mesolith.state.Command;
import org.mesolith.state.CommandKind;
import org.mesolith.state.DeclarationCommand;
import org.mesolith.state.FeatureLevel;
import org.mesolith.state.FrameworkCommand;
import org.mesolith.state.LogEntry;
import org.mesolith.state.MaintenanceCommand;
import org.mesolith.state.MembershipCommand;
import org.mesolith.state.Outcome;
import org.mesolith.state.QuotaCommand;
import org.mesolith.state.Reason;
import org.mesolith.state.Registry;
import org.mesolith.state.RequestRow;
import org.mesolith.state.ReservationCommand;
import org.mesolith.state.SystemCommand;
import org.mesolith.state.TaskCommand;

/**
 * The decision: what the cluster answers to a command, from the registry before it and the entry alone.
 *
 * <p>Same input, same answer, on every master, for ever. What is done with an existing command changes only behind a
 * {@link FeatureLevel}.
 */
public final class StateMachine {
    private StateMachine() {}

    /**
     * Decides. The caller stores the changes and goes on with {@link Registry#with}.
     *
     * @throws IllegalStateException when an invariant is broken: the process must stop
     */
    public static Outcome apply(Registry before, LogEntry entry) {
        var refused = refusedUnread(before, entry);
        if (refused != null) {
            return refused;
        }
        var key = entry.envelope().requestKey();
        var done = key == null ? null : before.request(key);
        if (done != null) {
            return remembered(done, entry.command());
        }
        var now = later(before.time(), entry.envelope().proposedAt());
        var principal = entry.envelope().actor().principal();
        var draft = new Draft(before, entry.at(), now, principal);
        return switch (decide(draft, entry.command())) {
            case Outcome.Rejected rejected -> rejected;
            case Outcome.Accepted accepted -> completed(before, entry, now, accepted);
        };
    }

    /**
     * What a command did.
     *
     * @param changes all of them, those of the journal too, for the store
     * @param after the registry with them
     */
    public record Step(Outcome outcome, List<Change> changes, Registry after) {}

    /** Decides, and writes down what was decided: what every member does with each command of the log. */
    public static Step step(Registry before, LogEntry entry) {
        var outcome = apply(before, entry);
        List<Change> made = outcome instanceof Outcome.Accepted(var changes, var _) ? changes : List.of();
        var journal = Journal.of(before, entry, outcome);
        if (journal.isEmpty()) {
            return new Step(outcome, made, before.with(entry.at(), made));
        }
        var all = new ArrayList<Change>(made.size() + journal.size());
        all.addAll(made);
        all.addAll(journal);
        return new Step(outcome, all, before.with(entry.at(), all));
    }

    private static @Nullable Outcome refusedUnread(Registry before, LogEntry entry) {
        long proposed = entry.envelope().proposingTerm();
        if (proposed != entry.term()) {
            return new Outcome.Rejected(
                    Reason.STALE_TERM,
                    "the command was proposed in term " + proposed + " and logged in term " + entry.term()
                            + "; ask the present leader again");
        }
        if (!before.cluster().exists() && !(entry.command() instanceof SystemCommand.InitCluster)) {
            return new Outcome.Rejected(
                    Reason.NO_CLUSTER, "the cluster has not been made yet; run `meso cluster init` once");
        }
        var kind = CommandKind.of(entry.command());
        var since = kind.since();
        if (!before.featureLevel().includes(since)) {
            return new Outcome.Rejected(
                    Reason.LEVEL_TOO_LOW,
                    kind + " is accepted from feature level " + since.number()
                            + " on, and the cluster is at "
                            + before.featureLevel().number()
                            + "; upgrade every master, then run `meso cluster finalize`");
        }
        return null;
    }

    private static Outcome remembered(RequestRow done, Command command) {
        if (done.kind() != CommandKind.of(command)) {
            return new Outcome.Rejected(
                    Reason.REQUEST_KEY_REUSED,
                    "request key '" + done.key().key() + "' was used at " + done.at() + " for " + done.kind()
                            + "; choose a new key for each request");
        }
        return new Outcome.Accepted(List.of(), done.result());
    }

    /** Routes, nothing else. */
    private static Outcome decide(Draft draft, Command command) {
        return switch (command) {
            case AgentCommand.AdmitAgent admit -> AdmissionRules.admit(draft, admit);
            case AgentCommand.UpdateAgent update -> AdmissionRules.update(draft, update);
            case AgentCommand.MarkAgentReachable mark -> AdmissionRules.reachable(draft, mark);
            case AgentCommand.MarkAgentsUnreachable mark -> AgentRules.unreachable(draft, mark);
            case AgentCommand.MarkAgentGone(var agent) -> AgentRules.gone(draft, agent);
            case AgentCommand.DeactivateAgent(var agent) -> AgentRules.deactivated(draft, agent, true);
            case AgentCommand.ReactivateAgent(var agent) -> AgentRules.reactivated(draft, agent);
            case AgentCommand.RemoveAgent(var agent) -> AgentRules.removed(draft, agent);
            case AgentCommand.PruneAgents prune -> AgentRules.prune(draft, prune);
            case FrameworkCommand.SubscribeFramework subscribe -> FrameworkRules.subscribe(draft, subscribe);
            case FrameworkCommand.UpdateFramework update -> FrameworkRules.update(draft, update);
            case FrameworkCommand.DisconnectFramework(var framework, var since) ->
                FrameworkRules.disconnect(draft, framework, since);
            case FrameworkCommand.TimeOutFramework timeOut -> FrameworkRules.timeOut(draft, timeOut);
            case FrameworkCommand.TearDownFramework(var framework) -> FrameworkRules.tearDown(draft, framework);
            case FrameworkCommand.AcceptOffers accept -> AcceptRules.accept(draft, accept);
            case TaskCommand.UpdateTasks(var updates) -> TaskRules.update(draft, updates);
            case TaskCommand.AcknowledgeTasks(var acknowledgements) -> TaskRules.acknowledge(draft, acknowledgements);
            case TaskCommand.DropTasks(var drops) -> TaskRules.drop(draft, drops);
            case TaskCommand.EndExecutors(var ends) -> ExecutorRules.end(draft, ends);
            case ReservationCommand.OperateAgent operate -> ReservationRules.operate(draft, operate);
            case ReservationCommand.AcknowledgeOperations(var acknowledgements) ->
                ReservationRules.acknowledge(draft, acknowledgements);
            case ReservationCommand.ReserveAgents reserve -> ReservationRules.reserve(draft, reserve);
            case ReservationCommand.NoteReservations note -> ReservationRules.note(draft, note);
            case ReservationCommand.ExpireReservations expire -> ReservationRules.expire(draft, expire);
            case ReservationCommand.ReleaseReservations release -> ReservationRules.release(draft, release);
            case QuotaCommand.UpdateQuotas update -> QuotaRules.update(draft, update);
            case MaintenanceCommand.UpdateSchedule update -> MaintenanceRules.schedule(draft, update);
            case MaintenanceCommand.StartMaintenance(var machines) -> MaintenanceRules.start(draft, machines);
            case MaintenanceCommand.StopMaintenance(var machines) -> MaintenanceRules.stop(draft, machines);
            case MaintenanceCommand.DrainAgent drain -> MaintenanceRules.drain(draft, drain);
            case MaintenanceCommand.PlanDrain plan -> DrainRules.plan(draft, plan);
            case MaintenanceCommand.SteerDrain steer -> DrainRules.steer(draft, steer);
            case MaintenanceCommand.AdvanceDrain advance -> DrainRules.advance(draft, advance);
            case QuotaCommand.SetWeights(var weights) -> QuotaRules.setWeights(draft, weights);
            case SystemCommand.InitCluster init -> SystemRules.init(draft, init);
            case SystemCommand.RaiseFeatureLevel raise -> SystemRules.raiseFeatureLevel(draft, raise);
            case SystemCommand.RaiseEpoch raise -> SystemRules.raiseEpoch(draft, raise);
            case SystemCommand.DigestCheck check -> SystemRules.check(draft, check);
            case SystemCommand.PruneJournal prune -> SystemRules.prune(draft, prune);
            case SystemCommand.NoteDeed _ -> SystemRules.note(draft);
            case DeclarationCommand.Declare declare -> DeclarationRules.declare(draft, declare);
            case MembershipCommand membership -> MembershipRules.decide(draft, membership);
        };
    }

    /** Adds what every accepted command leaves behind: the time, and its request key. */
    private static Outcome completed(Registry before, LogEntry entry, Instant now, Outcome.Accepted accepted) {
        var key = entry.envelope().requestKey();
        boolean later = now.isAfter(before.time()) && !accepted.changes().isEmpty();
        if (key == null && !later) {
            return accepted;
        }
        var changes = new ArrayList<>(accepted.changes());
        if (key != null) {
            var oldest = before.oldestRequest();
            if (oldest != null && before.requestCount() >= Limits.REQUEST_KEYS_MAX) {
                changes.add(new Change.RequestRemoved(oldest));
            }
            changes.add(new Change.RequestPut(
                    new RequestRow(key, entry.at(), CommandKind.of(entry.command()), accepted.result())));
        }
        if (later) {
            changes.add(new Change.TimePut(now));
        }
        return new Outcome.Accepted(changes, accepted.result());
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
