package org.mesolith.state.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.mesolith.base.Limits;
import org.mesolith.state.Change;
import org.mesolith.state.MaintenanceCommand.AdvanceDrain;
import org.mesolith.state.MaintenanceCommand.PlanDrain;
import org.mesolith.state.MaintenanceCommand.SteerDrain;
import org.mesolith.state.Outcome;
import org.mesolith.state.Reason;
import org.mesolith.state.Result;
import org.mesolith.state.check.DrainChecks;
import org.mesolith.state.row.DrainPlan;
import org.mesolith.state.row.DrainPlan.Part;
import org.mesolith.state.row.DrainPlan.State;
import org.mesolith.state.row.DrainPlan.Step;

/** Agents that are emptied batch by batch. Mesos has nothing like it. */
final class DrainRules {
    private DrainRules() {}

    static Outcome plan(Draft draft, PlanDrain command) {
        var before = draft.before();
        var problem = DrainChecks.agents(before, command.agents());
        if (problem == null && command.maxUnavailable() < 1) {
            problem = command.maxUnavailable() + " agents at a time are asked for; ask for 1 or more";
        }
        if (problem == null && command.deadline() != null && !command.deadline().isAfter(draft.now())) {
            problem = "the deadline " + command.deadline() + " is over already";
        }
        if (problem != null) {
            return new Outcome.Rejected(Reason.DRAIN_INVALID, problem);
        }
        int open = 0;
        long last = 0;
        var over = new ArrayList<DrainPlan>();
        for (var plan : before.drainPlans()) {
            last = plan.number();
            if (plan.state().isOpen()) {
                open++;
            } else {
                over.add(plan);
            }
        }
        if (open >= Limits.DRAIN_PLANS_MAX) {
            return new Outcome.Rejected(
                    Reason.TOO_MANY, open + " drains are planned and not over; wait for one, or cancel one");
        }
        for (int at = 0; over.size() - at >= Limits.DRAIN_PLANS_KEPT_MAX; at++) {
            draft.add(new Change.DrainPlanRemoved(over.get(at).number()));
        }
        var principal = draft.principal();
        var made = new DrainPlan(
                last + 1,
                State.RUNNING,
                DrainChecks.batches(before, command.agents(), command.maxUnavailable()),
                command.maxUnavailable(),
                command.maxGrace(),
                command.deadline(),
                draft.now(),
                principal == null ? "" : principal);
        put(draft, made, DrainChecks.next(before, made, draft.now()));
        return draft.accepted(new Result.DrainPlanned(made.number()));
    }

    /** What the plan needs now, whoever asks and however often. */
    static Outcome advance(Draft draft, AdvanceDrain command) {
        var plan = draft.before().drainPlan(command.plan());
        if (plan == null) {
            return unknown(command.plan());
        }
        var next = DrainChecks.next(draft.before(), plan, draft.now());
        if (!next.equals(plan)) {
            put(draft, plan, next);
        }
        return draft.accepted();
    }

    static Outcome steer(Draft draft, SteerDrain command) {
        var plan = draft.before().drainPlan(command.plan());
        if (plan == null) {
            return unknown(command.plan());
        }
        return switch (command.wish()) {
            case PAUSE -> turned(draft, plan, State.RUNNING, State.PAUSED);
            case RESUME -> turned(draft, plan, State.PAUSED, State.RUNNING);
            case CANCEL -> cancel(draft, plan);
        };
    }

    private static Outcome turned(Draft draft, DrainPlan plan, State from, State to) {
        if (plan.state() == to) {
            return draft.accepted();
        }
        if (plan.state() != from) {
            return new Outcome.Rejected(
                    Reason.DRAIN_OVER, "plan " + plan.id() + " is " + plan.state() + ": nothing of it is to come");
        }
        var turned = plan.with(to, plan.parts());
        put(draft, plan, DrainChecks.next(draft.before(), turned, draft.now()));
        return draft.accepted();
    }

    /** Every agent that the plan empties, or has emptied, is in use again as it was before; tasks that end go on to. */
    private static Outcome cancel(Draft draft, DrainPlan plan) {
        if (plan.state() == State.CANCELLED) {
            return draft.accepted();
        }
        var parts = new ArrayList<Part>();
        for (var part : plan.parts()) {
            var row = draft.before().agent(part.agent());
            boolean touched = part.step() == Step.DRAINING || part.step() == Step.DRAINED;
            if (!touched) {
                parts.add(part);
            } else if (row == null) {
                parts.add(part.at(Step.GONE));
            } else if (plan.isOwn(row.drain())) {
                draft.put(row.withDrain(null).withDeactivated(part.wasDeactivated()));
                parts.add(part.at(Step.RETURNED));
            } else {
                // Somebody had it given back, or emptied anew: it is theirs.
                parts.add(row.drain() == null ? part.at(Step.RETURNED) : part.at(Step.SKIPPED));
            }
        }
        draft.add(new Change.DrainPlanPut(plan.with(State.CANCELLED, parts)));
        return draft.accepted();
    }

    /** Writes the plan down, and has the agents emptied that it comes to. */
    private static void put(Draft draft, DrainPlan was, DrainPlan is) {
        List<Part> before = was.parts();
        for (int at = 0; at < is.parts().size(); at++) {
            var part = is.parts().get(at);
            var row = draft.before().agent(part.agent());
            boolean begins = part.step() == Step.DRAINING && before.get(at).step() != Step.DRAINING;
            if (begins && row != null) {
                draft.put(row.withDeactivated(true).withDrain(is.order()));
            }
        }
        draft.add(new Change.DrainPlanPut(is));
    }

    private static Outcome unknown(long plan) {
        return new Outcome.Rejected(
                Reason.DRAIN_UNKNOWN, "no plan D" + plan + " is known; `meso drain status` lists those that are");
    }

    /** For the audit; {@code unknown} when there is no such plan. */
    static String standing(@Nullable DrainPlan plan) {
        if (plan == null) {
            return "unknown";
        }
        return plan.state().name().toLowerCase(Locale.ROOT) + ", batch " + plan.batch() + " of " + plan.batches() + ", "
                + plan.count(Step.DRAINED) + " of " + plan.parts().size() + " drained";
    }
}
