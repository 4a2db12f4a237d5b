package org.mesolith.sim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.mesolith.model.FrameworkId;
import org.mesolith.sim.plan.Dice;
import org.mesolith.sim.plan.FaultPlan;
import org.mesolith.sim.plan.WorldReport;
import org.mesolith.sim.plan.WorldSettings;
import org.mesolith.state.FeatureLevel;

/**
 * A whole cluster in one thread on a virtual clock, from one seed: the real leader, state and agent core, with a
 * simulated consensus, network, machines, disks and frameworks around them.
 *
 * <pre>
 *   trouble ──► repair ──► all tasks end ──► checks ──► leader dies, offers come again ──► frameworks end ──► checks
 * </pre>
 */
public final class World {
    private static final Duration CALM = Duration.ofSeconds(5);

    /** A cluster in which less has happened goes on working. */
    private static final int EVENTS_MIN = 2_000;

    private static final Duration QUIET_WITHIN = Duration.ofMinutes(40);
    private static final Duration RECOVERY_MAX = Duration.ofSeconds(6);

    /** Frameworks give a leader up after 16 s of silence, and look every 2 s. */
    private static final Duration NOTICED_WITHIN = Duration.ofSeconds(19);

    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final Duration BRIEFLY = Duration.ofSeconds(1);
    /**
     * Deadlines go by the clock of the leader, and the clocks of two masters are up to 10 minutes apart: one that has
     * to stay to the end is never away for so long by any of them.
     */
    private static final Duration FAILOVER = Duration.ofMinutes(15);

    /** Fewer frameworks all stay to the end. */
    private static final int FEW = 3;

    private static final int TRACE_LINES = Integer.getInteger("world.trace", 150);

    private final WorldSettings settings;
    private final Dice dice;
    private final Cast cast;
    private final SimClock clock;
    private final Trace trace;
    private final Invariants invariants;
    private final SimGroup group;
    private final List<SimMaster> masters;
    private final List<SimAgent> agents;
    private final List<SimFramework> frameworks;
    private final SimOperator operator;

    private World(WorldSettings settings) {
        this.settings = settings;
        this.dice = new Dice(settings.seed());
        this.cast = new Cast(
                new Cast.Wanted(
                        settings.masters(), settings.agents(), settings.level(), LeaderTimes.of(dice.fork("times"))),
                plans(settings),
                dice);
        this.clock = cast.clock();
        this.trace = cast.trace();
        this.invariants = cast.invariants();
        this.group = cast.stage().group();
        this.masters = cast.stage().masters();
        this.agents = cast.stage().agents();
        this.frameworks = cast.stage().frameworks();
        this.operator = new SimOperator(
                cast.place(SimOperator.PLACE), cast.addresses(), invariants, cast.hindsight(), dice.fork("operator"));
    }

    /**
     * Runs one simulation to its end.
     *
     * @throws WorldFailure when something was not as it must be
     */
    public static WorldReport run(WorldSettings settings) {
        var world = new World(settings);
        try {
            return world.live();
        } catch (RuntimeException fault) {
            throw new WorldFailure(settings, world.clock.elapsed(), world.trace.lines(TRACE_LINES), fault);
        }
    }

    private static List<SchedulerPlan> plans(WorldSettings settings) {
        var plans = new ArrayList<SchedulerPlan>();
        int count = settings.frameworks();
        for (int i = 0; i < count; i++) {
            plans.add(count >= FEW && i == count - 1 ? brief(settings) : lasting(settings, i));
        }
        return plans;
    }

    private static SchedulerPlan lasting(WorldSettings settings, int number) {
        var suffix = number < 2 ? "" : "-" + number;
        if (number % 2 == 0) {
            var id = new FrameworkId("modern-1" + suffix);
            var roles = List.of("web", "web/night");
            return new SchedulerPlan(
                    "modern" + suffix, id, roles, SchedulerPlan.MODERN, Duration.ofHours(1), settings.tasks());
        }
        // One that is given its id may be given two when an answer is lost: the unused one must end by itself.
        return new SchedulerPlan("classic" + suffix, null, List.of("*"), List.of(), FAILOVER, settings.tasks());
    }

    private static SchedulerPlan brief(WorldSettings settings) {
        return new SchedulerPlan(
                "brief", null, List.of("web"), SchedulerPlan.MODERN, Duration.ofSeconds(5), settings.tasks());
    }

    // ---- living

