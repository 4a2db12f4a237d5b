package org.mesolith.cli.it;

/** How each planted bug is found in simulated clusters: what is said of the first that does not hold. */
enum SimulatedDrill {
    NO_FENCE("and obeyed"),
    OFFERS_KEPT("live offers", 1),
    REQUEST_KEY_FORGOTTEN("acknowledged and not in the log"),
    AGENT_ID_REUSED("the id of another agent was given again"),
    RESOURCES_LEAKED("it counts"),
    FILTER_LEAK("in vain for offers after those that were declined"),
    PROPOSING_TERM_NOT_CHECKED("was accepted in term"),
    QUOTA_ONLY_IN_LEADER("was given the limits"),
    END_OVERWRITTEN("another state after the end"),
    ACKNOWLEDGED_BEFORE_APPLIED("acknowledged and not in the log");

    /** The seeds 1 to this one: which of them finds it changes whenever the product does something else. */
    private static final int SEEDS = 40;

    private final String words;
    private final int seeds;

    SimulatedDrill(String words) {
        this(words, SEEDS);
    }

    /** @param seeds one where a bug keeps something in the process: the clusters of later seeds would inherit it */
    SimulatedDrill(String words, int seeds) {
        this.words = words;
        this.seeds = seeds;
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
        return new String[] {"simulate", "--random", "--keep-going", "--seeds", Integer.toString(seeds)};
    }
}
