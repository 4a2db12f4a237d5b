package org.mesolith.cli.it;

import java.util.ArrayList;
import java.util.List;

/** Who is killed at which step. */
record KillPair(DeliveryStep step, Victim victim) {
    /** Who gets the SIGKILL. */
    enum Victim {
        LEADER,
        AGENT,
        SUPERVISOR,
        EXECUTOR,
        FRAMEWORK
    }

    /** All of them, in the order of the steps. */
    static List<KillPair> all() {
        var all = new ArrayList<KillPair>();
        for (DeliveryStep step : DeliveryStep.values()) {
            for (Victim victim : Victim.values()) {
                all.add(new KillPair(step, victim));
            }
        }
        return all;
    }

    /** Why there is nobody to be killed, or the empty text. */
    String cannot() {
        return switch (victim) {
            case LEADER, AGENT, FRAMEWORK -> "";
            case SUPERVISOR -> step.compareTo(DeliveryStep.SUPERVISOR_STARTED) < 0 ? "there is no supervisor yet" : "";
            case EXECUTOR -> step.compareTo(DeliveryStep.EXECUTOR_STARTED) < 0 ? "there is no executor yet" : "";
        };
    }

    @Override
    public String toString() {
        return victim + " at " + step;
    }
}