    private WorldReport live() {
        cast.start();
        operator.start();
        var nemesis = new Nemesis(cast.stage(), FaultPlan.of(settings));
        nemesis.start();
        var rolling = new Rolling(clock, group, masters, trace);
        if (settings.level() < FeatureLevel.NEWEST.number()) {
            rolling.begin(settings.level(), settings.unrest().multipliedBy(3).dividedBy(4));
        }
        endBrief();
        clock.run(settings.unrest());
        trace.note("world: the trouble ends");
        nemesis.stop();
        operator.calm(cast::lives);
        clock.run(CALM);
        while (clock.eventCount() < EVENTS_MIN) {
            clock.run(LOOK_EVERY);
        }
        if (!rolling.isRaised()) {
            waitFor("the level to be raised", () -> rolling.isRaised() ? "" : "level", RECOVERY_MAX);
        }
        trace.note("world: no more launches");
        frameworks.forEach(SimFramework::windDown);
        var checks = new FinalChecks(group, masters, agents, lasting(), new FinalChecks.Known(invariants, cast::lives));
        waitFor("everything to come to its end", checks::whatIsLeft, QUIET_WITHIN);
        checks.afterQuiet();
        refusalsEnd();
        var recovery = recover();
        frameworks.forEach(SimFramework::tearDown);
        waitFor("the frameworks to end", checks::whatIsLeftOfFrameworks, QUIET_WITHIN);
        checks.atTheEnd();
        return new WorldReport(
                settings.seed(),
                clock.eventCount(),
                clock.fingerprint(),
                masters.getFirst().member().registry().digest(),
                invariants.commands(),
                invariants.refused(),
                group.term(),
                invariants.promised().size(),
                nemesis.coverage(),
                invariants.deeds(),
                recovery,
                clock.elapsed());
    }

    /** Those that stay to the end: all but the last, when there are many. */
    private List<SimFramework> lasting() {
        return frameworks.size() < FEW ? frameworks : frameworks.subList(0, frameworks.size() - 1);
    }

    /** The last framework ends early: torn down, or its process dies and never comes back. */
    private void endBrief() {
        if (frameworks.size() < FEW) {
            return;
        }
        var brief = frameworks.getLast();
        brief.mayEnd();
        clock.after(dice.between(Duration.ofSeconds(5), settings.unrest()), () -> {
            if (dice.oneIn(2)) {
                brief.tearDown();
            } else {
                brief.leave();
            }
        });
    }

    /** Who declines for a moment is offered the same again, without asking for it. */
    private void refusalsEnd() {
        lasting().forEach(framework -> framework.watchForOffers(BRIEFLY));
        waitFor("offers", () -> any(lasting(), Lookout::sawOffer), RECOVERY_MAX);
        clock.run(BRIEFLY);
        lasting().forEach(framework -> framework.lookout().again());
        waitFor("offers after those that were declined", () -> any(lasting(), Lookout::sawOffer), RECOVERY_MAX);
    }

    /**
     * The leader dies; how long it takes until a framework is offered something again. The time that is allowed begins
     * when one that can use an agent has noticed: a connection may look alive for a while after its other end died.
     */
    private Duration recover() {
        lasting().forEach(framework -> framework.watchForOffers(Lookout.FOR_LONG));
        waitFor("offers", () -> any(lasting(), Lookout::sawOffer), RECOVERY_MAX);
        var served = lasting().stream().filter(one -> one.lookout().sawOffer()).toList();
        lasting().forEach(framework -> framework.watchForOffers(Lookout.FOR_LONG));
        var leader = masters.stream()
                .filter(master -> master.member().equals(group.leader()))
                .findFirst()
                .orElseThrow();
        var from = clock.now();
        leader.kill();
        if ((masters.size() - 1) * 2 <= masters.size()) {
            clock.after(LOOK_EVERY, leader::start); // The others are no majority.
        }
        Rest offers = () -> any(lasting(), Lookout::sawOffer);
        Rest noticed = () -> offers.left().isEmpty() ? "" : any(served, Lookout::lostStream);
        waitFor("a framework to notice that the leader died", noticed, NOTICED_WITHIN);
        waitFor("offers of the next leader", offers, RECOVERY_MAX.minus(LOOK_EVERY));
        var took = Duration.between(from, clock.now());
        if (!leader.isAlive()) {
            leader.start();
        }
        frameworks.forEach(SimFramework::windDown);
        return took;
    }

    /** Nothing is left to wait for once this is true of one of them. */
    private static String any(List<SimFramework> frameworks, Predicate<Lookout> what) {
        return frameworks.stream().map(SimFramework::lookout).anyMatch(what) ? "" : "none";
    }

    /** Something that tells what is left, each kind named before a colon; nothing when it is empty. */
    private interface Rest {
        String left();
    }

    private void waitFor(String what, Rest rest, Duration within) {
        if (!clock.runUntil(() -> rest.left().isEmpty(), LOOK_EVERY, within)) {
            throw new Overdue(what, within, rest.left());
        }
    }
}
