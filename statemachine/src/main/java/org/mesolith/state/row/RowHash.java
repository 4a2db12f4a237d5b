package org.mesolith.state.row;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.mesolith.model.Opaque;
import org.mesolith.model.Quota;
import org.mesolith.model.TaskState;
import org.mesolith.model.TaskStatus;
import org.mesolith.model.Weight;

/** Hash of each sort of row: what the fingerprint of a registry is the sum of. */
public final class RowHash {
    private RowHash() {}

    public static long of(ClusterRow row) {
        if (!row.exists()) {
            return 0;
        }
        var hasher = new Hasher(1)
                .add(row.clusterId())
                .add(row.epoch())
                .add(row.epochId())
                .add((long) row.featureLevel());
        // It came later than the others: rows of before keep their hash.
        return (row.needs().isEmpty() ? hasher : hasher.add(row.needs())).done();
    }

    public static long of(Counters row) {
        return new Hasher(2)
                .add(row.agents())
                .add(row.frameworks())
                .add(row.completed())
                .done();
    }

    public static long of(Instant time) {
        return new Hasher(3).add(time).done();
    }

    public static long of(AgentRow row) {
        var hasher = new Hasher(4).add(row.id().value());
        ValueHash.add(hasher, row.info());
        ValueHash.add(hasher, row.total());
        hasher.add(row.registeredAt())
                .add(row.reregisteredAt())
                .add(row.unreachableSince())
                .add(row.deactivated());
        // Digests recorded before these came are kept: what is not there adds nothing.
        var drain = row.drain();
        if (drain != null) {
            hasher.add(1).add(drain.markGone()).add(drain.drained());
            if (drain.maxGrace() != null) {
                hasher.add(drain.maxGrace());
            }
        }
        if (!row.address().isEmpty()) {
            hasher.add(2).add(row.address());
        }
        return hasher.done();
    }

    public static long of(GoneAgent row) {
        return new Hasher(5).add(row.id().value()).add(row.since()).done();
    }

    public static long of(FrameworkRow row) {
        return add(new Hasher(6), row).done();
    }

    public static long of(CompletedFramework row) {
        return add(new Hasher(7).add(row.sequence()).add(row.completedAt()), row.framework())
                .done();
    }

    private static Hasher add(Hasher hasher, FrameworkRow row) {
        ValueHash.add(hasher, row.info());
        return hasher.add(row.registeredAt()).add(row.reregisteredAt()).add(row.disconnectedSince());
    }

    public static long of(TaskRow row) {
        return add(new Hasher(8), row).done();
    }

    public static long of(CompletedTask row) {
        return add(new Hasher(9).add(row.sequence()).add(row.completedAt()), row.task())
                .done();
    }

    private static Hasher add(Hasher hasher, TaskRow row) {
        var executor = row.executor();
        hasher.add(row.taskId())
                .add(row.framework().value())
                .add(row.agent().value())
                .add(executor == null ? null : executor.value())
                .add(row.role());
        ValueHash.add(hasher, row.resources());
        ValueHash.add(hasher, row.launchedAt());
        hasher.add(number(row.state()))
                .add(number(row.updateState()))
                .add(number(row.heldState()))
                .add(row.healthy())
                .add(row.updateHigh())
                .add(row.updateLow())
                .add((long) row.statuses())
                .add(row.statusHash())
                .add(row.detailHash());
        // It came later than the others: rows of before keep their hash.
        var group = row.group();
        return group == null ? hasher : hasher.add((long) group.number()).add((long) group.size());
    }

    /** Of an executor. */
    public static long of(ExecutorRow row) {
        var hasher = new Hasher(17)
                .add(row.framework().value())
                .add(row.id().value())
                .add(row.agent().value())
                .add(row.role());
        ValueHash.add(hasher, row.resources());
        ValueHash.add(hasher, row.launchedAt());
        hasher.add(row.unreachable());
        ValueHash.add(hasher, row.info());
        return hasher.done();
    }

    private static long number(@Nullable TaskState state) {
        return state == null ? -1 : state.number();
    }

    public static long of(Weight row) {
        return new Hasher(10).add(row.role()).add(row.bits()).done();
    }

