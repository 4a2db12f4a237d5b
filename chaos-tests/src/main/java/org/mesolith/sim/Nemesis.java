package org.mesolith.sim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Trouble, from the seed: processes die and come back, machines are cut off, connections break, disks fill up. Some of
 * it strikes at any time, some right behind a command that is on its way into the log.
 */
final class Nemesis {
    /** Who can be struck. */
    record Stage(
            SimNet net,
            SimGroup group,
            List<SimMaster> masters,
            List<SimAgent> agents,
            List<SimFramework> frameworks,
            Trace trace) {}

    private static final Duration BETWEEN_MIN = Duration.ofMillis(200);
    private static final Duration BETWEEN_MAX = Duration.ofSeconds(9);

    private final Stage stage;
    private final SimClock clock;
    private final Dice dice;
    private final List<Runnable> repairs = new ArrayList<>();
    private boolean stopped;
    private boolean armed = true;
    private int strikes;

    Nemesis(Stage stage) {
        this.stage = stage;
        this.clock = stage.net().clock();
        this.dice = stage.net().dice();
    }

    /** How often it struck. */
    int strikes() {
        return strikes;
    }

    void start() {
        stage.group().whenAppended(this::ambush);
        plan();
    }

    /** Ends all trouble: everything is repaired now. */
    void stop() {
        stopped = true;
        List.copyOf(repairs).forEach(Runnable::run);
        stage.net().healAll();
    }

    private void plan() {
        clock.after(dice.between(BETWEEN_MIN, BETWEEN_MAX), () -> {
            if (!stopped) {
                strikes++;
                strike();
                plan();
            }
        });
    }

    /** A command is on its way into the log. */
    private void ambush() {
        if (stopped || !armed || !dice.oneIn(20)) {
            return;
        }
        armed = false;
        clock.after(dice.between(Duration.ofSeconds(3), Duration.ofSeconds(15)), () -> armed = true);
        clock.after(dice.oneIn(3) ? Duration.ZERO : dice.between(Duration.ZERO, Duration.ofMillis(8)), () -> {
            if (!stopped) {
                strikes++;
                strikeLeader();
            }
        });
    }

    private void strike() {
        switch (dice.below(13)) {
            case 0, 1 -> strikeLeader();
            case 2 -> killMaster(dice.oneOf(stage.masters()));
            case 3 -> stage.masters().forEach(this::killMaster);
            case 4, 5 -> killAgent(dice.oneOf(stage.agents()));
            case 6 -> cutAgent(dice.oneOf(stage.agents()), stage.masters());
            case 7 -> cutAgent(dice.oneOf(stage.agents()), List.of(dice.oneOf(stage.masters())));
            case 8 -> stage.net().breakOne(dice.oneOf(stage.agents()).place());
            case 9 -> stage.net().breakOne(dice.oneOf(stage.frameworks()).place());
            case 10 -> killFramework(dice.oneOf(stage.frameworks()));
            case 11 -> fill(dice.oneOf(stage.agents()));
            default -> reboot(dice.oneOf(stage.agents()));
        }
    }

    private void strikeLeader() {
        for (var master : stage.masters()) {
            if (master.member().equals(stage.group().leader())) {
                switch (dice.below(3)) {
                    case 0 -> killMaster(master);
                    case 1 -> cutMaster(master);
                    default -> {
                        stage.trace().note("nemesis: handover by", master.place());
                        master.member().handOver();
                    }
                }
            }
        }
    }

    private void killMaster(SimMaster master) {
        if (master.isAlive()) {
            master.kill();
            repairAfter(dice.between(Duration.ofMillis(50), Duration.ofSeconds(15)), () -> {
                if (!master.isAlive()) {
                    master.start();
                }
            });
        }
    }

    /** From the other masters, and perhaps from everybody. */
    private void cutMaster(SimMaster master) {
        boolean fromAll = dice.oneIn(2);
        stage.trace().note("nemesis: cuts off", master.place(), fromAll ? "from all" : "from masters");
        master.member().cut();
        var clients = new ArrayList<String>();
        if (fromAll) {
            stage.agents().forEach(agent -> clients.add(agent.place()));
            stage.frameworks().forEach(framework -> clients.add(framework.place()));
        }
        clients.forEach(client -> stage.net().cut(client, master.place()));
        repairAfter(dice.between(Duration.ofMillis(500), Duration.ofSeconds(25)), () -> {
            stage.trace().note("nemesis: heals", master.place());
            clients.forEach(client -> stage.net().heal(client, master.place()));
            master.member().heal();
        });
    }

    private void killAgent(SimAgent agent) {
        if (agent.isAlive()) {
            agent.kill();
            repairAfter(away(8), () -> {
                if (!agent.isAlive()) {
                    agent.start();
                }
            });
        }
    }

    private void reboot(SimAgent agent) {
        if (agent.isAlive()) {
            killAgent(agent);
            stage.trace().note("nemesis: reboots", agent.place());
            agent.machine().reboot();
        }
    }

    private void cutAgent(SimAgent agent, List<SimMaster> from) {
        stage.trace().note("nemesis: cuts", agent.place(), "from", from.size(), "masters");
        from.forEach(master -> stage.net().cut(agent.place(), master.place()));
        repairAfter(away(5), () -> {
            stage.trace().note("nemesis: heals", agent.place());
            from.forEach(master -> stage.net().heal(agent.place(), master.place()));
        });
    }

    /** Mostly short, now and then long enough to be unreachable. */
    private Duration away(int longOneIn) {
        return dice.oneIn(longOneIn)
                ? dice.between(Duration.ofSeconds(74), Duration.ofSeconds(110))
                : dice.between(Duration.ofMillis(50), Duration.ofSeconds(20));
    }

    private void killFramework(SimFramework framework) {
        if (framework.isRunning() && !framework.hasEnded()) {
            framework.kill();
            repairAfter(dice.between(Duration.ofMillis(100), Duration.ofSeconds(15)), () -> {
                if (!framework.isRunning()) {
                    framework.start();
                }
            });
        }
    }

    private void fill(SimAgent agent) {
        stage.trace().note("nemesis: the disk of", agent.place(), "is full");
        agent.disk().setFull(true);
        repairAfter(
                dice.between(Duration.ofMillis(500), Duration.ofSeconds(15)),
                () -> agent.disk().setFull(false));
    }

    private void repairAfter(Duration after, Runnable repair) {
        repairs.add(repair);
        clock.after(after, () -> {
            if (!stopped && repairs.remove(repair)) {
                repair.run();
            }
        });
    }
}
