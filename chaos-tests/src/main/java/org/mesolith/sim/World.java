package org.mesolith.sim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.mesolith.base.Check;
import org.mesolith.leader.LeaderSettings;
import org.mesolith.log.MemberAddress;
import org.mesolith.model.AgentCapability;
import org.mesolith.model.AgentInfo;
import org.mesolith.model.FrameworkCapability;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Resources;

/**
 * A whole cluster in one thread on a virtual clock, from one seed: the real leader, state and agent core, with a
 * simulated consensus, network, machines, disks and frameworks around them.
 *
 * <pre>
 *   trouble ──► repair ──► all tasks end ──► checks ──► leader dies, offers come again ──► frameworks end ──► checks
 * </pre>
 */
public final class World {
    private static final Duration CALM = Duration.ofSeconds(20);
    private static final Duration QUIET_WITHIN = Duration.ofMinutes(40);
    private static final Duration RECOVERY_MAX = Duration.ofSeconds(6);
    private static final Duration LOOK_EVERY = Duration.ofMillis(250);
    private static final List<AgentCapability> CAPABILITIES = List.of(
            AgentCapability.MULTI_ROLE, AgentCapability.HIERARCHICAL_ROLE, AgentCapability.RESERVATION_REFINEMENT);
    private static final int TRACE_LINES = Integer.getInteger("world.trace", 150);

    private final WorldSettings settings;
    private final SimClock clock = new SimClock();
    private final Trace trace = new Trace(clock);
    private final Dice dice;
    private final SimNet net;
    private final Invariants invariants = new Invariants(trace);
    private final SimGroup group;
    private final List<SimMaster> masters = new ArrayList<>();
    private final List<SimAgent> agents = new ArrayList<>();
    private final List<SimFramework> frameworks = new ArrayList<>();

    private World(WorldSettings settings) {
        this.settings = settings;
        this.dice = new Dice(settings.seed());
        this.net = new SimNet(clock, dice);
        this.group = new SimGroup(clock, dice, trace);
        build();
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
            throw new WorldFailure(settings.seed(), world.trace.lines(TRACE_LINES), fault);
        }
    }

    // ---- making

    private void build() {
        group.bootstrap("simulated");
        var offers = new OfferWatch(invariants);
        for (int i = 1; i <= settings.masters(); i++) {
            var address = new MemberAddress("m" + i, "master" + i, 5_000, 5_050);
            var member = new SimMember(group, clock, dice, address, invariants);
            group.add(member);
            var skew = dice.between(Duration.ofMillis(-1_500), Duration.ofMillis(1_500));
            masters.add(new SimMaster(
                    place(address.httpAuthority()),
                    member,
                    LeaderSettings.defaults(SimMaster.info(address)),
                    offers,
                    skew));
        }
        var addresses = masters.stream().map(SimMaster::place).toList();
        for (int i = 1; i <= settings.agents(); i++) {
            var name = "agent" + i;
            var machine = new SimMachine(name, clock, dice, invariants);
            var info = new AgentInfo(
                    name, 5_051, Resources.parse("cpus:6;mem:3072"), List.of(), null, CAPABILITIES, "1.11.0");
            var disk = new SimDisk(clock, dice, invariants);
            agents.add(new SimAgent(place(name), info, addresses, new SimAgent.Body(machine, disk)));
        }
        var hindsight = new Hindsight(group::newest, invariants::isMaybeForgotten);
        plans().forEach(plan -> frameworks.add(new SimFramework(place(plan.name()), addresses, plan, hindsight)));
    }

    private List<SchedulerPlan> plans() {
        var modern = List.of(
                FrameworkCapability.PARTITION_AWARE,
                FrameworkCapability.TASK_KILLING_STATE,
                FrameworkCapability.MULTI_ROLE);
        int tasks = settings.tasks();
        // One that is given its id may be given two when an answer is lost: the unused one must end by itself.
        var minutes = Duration.ofMinutes(3);
        return List.of(
                new SchedulerPlan(
                        "modern",
                        new FrameworkId("modern-1"),
                        List.of("web", "web/night"),
                        modern,
                        Duration.ofHours(1),
                        tasks),
                new SchedulerPlan("classic", null, List.of("*"), List.of(), minutes, tasks),
                new SchedulerPlan("brief", null, List.of("web"), modern, Duration.ofSeconds(5), tasks));
    }

    private SimPlace place(String name) {
        return new SimPlace(name, net, trace);
    }

    // ---- living

    private WorldReport live() {
        masters.forEach(SimMaster::start);
        group.elect();
        agents.forEach(SimAgent::start);
        frameworks.forEach(SimFramework::start);
        var nemesis = new Nemesis(new Nemesis.Stage(net, group, masters, agents, lasting(), trace));
        nemesis.start();
        endBrief();
        clock.run(settings.unrest());
        trace.note("world: the trouble ends");
        nemesis.stop();
        clock.run(CALM);
        trace.note("world: no more launches");
        frameworks.forEach(SimFramework::windDown);
        var checks = new FinalChecks(group, masters, agents, frameworks, invariants);
        waitFor("everything to come to its end", checks::whatIsLeft, QUIET_WITHIN);
        checks.afterQuiet();
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
                nemesis.strikes(),
                recovery,
                clock.elapsed());
    }

    /** Those that stay to the end. */
    private List<SimFramework> lasting() {
        return frameworks.subList(0, 2);
    }

    /** The third framework ends early: torn down, or its process dies and never comes back. */
    private void endBrief() {
        var brief = frameworks.getLast();
        clock.after(dice.between(Duration.ofSeconds(5), settings.unrest()), () -> {
            brief.mayEnd();
            if (dice.oneIn(2)) {
                brief.tearDown();
            } else {
                brief.kill();
            }
        });
    }

    /** The leader dies; how long it takes until a framework is offered something again. */
    private Duration recover() {
        lasting().forEach(SimFramework::watchForOffers);
        waitFor("offers", () -> lasting().stream().anyMatch(SimFramework::sawOffer) ? "" : "none", RECOVERY_MAX);
        lasting().forEach(SimFramework::watchForOffers);
        var leader = masters.stream()
                .filter(master -> master.member().equals(group.leader()))
                .findFirst()
                .orElseThrow();
        var from = clock.now();
        leader.kill();
        waitFor(
                "offers of the next leader",
                () -> lasting().stream().anyMatch(SimFramework::sawOffer) ? "" : "none",
                RECOVERY_MAX);
        var took = Duration.between(from, clock.now());
        leader.start();
        frameworks.forEach(SimFramework::windDown);
        return took;
    }

    /** Something that tells what is left; nothing when it is empty. */
    private interface Rest {
        String left();
    }

    private void waitFor(String what, Rest rest, Duration within) {
        BooleanSupplier done = () -> rest.left().isEmpty();
        Check.that(
                clock.runUntil(done, LOOK_EVERY, within),
                "waited " + within + " in vain for " + what + "; left: " + rest.left());
    }
}
