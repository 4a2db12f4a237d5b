package org.mesolith.sim;

import java.time.Duration;
import org.mesolith.api.MasterInfo;
import org.mesolith.leader.LeaderSettings;
import org.mesolith.sim.plan.Dice;

/**
 * How patient the masters of a simulation are: as patient as by default, or so impatient that silence is met often.
 *
 * @param agent silence after which an agent is unreachable
 * @param agentReturn how long agents have to return after the leader changed
 * @param frameworkReturn how long frameworks have
 */
record LeaderTimes(Duration agent, Duration agentReturn, Duration frameworkReturn) {
    private static final Duration IMPATIENT_MIN = Duration.ofSeconds(4);
    private static final Duration IMPATIENT_MAX = Duration.ofSeconds(9);

    static LeaderTimes of(Dice dice) {
        var usual = new LeaderTimes(Duration.ofSeconds(75), Duration.ofMinutes(10), Duration.ofMinutes(10));
        return dice.oneIn(8)
                ? usual
                : new LeaderTimes(
                        dice.between(IMPATIENT_MIN, IMPATIENT_MAX),
                        dice.between(IMPATIENT_MIN, IMPATIENT_MAX),
                        dice.between(IMPATIENT_MIN, IMPATIENT_MAX));
    }

    /** With everything else as by default. */
    LeaderSettings settings(MasterInfo self) {
        return LeaderSettings.defaults(self)
                .with(settings -> settings.agentTimeout(agent)
                        .agentReregisterTimeout(agentReturn)
                        .frameworkReregisterTimeout(frameworkReturn));
    }
}
