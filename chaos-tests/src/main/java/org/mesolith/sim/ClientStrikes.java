package org.mesolith.sim;

import java.time.Duration;
import java.util.List;
import org.mesolith.model.Resources;
import org.mesolith.sim.plan.Dice;
import org.mesolith.sim.plan.Fault;
import org.mesolith.sim.plan.FaultKind;

/** Strikes agents and frameworks. A strike names its victim, or nobody when there is none. */
final class ClientStrikes {
    private static final Duration CLOCK_JUMP_MAX = Duration.ofMinutes(30);

    /** How long a death waits for its moment. */
    private static final Duration WAITS_MAX = Duration.ofSeconds(8);

    private static final Duration SILENCE_MAX = Duration.ofSeconds(110);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private static final List<String> SIZES = List.of(
            "cpus:3;mem:1500;disk:1024",
            "cpus:6;mem:3072;disk:2048",
            "cpus:8;mem:4096;disk:4096",
            "cpus:6;mem:2048;disk:2048;gpus:1");

    private final Stage stage;
    private final Repairs repairs;

    ClientStrikes(Stage stage, Repairs repairs) {
        this.stage = stage;
        this.repairs = repairs;
    }

    String strike(Fault fault, Dice dice) {
        boolean toAgent = switch (fault.kind().target()) {
            case AGENT -> true;
            case FRAMEWORK -> false;
            case ANY, MASTER -> dice.oneIn(2);
        };
        if (!toAgent) {
            return strike(fault.kind(), dice.oneOf(stage.frameworks()), dice);
        }
        return strike(fault.kind(), dice.oneOf(stage.agents()), dice);
    }

    // ---- agents

    private String strike(FaultKind kind, SimAgent agent, Dice dice) {
        if (!agent.isAlive()) {
            return "";
        }
        switch (kind) {
            case AGENT_CRASH -> crash(agent, dice);
            case AGENT_SILENCE -> silence(agent, dice);
            case AGENT_LEAVE -> agent.leave();
            case AGENT_REBOOT -> {
                kill(agent, dice);
                agent.machine().reboot();
            }
            case AGENT_RESIZE -> {
                agent.setResources(Resources.parse(dice.oneOf(SIZES)));
                kill(agent, dice);
            }
            case AGENT_PAUSE -> {
                agent.pause();
                repairs.after(away(dice, 6), agent::wake);
            }
            case AGENT_PARTITION -> cut(agent.place(), someMasters(dice), true, true, away(dice, 5));
            case AGENT_ONE_WAY -> {
                boolean heard = dice.oneIn(2);
                cut(agent.place(), someMasters(dice), !heard, heard, away(dice, 5));
            }
            case AGENT_FULL_DISK -> {
                agent.disk().setFull(true);
                repairs.after(soon(dice), () -> agent.disk().setFull(false));
                if (dice.oneIn(2)) {
                    dieOverEnd(agent, dice);
                }
            }
            case AGENT_SLOW_DISK -> {
                agent.disk().setSlow(dice.between(Duration.ofMillis(50), Duration.ofSeconds(3)));
                repairs.after(soon(dice), () -> agent.disk().setSlow(Duration.ZERO));
            }
            case AGENT_CLOCK -> {
                agent.setSkew(dice.between(CLOCK_JUMP_MAX.negated(), CLOCK_JUMP_MAX));
                kill(agent, dice);
            }
            default -> any(kind, agent.place(), dice);
        }
        return agent.place();
    }

    private void kill(SimAgent agent, Dice dice) {
        agent.kill();
        repairs.after(away(dice, 8), () -> {
            if (!agent.isAlive()) {
                agent.start();
            }
        });
    }

    /** Now and then not before it has been sent an acknowledgement, which it may or may not have written down. */
    private void crash(SimAgent agent, Dice dice) {
        if (dice.below(3) > 0) {
            kill(agent, dice);
            return;
        }
        boolean heard = dice.oneIn(2);
        agent.dieOverAcknowledgement(heard, () -> {
            stage.deeds().done("agent dies over an acknowledgement");
            kill(agent, dice);
        });
        repairs.after(WAITS_MAX, agent::spare);
    }

