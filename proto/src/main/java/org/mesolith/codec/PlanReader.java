package org.mesolith.codec;

import java.util.ArrayList;
import org.mesolith.api.OperatorCall;
import org.mesolith.codec.body.Path;
import org.mesolith.codec.body.ShapeErrors;
import org.mesolith.codec.v1.Plans;
import org.mesolith.codec.v1.Times;
import org.mesolith.model.AgentId;
import org.mesolith.model.Quota;
import org.mesolith.proto.gen.v1.AgentID;
import org.mesolith.proto.gen.v1.master.Call;

/** Reads what an operator plans: quotas, maintenance, and what becomes of agents. */
final class PlanReader {
    private final ShapeErrors errors;

    PlanReader(ShapeErrors errors) {
        this.errors = errors;
    }

    OperatorCall quota(Call from) {
        return switch (from.getType()) {
            case UPDATE_QUOTA -> {
                var at = body(from.hasUpdateQuota(), "update_quota").field("quota_configs");
                var configs = from.getUpdateQuota().getQuotaConfigsList();
                var quotas = new ArrayList<Quota>();
                for (int i = 0; i < configs.size(); i++) {
                    quotas.add(Plans.quota(configs.get(i), at.index(i), errors));
                }
                yield new OperatorCall.UpdateQuota(quotas, from.getUpdateQuota().getForce());
            }
            case SET_QUOTA -> OldQuota.set(from, errors);
            default -> OldQuota.remove(from, errors);
        };
    }

    OperatorCall maintenance(Call from) {
        return switch (from.getType()) {
            case UPDATE_MAINTENANCE_SCHEDULE -> {
                body(from.hasUpdateMaintenanceSchedule(), "update_maintenance_schedule");
                yield new OperatorCall.UpdateMaintenanceSchedule(
                        Plans.windows(from.getUpdateMaintenanceSchedule().getSchedule()));
            }
            case START_MAINTENANCE -> {
                body(from.hasStartMaintenance(), "start_maintenance");
                yield new OperatorCall.StartMaintenance(
                        Plans.machines(from.getStartMaintenance().getMachinesList()));
            }
            default -> {
                body(from.hasStopMaintenance(), "stop_maintenance");
                yield new OperatorCall.StopMaintenance(
                        Plans.machines(from.getStopMaintenance().getMachinesList()));
            }
        };
    }

    OperatorCall agent(Call from) {
        return switch (from.getType()) {
            case DRAIN_AGENT -> drain(from);
            case DEACTIVATE_AGENT -> {
                body(from.hasDeactivateAgent(), "deactivate_agent");
                yield new OperatorCall.DeactivateAgent(
                        id(from.getDeactivateAgent().getAgentId()));
            }
            case REACTIVATE_AGENT -> {
                body(from.hasReactivateAgent(), "reactivate_agent");
                yield new OperatorCall.ReactivateAgent(
                        id(from.getReactivateAgent().getAgentId()));
            }
            default -> {
                body(from.hasMarkAgentGone(), "mark_agent_gone");
                yield new OperatorCall.MarkAgentGone(id(from.getMarkAgentGone().getAgentId()));
            }
        };
    }

    private OperatorCall drain(Call from) {
        var at = body(from.hasDrainAgent(), "drain_agent").field("max_grace_period");
        var drain = from.getDrainAgent();
        var grace = drain.hasMaxGracePeriod() ? Times.duration(drain.getMaxGracePeriod()) : null;
        if (grace != null && grace.isNegative()) {
            errors.add(at, "is " + grace + ", must not be negative");
        }
        if (grace != null && grace.compareTo(Times.LONGEST) > 0) {
            errors.add(at, "is " + grace + ", must not be above 292 years: agents count in nanoseconds");
        }
        return new OperatorCall.DrainAgent(id(drain.getAgentId()), grace, drain.getMarkGone());
    }

    private Path body(boolean given, String name) {
        var at = Path.ROOT.field(name);
        if (!given) {
            errors.addMissing(at);
        }
        return at;
    }

    private static AgentId id(AgentID id) {
        return new AgentId(id.getValue());
    }
}
