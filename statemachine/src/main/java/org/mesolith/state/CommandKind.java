package org.mesolith.state;

import org.jspecify.annotations.Nullable;
import org.mesolith.model.DeclaredKind;

/**
 * Names each kind of command, for metrics, audit and the request table. The numbers are those of {@code log.proto}, and
 * the level from which a kind is accepted is part of what old entries mean: neither is ever changed.
 */
public enum CommandKind {
    ADMIT_AGENT(10, FeatureLevel.FIRST),
    UPDATE_AGENT(11, FeatureLevel.FIRST),
    MARK_AGENTS_UNREACHABLE(12, FeatureLevel.FIRST),
    MARK_AGENT_REACHABLE(13, FeatureLevel.FIRST),
    MARK_AGENT_GONE(14, FeatureLevel.FIRST),
    DEACTIVATE_AGENT(15, FeatureLevel.FIRST),
    REACTIVATE_AGENT(16, FeatureLevel.FIRST),
    REMOVE_AGENT(17, FeatureLevel.FIRST),
    PRUNE_AGENTS(18, FeatureLevel.FIRST),
    SUBSCRIBE_FRAMEWORK(30, FeatureLevel.FIRST),
    UPDATE_FRAMEWORK(31, FeatureLevel.FIRST),
    DISCONNECT_FRAMEWORK(32, FeatureLevel.FIRST),
    TIME_OUT_FRAMEWORK(33, FeatureLevel.FIRST),
    TEAR_DOWN_FRAMEWORK(34, FeatureLevel.FIRST),
    ACCEPT_OFFERS(35, FeatureLevel.FIRST),
    UPDATE_TASKS(50, FeatureLevel.FIRST),
    ACKNOWLEDGE_TASKS(51, FeatureLevel.FIRST),
    DROP_TASKS(52, FeatureLevel.FIRST),
    END_EXECUTORS(53, FeatureLevel.EXECUTORS),
    OPERATE_AGENT(70, FeatureLevel.FIRST),
    ACKNOWLEDGE_OPERATIONS(71, FeatureLevel.FIRST),
    SET_WEIGHTS(90, FeatureLevel.FIRST),
    UPDATE_QUOTAS(91, FeatureLevel.FIRST),
    UPDATE_SCHEDULE(110, FeatureLevel.FIRST),
    START_MAINTENANCE(111, FeatureLevel.FIRST),
    STOP_MAINTENANCE(112, FeatureLevel.FIRST),
    DRAIN_AGENT(113, FeatureLevel.FIRST),
    PLAN_DRAIN(114, FeatureLevel.PLANS),
    STEER_DRAIN(115, FeatureLevel.PLANS),
    ADVANCE_DRAIN(116, FeatureLevel.PLANS),
    INIT_CLUSTER(130, FeatureLevel.NONE),
    RAISE_FEATURE_LEVEL(131, FeatureLevel.FIRST),
    RAISE_EPOCH(132, FeatureLevel.FIRST),
    DIGEST_CHECK(133, FeatureLevel.FIRST),
    PRUNE_JOURNAL(140, FeatureLevel.JOURNAL),
    NOTE_DEED(141, FeatureLevel.JOURNAL),
    ADD_JOIN_TOKEN(150, FeatureLevel.MEMBERSHIP),
    ADMIT_MEMBER(151, FeatureLevel.MEMBERSHIP),
    RECORD_MEMBER(152, FeatureLevel.MEMBERSHIP),
    RETIRE_MEMBER(153, FeatureLevel.MEMBERSHIP),
    DECLARE_WEIGHTS(160, FeatureLevel.DECLARATIONS),
    DECLARE_RESERVATIONS(161, FeatureLevel.DECLARATIONS),
    DECLARE_QUOTAS(162, FeatureLevel.DECLARATIONS),
    DECLARE_WINDOWS(163, FeatureLevel.DECLARATIONS),
    NOTE_RESERVATIONS(170, FeatureLevel.DECLARATIONS),
    RESERVE_AGENTS(171, FeatureLevel.DECLARATIONS),
    EXPIRE_RESERVATIONS(172, FeatureLevel.DECLARATIONS),
    RELEASE_RESERVATIONS(173, FeatureLevel.DECLARATIONS);

    private final int number;

    private final int since;

    CommandKind(int number, FeatureLevel since) {
        this.number = number;
        this.since = since.number();
    }

    public int number() {
        return number;
    }

    /** The level a cluster must have reached: below it the state machine refuses a command of this kind. */
    public FeatureLevel since() {
        return new FeatureLevel(since);
    }

