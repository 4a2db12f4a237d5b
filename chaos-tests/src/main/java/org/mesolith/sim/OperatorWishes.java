package org.mesolith.sim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.OperatorCall;
import org.mesolith.model.AgentId;
import org.mesolith.model.DrainWish;
import org.mesolith.model.MachineId;
import org.mesolith.model.MaintenanceWindow;
import org.mesolith.model.OfferOperation;
import org.mesolith.model.Quota;
import org.mesolith.model.Reservation;
import org.mesolith.model.ReservationKey;
import org.mesolith.model.ReservationWish;
import org.mesolith.model.Resources;
import org.mesolith.model.TaskId;
import org.mesolith.model.Unavailability;
import org.mesolith.sim.plan.Dice;
import org.mesolith.state.Registry;
import org.mesolith.state.row.AgentRow;
import org.mesolith.state.row.DrainPlan;
import org.mesolith.state.row.FrameworkRow;

/** What an operator could want of a cluster that looks like this. Whether it can be is the cluster's to say. */
final class OperatorWishes {
    private static final List<String> ROLES = List.of("web", "web/night", "ops", "*");

    private final SimClock clock;
    private final Dice dice;
    private final ConversionMaker conversions;
    private final RoleWishes roles;

    OperatorWishes(SimClock clock, Dice dice) {
        this.clock = clock;
        this.dice = dice;
        this.conversions = new ConversionMaker("operator", dice);
        this.roles = new RoleWishes(ROLES, dice);
    }

    /** Null when there is nothing to wish. */
    @Nullable
    OperatorCall one(Registry registry) {
        var undone = dice.oneIn(3) ? undoAgents(registry) : null;
        if (undone != null) {
            return undone;
        }
        return switch (dice.below(24)) {
            case 0 -> roles.weights();
            case 1, 2 -> roles.quota();
            case 3 -> roles.oldQuota(registry);
            case 4, 5, 6, 7, 8, 9 -> operate(registry);
            case 10, 11 -> maintain(registry);
            case 12 -> kill(registry);
            case 13, 14, 15 -> drain(registry);
            case 16, 17, 18 -> reservations(registry);
            case 19, 20 -> roles.declare(registry);
            default -> leave(registry);
        };
    }

    /**
     * The next thing that keeps the cluster from working, taken back; null when nothing does. An agent that nobody is
     * any more does not come back.
     */
    static @Nullable OperatorCall undo(Registry registry, Predicate<AgentId> lives) {
        for (var plan : registry.drainPlans()) {
            if (plan.state().isOpen()) {
                return new OperatorCall.SteerDrain(plan.number(), DrainWish.CANCEL);
            }
        }
        var agents = undoAgents(registry);
        if (agents != null) {
            return agents;
        }
        for (var agent : registry.agents()) {
            if (!agent.isRegistered() && !lives.test(agent.id())) {
                return new OperatorCall.MarkAgentGone(agent.id());
            }
        }
        if (!registry.maintenance().windows().isEmpty()) {
            return new OperatorCall.UpdateMaintenanceSchedule(List.of());
        }
        var none = new ArrayList<Quota>();
        registry.quotas().forEach(quota -> none.add(Quota.none(quota.role())));
        return none.isEmpty() ? null : new OperatorCall.UpdateQuota(none, true);
    }

    private static @Nullable OperatorCall undoAgents(Registry registry) {
        var down = registry.maintenance().down();
        if (!down.isEmpty()) {
            return new OperatorCall.StopMaintenance(down);
        }
        for (var agent : registry.agents()) {
            if (agent.deactivated() && !agent.isDraining()) {
                return new OperatorCall.ReactivateAgent(agent.id());
            }
        }
        return null;
    }

    /** No more for a role than it consumes at this moment. */
    OperatorCall tightQuota(Registry registry) {
        return roles.tightQuota(registry);
    }

    // ---- agents

    private @Nullable AgentRow agent(Registry registry) {
        var rows = new ArrayList<AgentRow>();
        registry.agents().forEach(rows::add);
        return rows.isEmpty() ? null : dice.oneOf(rows);
    }

    private @Nullable OperatorCall operate(Registry registry) {
        var row = agent(registry);
        if (row == null) {
            return null;
        }
        var role = dice.oneOf(ROLES.subList(0, 3));
        OfferOperation operation =
                dice.oneIn(6) ? conversions.anotherOwner(row.total(), "ops") : conversions.one(role, row.total());
        return operation == null ? null : new OperatorCall.Operate(row.id(), operation);
    }

