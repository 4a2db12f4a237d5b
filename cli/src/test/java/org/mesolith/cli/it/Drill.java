package org.mesolith.cli.it;

/** How each planted bug is found: the faults of the run, and the claim that it breaks. */
enum Drill {
    LOCAL_READ("master-crash", "weights are linearizable"),
    DEPOSED_LEADER_ANSWERS("master-pause,master-pause", "the index that a client sees only grows"),
    PLACE_APART_FROM_ROWS("master-crash,master-crash", "masters at the same index are equal"),
    WEIGHTS_LOST("master-stop,master-stop", "masters at the same index are equal"),
    CLOCK_IN_THE_RULES("master-crash", "masters at the same index are equal"),
    STEP_DOWN_IGNORED("handover", "while a majority is up, a write, an offer and a task come within their limits"),
    TOKEN_OFF_BY_ONE("handover", "readers of events miss nothing"),
    EVENT_FORGOTTEN("master-crash", "each acknowledged write is told once"),
    RECONCILED_AS_LOST("master-crash", "a task that has ended stays ended"),
    ACKNOWLEDGEMENT_FORGOTTEN("agent-crash,agent-crash", "updates of a task come in order"),
    UPDATES_LOST("agent-crash,agent-crash", "every accepted launch has come to an end that was told"),
    LAUNCHED_TWICE("agent-crash", "a task is started once at most"),
    FORWARDED_BEFORE_COMMIT("master-crash", "updates of a task come in order"),
    REQUEST_KEY_FORGOTTEN("master-crash", "weights are linearizable"),
    OFFERED_TWICE("handover", "nothing of an agent is lost, made up or given twice"),
    ACKNOWLEDGED_BEFORE_SYNC("power-cut-all", "acknowledged writes are there at the end"),
    OLD_DISK_ACCEPTED("old-disk", "who meets a bad disk does what the documents say"),
    EPOCH_NOT_RAISED("backup-restore", "a restored backup holds what was acknowledged before it began"),
    DRAINED_IN_SOFT_STATE("rolling-restart,rolling-restart", "masters at the same index are equal"),
    APPLIED_TWICE("master-crash,master-stop", "masters at the same index are equal");

    private final String faults;
    private final String claim;

    Drill(String faults, String claim) {
        this.faults = faults;
        this.claim = claim;
    }

    /** What is planted. */
    PlantedBug bug() {
        return PlantedBug.valueOf(name());
    }

    /** Beginning of the claim that does not hold. */
    String claim() {
        return claim;
    }

    /** The words behind {@code meso}. */
    String[] command(String directory) {
        return new String[] {"chaos", "run", "--seed", "1", "--faults", faults, "--dir", directory};
    }
}
