package org.mesolith.sim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.mesolith.sim.plan.Dice;

/** Every process ends in order and is started again, one at a time: followers, the leader, then the agents. */
final class RollingRestart {
    private static final Duration DOWN_MIN = Duration.ofMillis(200);
    private static final Duration DOWN_MAX = Duration.ofSeconds(2);

    private final Stage stage;
    private final Repairs repairs;

    RollingRestart(Stage stage, Repairs repairs) {
        this.stage = stage;
        this.repairs = repairs;
    }

    /** The first one ends now, each further one when the one before is back; none after the trouble is over. */
    void begin(Dice dice) {
        var leader = stage.group().leader();
        var restarts = new ArrayList<Runnable>();
        stage.masters().stream()
                .filter(master -> !master.member().equals(leader))
                .forEach(master -> restarts.add(() -> master(master, dice)));
        stage.masters().stream()
                .filter(master -> master.member().equals(leader))
                .forEach(master -> restarts.add(() -> master(master, dice)));
        stage.agents().forEach(agent -> restarts.add(() -> agent(agent, dice)));
        next(restarts, 0, dice);
    }

    private void next(List<Runnable> restarts, int number, Dice dice) {
        if (number < restarts.size() && !repairs.areOver()) {
            restarts.get(number).run();
            stage.net().clock().after(DOWN_MAX.plus(dice.travel()), () -> next(restarts, number + 1, dice));
        }
    }

    private void master(SimMaster master, Dice dice) {
        if (master.isAlive()) {
            master.member().handOver();
            master.kill();
            repairs.after(dice.between(DOWN_MIN, DOWN_MAX), () -> {
                if (!master.isAlive()) {
                    master.start();
                }
            });
        }
    }

    private void agent(SimAgent agent, Dice dice) {
        if (agent.isAlive()) {
            agent.kill();
            repairs.after(dice.between(DOWN_MIN, DOWN_MAX), () -> {
                if (!agent.isAlive()) {
                    agent.start();
                }
            });
        }
    }
}
