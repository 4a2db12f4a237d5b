package org.mesolith.state.rules;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mesolith.model.AgentId;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Quota;
import org.mesolith.model.ReservationKey;
import org.mesolith.model.Weight;
import org.mesolith.state.Actor;
import org.mesolith.state.AgentCommand;
import org.mesolith.state.Command;
import org.mesolith.state.CommandKind;
import org.mesolith.state.DeclarationCommand;
import org.mesolith.state.FrameworkCommand;
import org.mesolith.state.LogEntry;
import org.mesolith.state.MaintenanceCommand;
import org.mesolith.state.MembershipCommand;
import org.mesolith.state.Outcome;
import org.mesolith.state.QuotaCommand;
import org.mesolith.state.Registry;
import org.mesolith.state.ReservationCommand;
import org.mesolith.state.Result;
import org.mesolith.state.SystemCommand;
import org.mesolith.state.TaskCommand;
import org.mesolith.state.journal.AuditRow;
import org.mesolith.state.journal.EventKind;

/**
 * What the audit says of a command. Every command of an operator is audited, refused or not; of the others what decides
 * about the life of agents, frameworks, masters and the cluster. The daily traffic of frameworks and agents is not.
 */
final class AuditRules {
    /** What the audit compares and names. */
    private record Words(String subject, String arguments, Function<Registry, String> standing) {
        static Words of(String subject, String arguments) {
            return new Words(subject, arguments, _ -> "");
        }
    }

    private AuditRules() {}

    /** Null when the command is not audited. */
    static AuditRow.@Nullable Deed deed(Registry before, LogEntry entry, Outcome outcome) {
        var actor = entry.envelope().actor();
        boolean done = outcome instanceof Outcome.Accepted(var changes, var _) && !changes.isEmpty();
        if (!isAudited(actor, entry.command(), outcome, done)) {
            return null;
        }
        var words = words(entry.command(), outcome);
        var after = done && outcome instanceof Outcome.Accepted(var changes, var _)
                ? before.with(entry.at(), changes)
                : before;
        var was = words.standing.apply(before);
        var is = words.standing.apply(after);
        if (entry.command() instanceof SystemCommand.NoteDeed note && outcome instanceof Outcome.Accepted) {
            was = note.before();
            is = note.after();
        }
        return new AuditRow.Deed(
                actor.kind().name().toLowerCase(Locale.ROOT),
                AuditTexts.cut(actor.id()),
                AuditTexts.cut(actor.principal() == null ? "" : actor.principal()),
                AuditTexts.cut(actor.address()),
                call(entry.command()),
                AuditTexts.cut(words.subject),
                AuditTexts.cut(words.arguments),
                verdict(before, entry, outcome),
                outcome instanceof Outcome.Rejected(var _, var message) ? AuditTexts.cut(message) : "",
                AuditTexts.cut(was),
                AuditTexts.cut(is));
    }

    private static boolean isAudited(Actor actor, Command command, Outcome outcome, boolean done) {
        boolean operator = actor.kind() == Actor.Kind.OPERATOR;
        return switch (command) {
            case AgentCommand.AdmitAgent _ ->
                operator
                        || (outcome instanceof Outcome.Accepted(var _, Result.AgentAdmitted(var _, boolean returned))
                                && !returned);
            case FrameworkCommand.SubscribeFramework _ ->
                operator
                        || (outcome
                                        instanceof
                                        Outcome.Accepted(var _, Result.FrameworkSubscribed(var _, boolean returned))
                                && !returned);
            case AgentCommand.UpdateAgent _,
                    AgentCommand.MarkAgentReachable _,
                    FrameworkCommand.UpdateFramework _,
                    FrameworkCommand.DisconnectFramework _,
                    FrameworkCommand.AcceptOffers _,
                    TaskCommand.UpdateTasks _,
                    TaskCommand.AcknowledgeTasks _,
                    TaskCommand.DropTasks _,
                    TaskCommand.EndExecutors _,
                    ReservationCommand.AcknowledgeOperations _ -> operator;
            case AgentCommand.MarkAgentsUnreachable _,
                    AgentCommand.MarkAgentGone _,
                    AgentCommand.DeactivateAgent _,
                    AgentCommand.ReactivateAgent _,
                    AgentCommand.RemoveAgent _,
                    AgentCommand.PruneAgents _,
                    FrameworkCommand.TimeOutFramework _ -> operator || done;
            case SystemCommand.DigestCheck _ -> false;
            case SystemCommand.PruneJournal _ -> false;
            case FrameworkCommand.TearDownFramework _ -> true;
            case MaintenanceCommand.AdvanceDrain _, ReservationCommand.ExpireReservations _ -> operator || done;
            case DeclarationCommand _ -> true;
            case ReservationCommand.ReserveAgents _,
                    ReservationCommand.NoteReservations _,
                    ReservationCommand.ReleaseReservations _ -> true;
            case ReservationCommand.OperateAgent _, QuotaCommand _, MaintenanceCommand _, MembershipCommand _ -> true;
            case SystemCommand.InitCluster _,
                    SystemCommand.RaiseFeatureLevel _,
                    SystemCommand.RaiseEpoch _,
                    SystemCommand.NoteDeed _ -> true;
        };
    }

