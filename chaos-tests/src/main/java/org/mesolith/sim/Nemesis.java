package org.mesolith.sim;

import java.util.ArrayList;
import java.util.List;
import org.mesolith.sim.plan.Coverage;
import org.mesolith.sim.plan.Dice;
import org.mesolith.sim.plan.Fault;
import org.mesolith.sim.plan.FaultPlan;
import org.mesolith.sim.plan.Moment;

/**
 * Carries a plan of trouble out: at its time, or right behind a step of a command's way through the leader. Notes what
 * each fault met.
 */
final class Nemesis {
    private final Stage stage;
    private final FaultPlan plan;
    private final SimClock clock;
    private final Phases phases;
    private final Repairs repairs;
    private final MasterStrikes masters;
    private final ClientStrikes clients;
    private final Coverage coverage = new Coverage();
    private final List<Fault> ambushes = new ArrayList<>();

    Nemesis(Stage stage, FaultPlan plan) {
        this.stage = stage;
        this.plan = plan;
        this.clock = stage.net().clock();
        this.phases = new Phases(stage);
        this.repairs = new Repairs(clock);
        this.masters = new MasterStrikes(stage, repairs);
        this.clients = new ClientStrikes(stage, repairs);
    }

    /** What struck, and when. */
    Coverage coverage() {
        return coverage;
    }

    void start() {
        stage.group().watch(this::reached);
        for (var fault : plan.faults()) {
            clock.after(fault.at(), () -> {
                if (repairs.areOver()) {
                    return;
                }
                if (fault.moment() == Moment.TIMED) {
                    strike(fault);
                } else {
                    ambushes.add(fault);
                }
            });
        }
    }

    /** Ends all trouble: everything is repaired now. */
    void stop() {
        ambushes.clear();
        repairs.all();
    }

    /** A command has come to this point at the leader; whoever waits there strikes behind the event that runs. */
    private void reached(Moment moment) {
        if (ambushes.isEmpty()) {
            return;
        }
        for (var fault : List.copyOf(ambushes)) {
            if (fault.moment() == moment) {
                ambushes.remove(fault);
                clock.next(() -> {
                    if (!repairs.areOver()) {
                        strike(fault);
                    }
                });
            }
        }
    }

    private void strike(Fault fault) {
        var dice = new Dice(fault.seed());
        var before = phases.now();
        boolean toMaster = switch (fault.kind().target()) {
            case MASTER -> true;
            case AGENT, FRAMEWORK -> false;
            case ANY -> dice.oneIn(3);
        };
        var victim = toMaster ? masters.strike(fault, dice) : clients.strike(fault, dice);
        stage.trace().note("nemesis:", fault, victim.isEmpty() ? "strikes nobody" : "strikes " + victim);
        if (!victim.isEmpty()) {
            coverage.struck(fault.kind(), fault.moment(), before.at(victim));
        }
    }
}