    public static long of(Quota row) {
        var hasher = new Hasher(12).add(row.role());
        row.guarantees().forEach((name, milli) -> hasher.add(name).add(milli));
        hasher.add(-2L);
        row.limits().milliByName().forEach((name, milli) -> hasher.add(name).add((long) milli));
        return hasher.done();
    }

    public static long of(OperationRow row) {
        var hasher = new Hasher(13)
                .add(row.framework().value())
                .add(row.id().value())
                .add(row.agent().value())
                .add(row.type())
                .add((long) row.state().number())
                .add(row.status().high())
                .add(row.status().low());
        ValueHash.add(hasher, row.at());
        return hasher.done();
    }

    /** Nothing planned adds nothing. */
    public static long of(MaintenanceRow row) {
        if (row.equals(MaintenanceRow.NONE)) {
            return 0;
        }
        var hasher = new Hasher(14);
        for (var window : row.windows()) {
            hasher.add((long) window.machines().size())
                    .add(window.unavailability().start());
            var duration = window.unavailability().duration();
            if (duration != null) {
                hasher.add(duration);
            }
            window.machines().forEach(machine -> hasher.add(machine.hostname()).add(machine.ip()));
        }
        hasher.add(-2L);
        row.down().forEach(machine -> hasher.add(machine.hostname()).add(machine.ip()));
        return hasher.done();
    }

    /** Of a plan to empty agents. */
    public static long of(DrainPlan row) {
        var hasher = new Hasher(18)
                .add(row.number())
                .add((long) row.state().number())
                .add((long) row.maxUnavailable())
                .add(row.deadline())
                .add(row.createdAt())
                .add(row.principal());
        var maxGrace = row.maxGrace();
        if (maxGrace != null) {
            hasher.add(maxGrace);
        }
        for (var part : row.parts()) {
            hasher.add(part.agent().value())
                    .add((long) part.batch())
                    .add((long) part.step().number())
                    .add(part.wasDeactivated());
        }
        return hasher.done();
    }

    /** Of what is written down of a reservation. */
    public static long of(ReservationNote row) {
        var hasher = new Hasher(31).add(row.key().agent().value());
        ValueHash.add(hasher, row.key().stack());
        return hasher.add(row.owner())
                .add(row.purpose())
                .add(row.expires())
                .add(row.madeAt())
                .add(row.notedAt())
                .add(row.expiredAt())
                .done();
    }

    /** Of what a declaration said. */
    public static long of(DeclarationRow row) {
        var hasher = new Hasher(22)
                .add(row.name())
                .add((long) row.kind().number())
                .add(row.revision())
                .add(row.at())
                .add(row.principal());
        row.objects().forEach((key, content) -> hasher.add(key).add(content));
        return hasher.done();
    }

    /** Nobody known adds nothing. */
    public static long of(MembershipRow row) {
        if (row.equals(MembershipRow.NONE)) {
            return 0;
        }
        var hasher = new Hasher(15);
        row.tokens().forEach(token -> hasher.add(token.hash()).add(token.expires()));
        hasher.add(-2L);
        for (var member : row.members()) {
            hasher.add(member.id())
                    .add(member.host())
                    .add((long) member.raftPort())
                    .add((long) member.httpPort())
                    .add(member.zone())
                    .add(member.life())
                    .add(member.token())
                    .add(member.removedAt());
        }
        return hasher.done();
    }

    /** Hash of a task's launch detail. */
    public static long ofInfo(String name, Opaque taskInfo) {
        var hasher = new Hasher(20).add(name);
        ValueHash.add(hasher, taskInfo);
        return hasher.done();
    }

    /** Hash of one status in a task's details. */
    public static long ofStatus(int number, TaskStatus status) {
        var reason = status.reason();
        var uuid = status.uuid();
        var agent = status.agent();
        var executor = status.executor();
        var hasher = new Hasher(21)
                .add((long) number)
                .add(status.task().value())
                .add((long) status.state().number())
                .add((long) status.source().number())
                .add(reason == null ? -1L : reason.number())
                .add(status.message())
                .add(status.timestamp())
                .add(uuid == null ? 0 : uuid.high())
                .add(uuid == null ? 0 : uuid.low())
                .add(agent == null ? null : agent.value())
                .add(executor == null ? null : executor.value())
                .add(status.healthy());
        ValueHash.add(hasher, status.rest());
        return hasher.done();
    }
}
