package org.mesolith.scenario.pool;

import static org.mesolith.scenario.grammar.Kinds.RESOURCES;
import static org.mesolith.scenario.grammar.Kinds.TEXT;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Quantities;
import org.mesolith.model.QuantityLimits;
import org.mesolith.model.Quota;
import org.mesolith.model.Resources;
import org.mesolith.scenario.grammar.Conversions;
import org.mesolith.scenario.grammar.Fields;
import org.mesolith.scenario.grammar.Kinds;
import org.mesolith.scenario.grammar.MismatchException;
import org.mesolith.scenario.grammar.Outcome;
import org.mesolith.scenario.grammar.PartKinds;
import org.mesolith.scenario.grammar.Scenario;
import org.mesolith.scenario.grammar.Settings;
import org.mesolith.scenario.grammar.Stage;

/** Plays the steps of the allocator level. */
public final class PoolStage implements Stage {
    private final Pool pool;
    private final PoolLooks looks;
    private final PoolAgents agents;
    private final PoolFrameworks frameworks;
    private final Consumer<String> trace;

    /** A pool with nothing in it. */
    public PoolStage(Settings settings, Consumer<String> trace) {
        this.pool = new Pool(settings);
        this.looks = new PoolLooks(pool);
        this.agents = new PoolAgents(pool, looks);
        this.frameworks = new PoolFrameworks(pool);
        this.trace = trace;
    }

    @Override
    public void play(Scenario.Step step) {
        var given = step.fields();
        if (step.name().startsWith("expect-")) {
            looks.expect(step);
            return;
        }
        switch (step.name()) {
            case "add-agent" -> {
                agents.add(given);
                run(given.get("id", TEXT));
            }
            case "update-agent" -> {
                if (agents.update(given)) {
                    run(agent(given));
                }
            }
            case "grow-agent" -> agents.grow(given);
            case "remove-agent" -> agents.remove(agent(given));
            case "activate-agent" -> pool.agent(agent(given)).setActive(true);
            case "deactivate-agent" -> pool.agent(agent(given)).setActive(false);
            case "set-whitelist" ->
                pool.setWhitelist(given.get("hostnames", org.mesolith.scenario.grammar.WordKinds.HOSTNAMES_OR_ALL));
            case "add-framework" -> {
                if (frameworks.add(given)) {
                    run(null);
                }
            }
            case "update-framework" -> frameworks.update(given);
            case "remove-framework" -> frameworks.remove(framework(given));
            case "activate-framework" -> {
                pool.framework(framework(given)).active = true;
                run(null);
            }
            case "deactivate-framework" -> frameworks.deactivate(framework(given));
            case "suppress" -> frameworks.suppress(given);
            case "revive" -> {
                frameworks.revive(given);
                run(null);
            }
            case "set-unavailability" -> {
                agents.setUnavailability(given);
                run(agent(given));
            }
            case "advance-clock" -> advance(step);
            case "run-allocation" -> run(null);
            default -> change(step.name(), given);
        }
    }

    private void change(String name, Fields given) {
        switch (name) {
            case "recover" ->
                frameworks.recover(
                        framework(given),
                        agent(given),
                        given.get("role", TEXT),
                        given.get("resources", RESOURCES),
                        given);
            case "recover-all" -> frameworks.recoverAll(given);
            case "apply" -> apply(given);
            case "operator-apply" -> operatorApply(given);
            case "set-quota" -> setQuota(given);
            case "set-weight" -> pool.weights.put(given.get("role", TEXT), given.get("weight", Kinds.POSITIVE));
            case "answer-inverse-offer" ->
                pool.inverse.answered(
                        new FrameworkId(framework(given)),
                        pool.agent(agent(given)).id(),
                        PoolFrameworks.refusal(given, java.time.Duration.ZERO));
            default -> throw new IllegalStateException("step " + name + " is not played at this level");
        }
    }

    private static String agent(Fields given) {
        return given.get("agent", TEXT);
    }

    private static String framework(Fields given) {
        return given.get("framework", TEXT);
    }

    // ---- time and runs

    private void advance(Scenario.Step step) {
        var end = pool.now().plus(step.only(Kinds.DURATION));
        for (var next = pool.nextPeriodicRun(); !next.isAfter(end); next = pool.nextPeriodicRun()) {
            pool.setNow(next);
            looks.made(pool.run(null, true), trace);
        }
        pool.setNow(end);
    }

    private void run(@Nullable String only) {
        looks.made(pool.run(only, false), trace);
    }

    // ---- operations

    private void apply(Fields given) {
        var machine = pool.agent(agent(given));
        var framework = framework(given);
        var role = given.get("role", TEXT);
        for (var operation : given.get("operations", PartKinds.OPERATIONS)) {
            var held = machine.held(framework, role);
            var after = Conversions.on(operation, held);
            var total = Conversions.on(operation, machine.total());
            if (after == null || total == null) {
                throw new MismatchException(framework + " to hold what " + operation + " takes", shown(held));
            }
            machine.hold(framework, role, after);
            machine.setTotal(total);
        }
    }

    private void operatorApply(Fields given) {
        var machine = pool.agent(agent(given));
        var outcome = Outcome.OK;
        var free = machine.free();
        var total = machine.total();
        for (var operation : given.get("operations", PartKinds.OPERATIONS)) {
            var left = Conversions.on(operation, free);
            var all = Conversions.on(operation, total);
            if (left == null || all == null) {
                outcome = Outcome.ERROR;
                break;
            }
            free = left;
            total = all;
        }
        if (outcome == Outcome.OK) {
            machine.setTotal(total);
        }
        var expected = given.get("expect", Kinds.OUTCOME, Outcome.OK);
        if (expected != outcome) {
            throw new MismatchException(expected.word(), outcome.word() + ", free is " + free);
        }
    }

    private void setQuota(Fields given) {
        var quota = new Quota(
                given.get("role", TEXT),
                given.get("guarantees", Kinds.QUANTITIES, Quantities.NONE),
                given.get("limits", Kinds.LIMITS, QuantityLimits.NONE));
        if (quota.isNone()) {
            pool.quotas.remove(quota.role());
        } else {
            pool.quotas.put(quota.role(), quota);
        }
    }

    /** For messages. */
    static String shown(Resources resources) {
        return resources.isEmpty() ? "nothing" : resources.toString();
    }
}
