package org.mesolith.sim;

import java.time.Duration;
import org.mesolith.api.SchedulerCall;
import org.mesolith.model.TaskStatus;
import org.mesolith.sim.plan.Dice;

/** Acknowledgements of one scheduler: mostly at once, some late, some never. */
final class Thanks {
    private static final Duration SOON = Duration.ofMillis(30);
    private static final Duration LATE = Duration.ofSeconds(6);

    private final SimProcess process;
    private final SimClock clock;
    private final SchedulerLink link;
    private final Dice dice;
    private int due;

    Thanks(SimProcess process, SimClock clock, SchedulerLink link, Dice dice) {
        this.process = process;
        this.clock = clock;
        this.link = link;
        this.dice = dice;
    }

    /** It was told this of the task; what an agent told is to be acknowledged. */
    void told(TaskTale tale, TaskStatus status) {
        var uuid = status.uuid();
        var agent = status.agent();
        if (uuid == null || agent == null) {
            return;
        }
        due++;
        process.after(dice.between(Duration.ZERO, dice.oneIn(8) ? LATE : SOON), () -> {
            due--;
            if (link.isUp() && !dice.oneIn(20)) {
                tale.acknowledged(status);
                tale.touched(clock.now());
                link.call(new SchedulerCall.Acknowledge(agent, status.task(), uuid), reply -> {});
            }
        });
    }

    /** The scheduler's process dies. */
    void die() {
        due = 0;
    }

    /** True while one is still to be sent. */
    boolean areDue() {
        return due > 0;
    }
}