    /** The kind of this number, null for one that this version does not know. */
    public static @Nullable CommandKind of(int number) {
        for (var kind : values()) {
            if (kind.number == number) {
                return kind;
            }
        }
        return null;
    }

    /** The kind of a command. */
    public static CommandKind of(Command command) {
        return switch (command) {
            case AgentCommand.AdmitAgent _ -> ADMIT_AGENT;
            case AgentCommand.UpdateAgent _ -> UPDATE_AGENT;
            case AgentCommand.MarkAgentsUnreachable _ -> MARK_AGENTS_UNREACHABLE;
            case AgentCommand.MarkAgentReachable _ -> MARK_AGENT_REACHABLE;
            case AgentCommand.MarkAgentGone _ -> MARK_AGENT_GONE;
            case AgentCommand.DeactivateAgent _ -> DEACTIVATE_AGENT;
            case AgentCommand.ReactivateAgent _ -> REACTIVATE_AGENT;
            case AgentCommand.RemoveAgent _ -> REMOVE_AGENT;
            case AgentCommand.PruneAgents _ -> PRUNE_AGENTS;
            case FrameworkCommand.SubscribeFramework _ -> SUBSCRIBE_FRAMEWORK;
            case FrameworkCommand.UpdateFramework _ -> UPDATE_FRAMEWORK;
            case FrameworkCommand.DisconnectFramework _ -> DISCONNECT_FRAMEWORK;
            case FrameworkCommand.TimeOutFramework _ -> TIME_OUT_FRAMEWORK;
            case FrameworkCommand.TearDownFramework _ -> TEAR_DOWN_FRAMEWORK;
            case FrameworkCommand.AcceptOffers _ -> ACCEPT_OFFERS;
            case TaskCommand.UpdateTasks _ -> UPDATE_TASKS;
            case TaskCommand.AcknowledgeTasks _ -> ACKNOWLEDGE_TASKS;
            case TaskCommand.DropTasks _ -> DROP_TASKS;
            case TaskCommand.EndExecutors _ -> END_EXECUTORS;
            case ReservationCommand.OperateAgent _ -> OPERATE_AGENT;
            case ReservationCommand.AcknowledgeOperations _ -> ACKNOWLEDGE_OPERATIONS;
            case ReservationCommand.NoteReservations _ -> NOTE_RESERVATIONS;
            case ReservationCommand.ReserveAgents _ -> RESERVE_AGENTS;
            case ReservationCommand.ExpireReservations _ -> EXPIRE_RESERVATIONS;
            case ReservationCommand.ReleaseReservations _ -> RELEASE_RESERVATIONS;
            case QuotaCommand.SetWeights _ -> SET_WEIGHTS;
            case QuotaCommand.UpdateQuotas _ -> UPDATE_QUOTAS;
            case MaintenanceCommand.UpdateSchedule _ -> UPDATE_SCHEDULE;
            case MaintenanceCommand.StartMaintenance _ -> START_MAINTENANCE;
            case MaintenanceCommand.StopMaintenance _ -> STOP_MAINTENANCE;
            case MaintenanceCommand.DrainAgent _ -> DRAIN_AGENT;
            case MaintenanceCommand.PlanDrain _ -> PLAN_DRAIN;
            case MaintenanceCommand.SteerDrain _ -> STEER_DRAIN;
            case MaintenanceCommand.AdvanceDrain _ -> ADVANCE_DRAIN;
            case SystemCommand.InitCluster _ -> INIT_CLUSTER;
            case SystemCommand.RaiseFeatureLevel _ -> RAISE_FEATURE_LEVEL;
            case SystemCommand.RaiseEpoch _ -> RAISE_EPOCH;
            case SystemCommand.DigestCheck _ -> DIGEST_CHECK;
            case SystemCommand.PruneJournal _ -> PRUNE_JOURNAL;
            case SystemCommand.NoteDeed _ -> NOTE_DEED;
            case MembershipCommand.AddJoinToken _ -> ADD_JOIN_TOKEN;
            case MembershipCommand.AdmitMember _ -> ADMIT_MEMBER;
            case MembershipCommand.RecordMember _ -> RECORD_MEMBER;
            case MembershipCommand.RetireMember _ -> RETIRE_MEMBER;
            case DeclarationCommand.Declare declare -> of(declare.kind());
        };
    }

    /** The kind of command by which a declaration speaks of such objects. */
    public static CommandKind of(DeclaredKind declared) {
        return switch (declared) {
            case WEIGHTS -> DECLARE_WEIGHTS;
            case RESERVATIONS -> DECLARE_RESERVATIONS;
            case QUOTAS -> DECLARE_QUOTAS;
            case WINDOWS -> DECLARE_WINDOWS;
        };
    }
}
