package org.mesolith.cli.it;

import java.util.ArrayList;
import java.util.List;

/** Who is killed at which step of what. */
record KillPair(Kind kind, DeliveryStep step, Victim victim) {
    /** What is launched, and which of its updates is followed. */
    enum Kind {
        /** A task under an executor of the framework's, and its last update. */
        EXECUTOR("TASK_FINISHED"),
        /** A command, and the update that it runs. */
        COMMAND("TASK_RUNNING");

        private final String state;

        Kind(String state) {
            this.state = state;
        }

        /** Of the update that is followed. */
        String state() {
            return state;
        }

        /** Whether such a launch takes this step. */
        boolean takes(DeliveryStep step) {
            return switch (step) {
                case ACKNOWLEDGEMENT_PASSED, ACKNOWLEDGEMENT_STORED -> this == COMMAND;
                case ACKNOWLEDGEMENT_COMMITTED, AGENT_ACKNOWLEDGED, EXECUTOR_ACKNOWLEDGED -> this == EXECUTOR;
                default -> true;
            };
        }
    }

    /** Who gets the SIGKILL; the executor of a command is its own process. */
    enum Victim {
        LEADER,
        AGENT,
        SUPERVISOR,
        EXECUTOR,
        FRAMEWORK
    }

    /** All of a kind, in the order of the steps. */
    static List<KillPair> all(Kind kind) {
        var all = new ArrayList<KillPair>();
        for (DeliveryStep step : DeliveryStep.values()) {
            for (Victim victim : Victim.values()) {
                if (kind.takes(step)) {
                    all.add(new KillPair(kind, step, victim));
                }
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
        return victim + " at " + step + " of " + kind;
    }
}