    /**
     * The end of a task is told and cannot be written down; then the agent dies and comes back, before the framework,
     * which is stopped, has acknowledged anything.
     */
    private void dieOverEnd(SimAgent agent, Dice dice) {
        var id = agent.id();
        for (var framework : stage.frameworks()) {
            if (id != null && framework.isRunning() && framework.killOne(id)) {
                framework.pause();
                repairs.after(dice.between(Duration.ofSeconds(2), Duration.ofSeconds(10)), framework::wake);
            }
        }
        agent.dieOverEnd(() -> {
            stage.deeds().done("agent dies over an end that it could not write down");
            agent.kill();
            repairs.after(dice.between(Duration.ofMillis(50), Duration.ofSeconds(2)), () -> {
                if (!agent.isAlive()) {
                    agent.start();
                }
            });
        });
        repairs.after(WAITS_MAX, agent::spare);
    }

    /** Until the masters call it unreachable, but no longer than they may need for that. */
    private void silence(SimAgent agent, Dice dice) {
        agent.pause();
        repairs.after(SILENCE_MAX, agent::wake);
        awaitUnreachable(agent, dice);
    }

    private void awaitUnreachable(SimAgent agent, Dice dice) {
        var id = agent.id();
        if (id == null || !agent.isAlive() || repairs.areOver()) {
            return;
        }
        var row = stage.group().newest().agent(id);
        if (row == null || !row.isRegistered()) {
            repairs.after(dice.between(Duration.ZERO, Duration.ofSeconds(2)), agent::wake);
        } else {
            stage.net().clock().after(LOOK_EVERY, () -> awaitUnreachable(agent, dice));
        }
    }

    // ---- frameworks

    private String strike(FaultKind kind, SimFramework framework, Dice dice) {
        if (!framework.isRunning() || framework.hasEnded()) {
            return "";
        }
        switch (kind) {
            case FRAMEWORK_CRASH -> {
                if (dice.oneIn(2)) {
                    framework.doom().await(() -> {
                        stage.deeds().done("framework dies in the middle of ACCEPT");
                        kill(framework, dice);
                    });
                    repairs.after(WAITS_MAX, framework.doom()::spare);
                } else {
                    kill(framework, dice);
                }
            }
            case FRAMEWORK_PAUSE -> {
                framework.pause();
                repairs.after(dice.between(Duration.ofMillis(50), Duration.ofSeconds(40)), framework::wake);
            }
            case FRAMEWORK_PARTITION -> {
                int ways = dice.below(3);
                cut(framework.place(), someMasters(dice), ways != 0, ways != 1, soon(dice));
            }
            case REPEATED_CALLS -> {
                framework.setRepeats(true);
                repairs.after(soon(dice), () -> framework.setRepeats(false));
            }
            default -> any(kind, framework.place(), dice);
        }
        return framework.place();
    }

    private void kill(SimFramework framework, Dice dice) {
        framework.kill();
        repairs.after(soon(dice), () -> {
            if (framework.comesBack()) {
                framework.start();
            }
        });
    }

    // ---- both

    private void any(FaultKind kind, String place, Dice dice) {
        switch (kind) {
            case BROKEN_CONNECTION -> stage.net().breakOne(place, dice);
            case SLOW_NETWORK -> {
                stage.net().setSlow(place, dice.between(Duration.ofMillis(50), Duration.ofSeconds(4)));
                repairs.after(soon(dice), () -> stage.net().setSlow(place, Duration.ZERO));
            }
            default -> throw new IllegalStateException("not for " + place + ": " + kind);
        }
    }

    private List<SimMaster> someMasters(Dice dice) {
        return dice.oneIn(2) ? stage.masters() : List.of(dice.oneOf(stage.masters()));
    }

    private void cut(String place, List<SimMaster> from, boolean out, boolean in, Duration time) {
        var net = stage.net();
        for (var master : from) {
            if (out) {
                net.cutWay(place, master.place());
            }
            if (in) {
                net.cutWay(master.place(), place);
            }
        }
        repairs.after(time, () -> {
            for (var master : from) {
                if (out) {
                    net.healWay(place, master.place());
                }
                if (in) {
                    net.healWay(master.place(), place);
                }
            }
        });
    }

    /** Mostly short, now and then long enough to be unreachable. */
    private static Duration away(Dice dice, int longOneIn) {
        return dice.oneIn(longOneIn)
                ? dice.between(Duration.ofSeconds(74), Duration.ofSeconds(110))
                : dice.between(Duration.ofMillis(50), Duration.ofSeconds(20));
    }

    private static Duration soon(Dice dice) {
        return dice.between(Duration.ofMillis(100), Duration.ofSeconds(15));
    }
}
