package org.mesolith.sim.plan;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** All trouble of one simulation, drawn before it begins: parts of it can be left out and the rest stays as it was. */
public record FaultPlan(List<Fault> faults) {
    private static final Duration BETWEEN_MIN = Duration.ofMillis(200);
    private static final Duration BETWEEN_MAX = Duration.ofMillis(5_500);
    private static final int AMBUSH_ONE_IN = 4;

    public FaultPlan {
        faults = List.copyOf(faults);
    }

    /** The plan of these settings; a shorter unrest gives the beginning of it. */
    public static FaultPlan of(WorldSettings settings) {
        var dice = new Dice(settings.seed()).fork("faults");
        var kinds = settings.kinds();
        var changes = kinds.stream().filter(FaultKind.LEADER_CHANGES::contains).toList();
        var faults = new ArrayList<Fault>();
        var at = dice.between(BETWEEN_MIN, BETWEEN_MAX);
        for (int number = 1; !kinds.isEmpty() && at.compareTo(settings.unrest()) < 0; number++) {
            boolean ambush = dice.oneIn(AMBUSH_ONE_IN) && !changes.isEmpty();
            var moment = ambush ? Moment.values()[1 + dice.below(Moment.values().length - 1)] : Moment.TIMED;
            var kind = dice.oneOf(ambush ? changes : kinds);
            faults.add(new Fault(number, at, moment, kind, dice.number()));
            at = at.plus(dice.between(BETWEEN_MIN, BETWEEN_MAX));
        }
        var only = settings.only();
        return new FaultPlan(
                only == null
                        ? faults
                        : faults.stream()
                                .filter(fault -> only.contains(fault.number()))
                                .toList());
    }
}
