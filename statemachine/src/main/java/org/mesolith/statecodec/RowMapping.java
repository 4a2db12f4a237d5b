package org.mesolith.statecodec;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.mesolith.model.AgentId;
import org.mesolith.model.ExecutorId;
import org.mesolith.model.FrameworkId;
import org.mesolith.proto.gen.rows.Rows;
import org.mesolith.state.row.AgentRow;
import org.mesolith.state.row.Drain;
import org.mesolith.state.row.ExecutorRow;
import org.mesolith.state.row.FrameworkRow;
import org.mesolith.state.row.TaskGroup;
import org.mesolith.state.row.TaskRow;

/** Agents, frameworks and tasks, both ways. */
final class RowMapping {
    private RowMapping() {}

    static Rows.Agent write(AgentRow row) {
        var written = Rows.Agent.newBuilder()
                .setId(row.id().value())
                .setInfo(InfoMapping.write(row.info()))
                .setTotal(ResourceMapping.write(row.total()))
                .setRegisteredAt(Values.time(row.registeredAt()))
                .setDeactivated(row.deactivated())
                .setAddress(row.address());
        var drain = row.drain();
        if (drain != null) {
            written.setDrain(write(drain));
        }
        var reregistered = row.reregisteredAt();
        if (reregistered != null) {
            written.setReregisteredAt(Values.time(reregistered));
        }
        var unreachable = row.unreachableSince();
        if (unreachable != null) {
            written.setUnreachableSince(Values.time(unreachable));
        }
        return written.build();
    }

    static AgentRow read(Rows.Agent row) {
        return new AgentRow(
                new AgentId(row.getId()),
                InfoMapping.read(row.getInfo()),
                ResourceMapping.read(row.getTotal()),
                Values.time(row.getRegisteredAt()),
                time(row.hasReregisteredAt(), row.getReregisteredAt()),
                time(row.hasUnreachableSince(), row.getUnreachableSince()),
                row.getDeactivated(),
                row.hasDrain() ? read(row.getDrain()) : null,
                row.getAddress());
    }

    private static Rows.Drain write(Drain drain) {
        var written = Rows.Drain.newBuilder().setMarkGone(drain.markGone()).setDrained(drain.drained());
        if (drain.maxGrace() != null) {
            written.setMaxGrace(Values.span(drain.maxGrace()));
        }
        return written.build();
    }

    private static Drain read(Rows.Drain read) {
        return new Drain(
                read.hasMaxGrace() ? Values.span(read.getMaxGrace()) : null, read.getMarkGone(), read.getDrained());
    }

    static Rows.Framework write(FrameworkRow row) {
        var written = Rows.Framework.newBuilder()
                .setInfo(InfoMapping.write(row.info()))
                .setRegisteredAt(Values.time(row.registeredAt()));
        var reregistered = row.reregisteredAt();
        if (reregistered != null) {
            written.setReregisteredAt(Values.time(reregistered));
        }
        var disconnected = row.disconnectedSince();
        if (disconnected != null) {
            written.setDisconnectedSince(Values.time(disconnected));
        }
        return written.build();
    }

    static FrameworkRow read(Rows.Framework row) {
        return new FrameworkRow(
                InfoMapping.read(row.getInfo()),
                Values.time(row.getRegisteredAt()),
                time(row.hasReregisteredAt(), row.getReregisteredAt()),
                time(row.hasDisconnectedSince(), row.getDisconnectedSince()));
    }

    static Rows.Task write(TaskRow row) {
        var written = Rows.Task.newBuilder()
                .setTaskId(row.taskId())
                .setFramework(row.framework().value())
                .setAgent(row.agent().value())
                .setRole(row.role())
                .setResources(ResourceMapping.write(row.resources()))
                .setLaunchedAt(Values.position(row.launchedAt()))
                .setState(row.state().number())
                .setUpdateHigh(row.updateHigh())
                .setUpdateLow(row.updateLow())
                .setStatuses(row.statuses())
                .setStatusHash(row.statusHash())
                .setDetailHash(row.detailHash());
        var executor = row.executor();
        if (executor != null) {
            written.setExecutor(executor.value());
        }
        var update = row.updateState();
        if (update != null) {
            written.setUpdateState(update.number());
        }
        var held = row.heldState();
        if (held != null) {
            written.setHeldState(held.number());
        }
        var healthy = row.healthy();
        if (healthy != null) {
            written.setHealthy(healthy);
        }
        var group = row.group();
        if (group != null) {
            written.setGroup(
                    Rows.TaskGroup.newBuilder().setNumber(group.number()).setSize(group.size()));
        }
        return written.build();
    }

    static TaskRow read(Rows.Task row) {
        return new TaskRow(
                row.getTaskId(),
                new FrameworkId(row.getFramework()),
                new AgentId(row.getAgent()),
                row.hasExecutor() ? new ExecutorId(row.getExecutor()) : null,
                row.getRole(),
                ResourceMapping.read(row.getResources()),
                Values.position(row.getLaunchedAt()),
                Values.state(row.getState()),
                row.hasUpdateState() ? Values.state(row.getUpdateState()) : null,
                row.hasHeldState() ? Values.state(row.getHeldState()) : null,
                row.hasHealthy() ? Boolean.valueOf(row.getHealthy()) : null,
                row.getUpdateHigh(),
                row.getUpdateLow(),
                row.getStatuses(),
                row.getStatusHash(),
                row.getDetailHash(),
                row.hasGroup()
                        ? new TaskGroup(
                                row.getGroup().getNumber(), row.getGroup().getSize())
                        : null);
    }

    static Rows.Executor write(ExecutorRow row) {
        return Rows.Executor.newBuilder()
                .setFramework(row.framework().value())
                .setId(row.id().value())
                .setAgent(row.agent().value())
                .setRole(row.role())
                .setResources(ResourceMapping.write(row.resources()))
                .setLaunchedAt(Values.position(row.launchedAt()))
                .setUnreachable(row.unreachable())
                .setInfo(Values.opaque(row.info()))
                .build();
    }

    static ExecutorRow read(Rows.Executor row) {
        return new ExecutorRow(
                new FrameworkId(row.getFramework()),
                new ExecutorId(row.getId()),
                new AgentId(row.getAgent()),
                row.getRole(),
                ResourceMapping.read(row.getResources()),
                Values.position(row.getLaunchedAt()),
                row.getUnreachable(),
                Values.opaque(row.getInfo()));
    }

    private static @Nullable Instant time(boolean present, Rows.Time time) {
        return present ? Values.time(time) : null;
    }
}
