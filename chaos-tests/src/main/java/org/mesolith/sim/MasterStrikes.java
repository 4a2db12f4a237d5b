package org.mesolith.sim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.sim.plan.Dice;
import org.mesolith.sim.plan.Fault;
import org.mesolith.sim.plan.FaultKind;
import org.mesolith.sim.plan.Moment;

/** Strikes masters. A strike names its victim, or nobody when there is none. */
final class MasterStrikes {
    private static final Duration CLOCK_JUMP_MAX = Duration.ofMinutes(5);

    private final Stage stage;
    private final Repairs repairs;

    MasterStrikes(Stage stage, Repairs repairs) {
        this.stage = stage;
        this.repairs = repairs;
    }

    String strike(Fault fault, Dice dice) {
        var master = victim(fault, dice);
        if (master == null || !master.isAlive()) {
            return "";
        }
        switch (fault.kind()) {
            case MASTER_CRASH -> kill(master, dice);
            case MASTER_STOP -> stop(master, dice);
            case LOST_DISK -> {
                kill(master, dice);
                master.member().wipe();
            }
            case ROLLING_RESTART -> new RollingRestart(stage, repairs).begin(dice);
            case POWER_LOSS -> stage.masters().forEach(each -> kill(each, dice));
            case MASTER_PAUSE -> {
                master.pause();
                repairs.after(dice.between(Duration.ofMillis(20), Duration.ofSeconds(25)), master::wake);
            }
            case MASTER_PARTITION -> cut(master, List.of(), dice);
            case LEADER_ALONE -> cut(master, clients(), dice);
            case LEADER_WITH_AGENTS -> {
                for (var other : stage.masters()) {
                    if (!other.equals(master)) {
                        apart(other, agents(), dice);
                    }
                }
            }
            case LEADER_WITHOUT_AGENTS -> apart(master, agents(), dice);
            case LEADER_WITHOUT_FRAMEWORKS -> apart(master, frameworks(), dice);
            case ANSWERS_LOST -> {
                var here = master.place();
                stage.net().cutWay(here, SimOperator.PLACE);
                repairs.after(soon(dice), () -> stage.net().healWay(here, SimOperator.PLACE));
            }
            case BROKEN_CONNECTION -> stage.net().breakOne(master.place(), dice);
            case SLOW_NETWORK -> {
                var here = master.place();
                stage.net().setSlow(here, dice.between(Duration.ofMillis(50), Duration.ofSeconds(4)));
                repairs.after(soon(dice), () -> stage.net().setSlow(here, Duration.ZERO));
            }
            case MASTER_ONE_WAY -> cutOneWay(master, dice);
            case HANDOVER -> master.member().handOver();
            case MASTER_SLOW_DISK -> {
                master.member().setSlow(dice.between(Duration.ofMillis(20), Duration.ofSeconds(2)));
                repairs.after(soon(dice), () -> master.member().setSlow(Duration.ZERO));
            }
            case MASTER_CLOCK -> {
                master.setSkew(dice.between(CLOCK_JUMP_MAX.negated(), CLOCK_JUMP_MAX));
                kill(master, dice);
            }
            default -> throw new IllegalStateException("not for a master: " + fault);
        }
        return master.place();
    }

    private @Nullable SimMaster victim(Fault fault, Dice dice) {
        boolean leader =
                fault.moment() != Moment.TIMED || FaultKind.OF_LEADERS.contains(fault.kind()) || dice.below(3) > 0;
        if (!leader) {
            return dice.oneOf(stage.masters());
        }
        return stage.masters().stream()
                .filter(master -> master.member().equals(stage.group().leader()))
                .findFirst()
                .orElse(null);
    }

    private void kill(SimMaster master, Dice dice) {
        if (master.isAlive()) {
            master.kill();
            repairs.after(dice.between(Duration.ofMillis(50), Duration.ofSeconds(15)), () -> {
                if (!master.isAlive()) {
                    master.start();
                }
            });
        }
    }

    /** Ends in order: whoever leads gives the lead away first. */
    private void stop(SimMaster master, Dice dice) {
        master.member().handOver();
        kill(master, dice);
    }

    /** This master and these clients do not hear each other for a while; the masters do. */
    private void apart(SimMaster master, List<String> clients, Dice dice) {
        clients.forEach(client -> stage.net().cut(client, master.place()));
        repairs.after(soon(dice), () -> clients.forEach(client -> stage.net().heal(client, master.place())));
    }

    /** From the other masters, and from these clients. */
    private void cut(SimMaster master, List<String> clients, Dice dice) {
        master.member().cut();
        clients.forEach(client -> stage.net().cut(client, master.place()));
        repairs.after(dice.between(Duration.ofMillis(500), Duration.ofSeconds(25)), () -> {
            clients.forEach(client -> stage.net().heal(client, master.place()));
            master.member().heal();
        });
    }

    /** From the other masters; the clients are heard, or hear, and not both. */
    private void cutOneWay(SimMaster master, Dice dice) {
        boolean deaf = dice.oneIn(2);
        var here = master.place();
        master.member().cut();
        clients().forEach(client -> stage.net().cutWay(deaf ? client : here, deaf ? here : client));
        repairs.after(dice.between(Duration.ofMillis(500), Duration.ofSeconds(25)), () -> {
            clients().forEach(client -> stage.net().healWay(deaf ? client : here, deaf ? here : client));
            master.member().heal();
        });
    }

    private List<String> clients() {
        var clients = new ArrayList<>(agents());
        clients.addAll(frameworks());
        return clients;
    }

    private List<String> agents() {
        return stage.agents().stream().map(SimAgent::place).toList();
    }

    private List<String> frameworks() {
        return stage.frameworks().stream().map(SimFramework::place).toList();
    }

    private static Duration soon(Dice dice) {
        return dice.between(Duration.ofMillis(500), Duration.ofSeconds(15));
    }
}