    /** The same on some agents, until soon; another note of what is reserved; or what nobody needs back. */
    private @Nullable OperatorCall reservations(Registry registry) {
        var known = new ArrayList<ReservationKey>();
        registry.reservationNotes().forEach(note -> known.add(note.key()));
        var soon = clock.now().plusSeconds(1 + dice.below(30));
        if (!known.isEmpty() && dice.oneIn(2)) {
            var key = List.of(dice.oneOf(known));
            return dice.oneIn(3)
                    ? new OperatorCall.ReleaseReservations(key)
                    : new OperatorCall.NoteReservations(
                            key, ReservationWish.of("ann", "trial", dice.oneIn(4) ? null : soon));
        }
        var chosen = new ArrayList<AgentId>();
        for (var row : registry.agents()) {
            if (dice.oneIn(2)) {
                chosen.add(row.id());
            }
        }
        var role = dice.oneOf(ROLES.subList(0, 3));
        var made = Resources.parse("cpus:0.5;mem:32").pushReservation(Reservation.dynamic(role, null));
        return chosen.isEmpty()
                ? null
                : new OperatorCall.ReserveAgents(chosen, made, ReservationWish.of("bob", "", soon));
    }

    private @Nullable OperatorCall maintain(Registry registry) {
        var row = agent(registry);
        var scheduled = registry.maintenance().draining();
        if (!scheduled.isEmpty() && dice.oneIn(3)) {
            return new OperatorCall.StartMaintenance(List.of(scheduled.first()));
        }
        if (row == null || dice.oneIn(4)) {
            return new OperatorCall.UpdateMaintenanceSchedule(List.of());
        }
        var machine = new MachineId(row.info().hostname(), "");
        var start = clock.now().plus(dice.between(Duration.ofSeconds(1), Duration.ofSeconds(30)));
        var length = dice.between(Duration.ofSeconds(5), Duration.ofMinutes(2));
        var window = new MaintenanceWindow(List.of(machine), new Unavailability(start, length));
        return new OperatorCall.UpdateMaintenanceSchedule(List.of(window));
    }

    private @Nullable OperatorCall leave(Registry registry) {
        var row = agent(registry);
        if (row == null) {
            return null;
        }
        AgentId id = row.id();
        var grace = dice.oneIn(2) ? null : dice.between(Duration.ZERO, Duration.ofSeconds(3));
        return switch (dice.below(8)) {
            case 0 -> new OperatorCall.MarkAgentGone(id);
            case 1 -> new OperatorCall.DrainAgent(id, grace, true);
            case 2, 3, 4 -> new OperatorCall.DrainAgent(id, grace, false);
            case 5, 6 -> new OperatorCall.DeactivateAgent(id);
            default -> new OperatorCall.ReactivateAgent(id);
        };
    }

    /** Agents are to be emptied batch by batch, or a plan to do so pauses, goes on, or is taken back. */
    private @Nullable OperatorCall drain(Registry registry) {
        var plans = new ArrayList<DrainPlan>();
        registry.drainPlans().forEach(plans::add);
        boolean open = plans.stream().anyMatch(plan -> plan.state().isOpen());
        if (!plans.isEmpty() && (open ? !dice.oneIn(3) : dice.oneIn(4))) {
            var plan = open ? plans.getLast() : dice.oneOf(plans);
            var turn = plan.state() == DrainPlan.State.PAUSED && dice.oneIn(2)
                    ? DrainWish.RESUME
                    : dice.oneOf(List.of(DrainWish.values()));
            return new OperatorCall.SteerDrain(plan.number(), turn);
        }
        var chosen = new ArrayList<AgentId>();
        for (var row : registry.agents()) {
            if (dice.below(3) > 0) {
                chosen.add(row.id());
            }
        }
        var grace = dice.oneIn(2) ? null : Duration.ofSeconds(dice.below(4));
        var deadline = dice.oneIn(3) ? clock.now().plusSeconds(1 + dice.below(20)) : null;
        return chosen.isEmpty() ? null : new OperatorCall.PlanDrain(chosen, 1 + dice.below(2), grace, deadline);
    }

    private @Nullable OperatorCall kill(Registry registry) {
        for (FrameworkRow framework : registry.frameworks()) {
            var ids = new ArrayList<TaskId>();
            registry.tasksOfFramework(framework.id()).forEach(task -> ids.add(task.id()));
            if (!ids.isEmpty() && dice.oneIn(2)) {
                return new OperatorCall.KillTask(framework.id(), dice.oneOf(ids), null);
            }
        }
        return null;
    }
}
