package org.mesolith.state.rules;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mesolith.base.Limits;
import org.mesolith.model.AgentId;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.MachineId;
import org.mesolith.model.Milli;
import org.mesolith.model.Quota;
import org.mesolith.model.ReservationKey;
import org.mesolith.model.ReservationWish;
import org.mesolith.model.Weight;
import org.mesolith.state.MaintenanceCommand.PlanDrain;
import org.mesolith.state.Registry;
import org.mesolith.state.row.KnownMember;
import org.mesolith.state.row.MaintenanceRow;
import org.mesolith.state.row.ReservationNote;

/** How audit and events write things down: short, and the same for the same thing. Part of what is hashed. */
final class AuditTexts {
    private AuditTexts() {}

    /** A bound on every text that is kept. */
    static String cut(String text) {
        if (text.length() <= Limits.TEXT_CHARS_MAX) {
            return text;
        }
        int end = Limits.TEXT_CHARS_MAX - 1;
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
    }

    static String agent(Registry registry, AgentId id) {
        var row = registry.agent(id);
        if (row == null) {
            return registry.goneAgent(id) == null ? "unknown" : "gone";
        }
        var text = new StringBuilder(row.isRegistered() ? "registered" : "unreachable");
        if (row.deactivated()) {
            text.append(", deactivated");
        }
        var drain = row.drain();
        if (drain != null) {
            text.append(drain.drained() ? ", drained" : ", draining");
        }
        return text.toString();
    }

    static String framework(Registry registry, FrameworkId id) {
        var row = registry.framework(id);
        if (row == null) {
            return registry.completedFramework(id) == null ? "unknown" : "completed";
        }
        return (row.disconnectedSince() == null ? "connected" : "disconnected") + ", " + registry.taskCount(id)
                + " tasks";
    }

    /** What operators and frameworks have made of the agent's resources. */
    static String reserved(Registry registry, AgentId id) {
        var row = registry.agent(id);
        return row == null ? "unknown" : row.reserved().toString();
    }

    /** What is reserved on these agents. */
    static String reserved(Registry registry, List<AgentId> agents) {
        return agents.stream()
                .map(agent -> agent + ": " + reserved(registry, agent))
                .collect(Collectors.joining("; "));
    }

    /** What is written down of these reservations. */
    static String notes(Registry registry, List<ReservationKey> keys) {
        return keys.stream()
                .map(key -> {
                    var note = registry.reservationNote(key);
                    return key + ": " + (note == null ? "no note" : note(note));
                })
                .collect(Collectors.joining("; "));
    }

    static String note(ReservationNote note) {
        return "owner '" + note.owner() + "', purpose '" + note.purpose() + "', expires " + time(note.expires())
                + (note.expiredAt() == null ? "" : ", expired");
    }

    static String wish(ReservationWish wish) {
        var parts = new ArrayList<String>();
        if (wish.owner() != null) {
            parts.add("owner '" + wish.owner() + "'");
        }
        if (wish.purpose() != null) {
            parts.add("purpose '" + wish.purpose() + "'");
        }
        if (wish.sets()) {
            parts.add("expires " + time(wish.expires()));
        }
        return String.join(", ", parts);
    }

    private static String time(@Nullable Instant time) {
        return time == null ? "never" : time.toString();
    }

    static String keys(List<ReservationKey> keys) {
        return keys.stream().map(ReservationKey::toString).collect(Collectors.joining(", "));
    }

    static String weight(Weight row) {
        return Double.toString(row.value());
    }

    /** What these roles weigh now. */
    static String weights(Registry registry, List<Weight> named) {
        return named.stream()
                .map(one -> {
                    var row = registry.weight(one.role());
                    return one.role() + ":" + (row == null ? "1.0" : weight(row));
                })
                .collect(Collectors.joining("; "));
    }

    static String limits(Quota row) {
        return row.limits().milliByName().entrySet().stream()
                .map(limit -> limit.getKey() + ":" + Milli.text(limit.getValue()))
                .collect(Collectors.joining(";"));
    }

    /** The quotas of these roles now. */
    static String quotas(Registry registry, List<Quota> named) {
        return named.stream()
                .map(one -> {
                    var row = registry.quota(one.role());
                    return one.role()
                            + (row.isNone() ? ": none" : ": guarantees " + row.guarantees() + " limits " + limits(row));
                })
                .collect(Collectors.joining("; "));
    }

    static String machines(Collection<MachineId> machines) {
        return machines.stream().map(MachineId::toString).collect(Collectors.joining(", "));
    }

    static String maintenance(MaintenanceRow row) {
        var scheduled = row.scheduled().entrySet().stream()
                .map(machine -> machine.getKey() + " from " + machine.getValue().start())
                .collect(Collectors.joining(", "));
        return "scheduled: " + scheduled + "; down: " + machines(row.down());
    }

    static String plan(PlanDrain plan) {
        var agents = plan.agents().stream().map(AgentId::value).collect(Collectors.joining(", "));
        return "max_unavailable=" + plan.maxUnavailable()
                + (plan.maxGrace() == null ? "" : " max_grace=" + plan.maxGrace())
                + (plan.deadline() == null ? "" : " deadline=" + plan.deadline()) + " agents " + agents;
    }

    static String member(Registry registry, String id) {
        var member = registry.membership().member(id);
        return member == null ? "unknown" : member(member);
    }

    static String member(KnownMember member) {
        return member.host() + ":" + member.httpPort() + " raft " + member.raftPort() + " life " + member.life()
                + (member.isRemoved() ? ", removed" : "");
    }
}
