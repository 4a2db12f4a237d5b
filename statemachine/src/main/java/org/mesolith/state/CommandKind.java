package org.mesolith.state;

import org.jspecify.annotations.Nullable;

/** Names each kind of command, for metrics, audit and the request table. The numbers are those of {@code log.proto}. */
public enum CommandKind {
    ADMIT_AGENT(10),
    UPDATE_AGENT(11),
    MARK_AGENTS_UNREACHABLE(12),
    MARK_AGENT_REACHABLE(13),
    MARK_AGENT_GONE(14),
    DEACTIVATE_AGENT(15),
    REACTIVATE_AGENT(16),
    REMOVE_AGENT(17),
    PRUNE_AGENTS(18),
    SUBSCRIBE_FRAMEWORK(30),
    UPDATE_FRAMEWORK(31),
    DISCONNECT_FRAMEWORK(32),
    TIME_OUT_FRAMEWORK(33),
    TEAR_DOWN_FRAMEWORK(34),
    ACCEPT_OFFERS(35),
    UPDATE_TASKS(50),
    ACKNOWLEDGE_TASKS(51),
    DROP_TASKS(52),
    OPERATE_AGENT(70),
    ACKNOWLEDGE_OPERATIONS(71),
    SET_WEIGHTS(90),
    UPDATE_QUOTAS(91),
    UPDATE_SCHEDULE(110),
    START_MAINTENANCE(111),
    STOP_MAINTENANCE(112),
    DRAIN_AGENT(113),
    INIT_CLUSTER(130),
    RAISE_FEATURE_LEVEL(131),
    RAISE_EPOCH(132),
    DIGEST_CHECK(133),
    PRUNE_JOURNAL(140),
    NOTE_DEED(141),
    ADD_JOIN_TOKEN(150),
    ADMIT_MEMBER(151),
    RECORD_MEMBER(152),
    RETIRE_MEMBER(153);

    private final int number;

    CommandKind(int number) {
        this.number = number;
    }

    public int number() {
        return number;
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
            case ReservationCommand.OperateAgent _ -> OPERATE_AGENT;
            case ReservationCommand.AcknowledgeOperations _ -> ACKNOWLEDGE_OPERATIONS;
            case QuotaCommand.SetWeights _ -> SET_WEIGHTS;
            case QuotaCommand.UpdateQuotas _ -> UPDATE_QUOTAS;
            case MaintenanceCommand.UpdateSchedule _ -> UPDATE_SCHEDULE;
            case MaintenanceCommand.StartMaintenance _ -> START_MAINTENANCE;
            case MaintenanceCommand.StopMaintenance _ -> STOP_MAINTENANCE;
            case MaintenanceCommand.DrainAgent _ -> DRAIN_AGENT;
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
        };
    }
}
