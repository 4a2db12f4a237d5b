package org.mesolith.sim;

import java.util.ArrayList;
import java.util.List;
import org.mesolith.log.MemberAddress;
import org.mesolith.model.AgentCapability;
import org.mesolith.model.AgentId;
import org.mesolith.model.AgentInfo;
import org.mesolith.model.Resources;
import org.mesolith.sim.plan.Dice;

/** Everybody who plays in a simulation, made from one dice: masters, agents and frameworks on a clock and a network. */
final class Cast {
    private static final List<AgentCapability> CAPABILITIES = List.of(
            AgentCapability.MULTI_ROLE, AgentCapability.HIERARCHICAL_ROLE, AgentCapability.RESERVATION_REFINEMENT);
    private static final Resources MACHINE = Resources.parse("cpus:6;mem:3072;disk:2048");

    /**
     * How many of each, and of what kind.
     *
     * @param level the feature level that the cluster begins with
     * @param times how patient the masters are
     */
    record Wanted(int masters, int agents, int level, LeaderTimes times) {}

    private final SimClock clock = new SimClock();
    private final Trace trace = new Trace(clock);
    private final Invariants invariants = new Invariants(trace);
    private final SimNet net;
    private final Hindsight hindsight;
    private final List<String> addresses;
    private final Stage stage;

    Cast(Wanted wanted, List<SchedulerPlan> plans, Dice dice) {
        net = new SimNet(clock, dice.fork("net"));
        var group = new SimGroup(clock, dice.fork("group"), trace);
        group.bootstrap("simulated", wanted.level());
        var masters = masters(wanted, group, dice);
        addresses = masters.stream().map(SimMaster::place).toList();
        var agents = agents(wanted, dice);
        hindsight = new Hindsight(
                group::newest, invariants::isMaybeForgotten, invariants::wasEmptied, invariants.deeds(), new Bell());
        var frameworks = new ArrayList<SimFramework>();
        plans.forEach(plan -> frameworks.add(
                new SimFramework(place(plan.name()), addresses, plan, hindsight, dice.fork(plan.name()))));
        stage = new Stage(net, group, masters, agents, frameworks, invariants.deeds(), trace);
    }

    private List<SimMaster> masters(Wanted wanted, SimGroup group, Dice dice) {
        var offers = new OfferWatch(invariants, clock);
        var masters = new ArrayList<SimMaster>();
        for (int i = 1; i <= wanted.masters(); i++) {
            var address = new MemberAddress("m" + i, "master" + i, 5_000, 5_050);
            var own = dice.fork("master" + i);
            var member = new SimMember(group, clock, own, address, invariants);
            group.add(member);
            masters.add(new SimMaster(
                    place(address.httpAuthority()),
                    member,
                    wanted.times().settings(SimMaster.info(address)),
                    offers,
                    own.fork("process")));
        }
        return masters;
    }

    private List<SimAgent> agents(Wanted wanted, Dice dice) {
        var agents = new ArrayList<SimAgent>();
        for (int i = 1; i <= wanted.agents(); i++) {
            var name = "agent" + i;
            var own = dice.fork(name);
            var machine = new SimMachine(name, clock, own.fork("machine"), invariants);
            var info = new AgentInfo(name, 5_051, MACHINE, List.of(), null, CAPABILITIES, "1.11.0");
            var disk = new SimDisk(clock, own.fork("disk"), invariants);
            agents.add(new SimAgent(
                    place(name), info, addresses, new SimAgent.Body(machine, disk, invariants::leaves, own)));
        }
        return agents;
    }

    /** A place of this name in the network. */
    SimPlace place(String name) {
        return new SimPlace(name, net, trace);
    }

    /** Everybody begins. */
    void start() {
        stage.masters().forEach(SimMaster::start);
        stage.group().elect();
        stage.agents().forEach(SimAgent::start);
        stage.frameworks().forEach(SimFramework::start);
    }

    /** Whether a machine still knows itself by this id. */
    boolean lives(AgentId agent) {
        return stage.agents().stream().anyMatch(one -> agent.equals(one.id()));
    }

    SimClock clock() {
        return clock;
    }

    Trace trace() {
        return trace;
    }

    Invariants invariants() {
        return invariants;
    }

    Hindsight hindsight() {
        return hindsight;
    }

    /** Of the masters. */
    List<String> addresses() {
        return addresses;
    }

    /** Who plays. */
    Stage stage() {
        return stage;
    }
}