    private static String call(Command command) {
        return command instanceof SystemCommand.NoteDeed note
                ? AuditTexts.cut(note.call())
                : CommandKind.of(command).name();
    }

    private static String verdict(Registry before, LogEntry entry, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Rejected(var reason, var _) -> reason.name();
            case Outcome.Accepted _ -> {
                var key = entry.envelope().requestKey();
                yield key != null && before.request(key) != null ? "repeated" : "accepted";
            }
        };
    }

    private static Words words(Command command, Outcome outcome) {
        return switch (command) {
            case AgentCommand agent -> agent(agent, outcome);
            case FrameworkCommand framework -> framework(framework, outcome);
            case TaskCommand _ -> Words.of("", "");
            case ReservationCommand.OperateAgent(var agent, var operation) ->
                new Words(
                        agent.value(),
                        ResourceEvents.text(operation),
                        registry -> AuditTexts.reserved(registry, agent));
            case ReservationCommand.AcknowledgeOperations _ -> Words.of("", "");
            case ReservationCommand.ReserveAgents(var agents, var resources, var wish) ->
                new Words(
                        agents.stream().map(AgentId::value).collect(Collectors.joining(", ")),
                        EventKind.RESOURCES_RESERVED.text() + " " + resources
                                + (wish.isNone() ? "" : " " + AuditTexts.wish(wish)),
                        registry -> AuditTexts.reserved(registry, agents));
            case ReservationCommand.NoteReservations(var keys, var wish) ->
                new Words(AuditTexts.keys(keys), AuditTexts.wish(wish), registry -> AuditTexts.notes(registry, keys));
            case ReservationCommand.ExpireReservations(var keys) -> ofReservations(keys);
            case ReservationCommand.ReleaseReservations(var keys) -> ofReservations(keys);
            case QuotaCommand.SetWeights(var weights) ->
                new Words(
                        weights.stream().map(Weight::role).collect(Collectors.joining(", ")),
                        weights.stream()
                                .map(row -> row.role() + ":" + AuditTexts.weight(row))
                                .collect(Collectors.joining("; ")),
                        registry -> AuditTexts.weights(registry, weights));
            case QuotaCommand.UpdateQuotas(var quotas, boolean force) ->
                new Words(
                        quotas.stream().map(Quota::role).collect(Collectors.joining(", ")),
                        force ? "force" : "",
                        registry -> AuditTexts.quotas(registry, quotas));
            case MaintenanceCommand maintenance -> maintenance(maintenance, outcome);
            case MembershipCommand membership -> membership(membership);
            case DeclarationCommand.Declare declare ->
                new Words(
                        declare.name(),
                        declare.kind().text() + " of "
                                + declare.changes().stream()
                                        .map(change -> change.object().key())
                                        .collect(Collectors.joining(", ")),
                        registry -> DeclarationRules.standing(registry, declare));
            case SystemCommand system -> system(system);
        };
    }

    private static Words ofReservations(List<ReservationKey> keys) {
        var agents = keys.stream().map(ReservationKey::agent).distinct().toList();
        return new Words(AuditTexts.keys(keys), "", registry -> AuditTexts.reserved(registry, agents));
    }

    private static Words ofAgent(AgentId id, String arguments) {
        return new Words(id.value(), arguments, registry -> AuditTexts.agent(registry, id));
    }

    private static Words agent(AgentCommand command, Outcome outcome) {
        return switch (command) {
            case AgentCommand.AdmitAgent admit ->
                outcome instanceof Outcome.Accepted(var _, Result.AgentAdmitted(var id, boolean _))
                        ? ofAgent(id, admit.info().hostname())
                        : Words.of("", admit.info().hostname());
            case AgentCommand.UpdateAgent(var id, var info) -> ofAgent(id, info.hostname());
            case AgentCommand.MarkAgentsUnreachable(var agents) -> {
                var subject =
                        agents.stream().map(silent -> silent.agent().value()).collect(Collectors.joining(", "));
                yield new Words(
                        subject,
                        "",
                        registry -> agents.stream()
                                .map(silent -> AuditTexts.agent(registry, silent.agent()))
                                .collect(Collectors.joining("; ")));
            }
            case AgentCommand.MarkAgentReachable(var id) -> ofAgent(id, "");
            case AgentCommand.MarkAgentGone(var id) -> ofAgent(id, "");
            case AgentCommand.DeactivateAgent(var id) -> ofAgent(id, "");
            case AgentCommand.ReactivateAgent(var id) -> ofAgent(id, "");
            case AgentCommand.RemoveAgent(var id) -> ofAgent(id, "");
            case AgentCommand.PruneAgents(var old, int keepMax) ->
                Words.of("", "marked before " + old + ", at most " + keepMax + " stay");
        };
    }

    private static Words ofFramework(FrameworkId id, String arguments) {
        return new Words(id.value(), arguments, registry -> AuditTexts.framework(registry, id));
    }

    private static Words framework(FrameworkCommand command, Outcome outcome) {
        return switch (command) {
            case FrameworkCommand.SubscribeFramework(var _, var info) ->
                outcome instanceof Outcome.Accepted(var _, Result.FrameworkSubscribed(var id, boolean _))
                        ? ofFramework(id, info.name())
                        : Words.of("", info.name());
            case FrameworkCommand.UpdateFramework(var id, var info) -> ofFramework(id, info.name());
            case FrameworkCommand.DisconnectFramework(var id, var _) -> ofFramework(id, "");
            case FrameworkCommand.TimeOutFramework(var id, var since) -> ofFramework(id, "disconnected since " + since);
            case FrameworkCommand.TearDownFramework(var id) -> ofFramework(id, "");
            case FrameworkCommand.AcceptOffers accept -> ofFramework(accept.framework(), "");
        };
    }

    private static Words maintenance(MaintenanceCommand command, Outcome outcome) {
        Function<Registry, String> schedule = registry -> AuditTexts.maintenance(registry.maintenance());
        return switch (command) {
            case MaintenanceCommand.UpdateSchedule(var windows, var _) ->
                new Words("", windows.size() + " windows", schedule);
            case MaintenanceCommand.StartMaintenance(var machines) ->
                new Words(AuditTexts.machines(machines), "", schedule);
            case MaintenanceCommand.StopMaintenance(var machines) ->
                new Words(AuditTexts.machines(machines), "", schedule);
            case MaintenanceCommand.DrainAgent(var agent, var maxGrace, boolean markGone) ->
                ofAgent(agent, "mark_gone=" + markGone + (maxGrace == null ? "" : " max_grace=" + maxGrace));
            case MaintenanceCommand.PlanDrain plan ->
                outcome instanceof Outcome.Accepted(var _, Result.DrainPlanned(long number))
                        ? ofDrain(number, AuditTexts.plan(plan))
                        : Words.of("", AuditTexts.plan(plan));
            case MaintenanceCommand.SteerDrain(long plan, var wish) ->
                ofDrain(plan, wish.name().toLowerCase(Locale.ROOT));
            case MaintenanceCommand.AdvanceDrain(long plan) -> ofDrain(plan, "");
        };
    }

    private static Words ofDrain(long plan, String arguments) {
        return new Words("D" + plan, arguments, registry -> DrainRules.standing(registry.drainPlan(plan)));
    }

    private static Words membership(MembershipCommand command) {
        return switch (command) {
            case MembershipCommand.AddJoinToken(var _, var expires) -> Words.of("", "expires " + expires);
            case MembershipCommand.AdmitMember(var _, var member) -> ofMember(member.id());
            case MembershipCommand.RecordMember(var member) -> ofMember(member.id());
            case MembershipCommand.RetireMember(var member) -> ofMember(member);
        };
    }

    private static Words ofMember(String id) {
        return new Words(id, "", registry -> AuditTexts.member(registry, id));
    }

    private static Words system(SystemCommand command) {
        return switch (command) {
            case SystemCommand.InitCluster init -> Words.of(init.clusterId(), "epoch " + init.epoch());
            case SystemCommand.RaiseFeatureLevel(int level, var _) ->
                new Words(
                        "",
                        "to " + level,
                        registry -> "feature level " + registry.cluster().featureLevel());
            case SystemCommand.RaiseEpoch(long epoch, long _) ->
                new Words(
                        "",
                        "to " + epoch,
                        registry -> "epoch " + registry.cluster().epoch());
            case SystemCommand.DigestCheck _ -> Words.of("", "");
            case SystemCommand.PruneJournal _ -> Words.of("", "");
            case SystemCommand.NoteDeed note -> Words.of(note.subject(), note.arguments());
        };
    }
}
