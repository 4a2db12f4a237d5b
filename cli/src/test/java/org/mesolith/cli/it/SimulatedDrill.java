package org.mesolith.cli.it;

/** How each planted bug is found in simulated clusters: what is said of the first that does not hold. */
enum SimulatedDrill {
    NO_FENCE("obeyed"),
    OFFERS_KEPT("live offers"),
    REQUEST_KEY_FORGOTTEN("key"),
    AGENT_ID_REUSED("id"),
    RESOURCES_LEAKED("counts as used"),
    FILTER_LEAK("without asking"),
    PROPOSING_TERM_NOT_CHECKED("earlier term"),
    QUOTA_ONLY_IN_LEADER("less than"),
    END_OVERWRITTEN("after the end"),
    ACKNOWLEDGED_BEFORE_APPLIED("acknowledged and not in the log");

    /** The seeds 1 to this one: which of them finds it changes whenever the product does something else. */
    private static final int SEEDS = 40;

    private final String words;

    SimulatedDrill(String words) {
        this.words = words;
    }

    /** What is planted. */
    PlantedBug bug() {
        return PlantedBug.valueOf(name());
    }

    /** What the line of a seed that does not hold speaks of. */
    String words() {
        return words;
    }

    /** The words behind {@code meso}. */
    String[] command() {
        return new String[] {"simulate", "--random", "--keep-going", "--seeds", Integer.toString(SEEDS)};
    }
}
