package org.mesolith.cli.chaos.fault;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * One kind of harm. It has no state: what one blow needs until it is healed is in the {@link Wound}. Everything that is
 * thrown for it, but not by the cluster, comes out of the dice, so that a seed strikes in the same way again.
 */
public interface Fault {

    /** As people and histories write it, for example {@code master-crash}; the simulation's word where it has one. */
    String word();

    /** Whom it can hit: one of them is chosen for each blow. Not empty. */
    List<Aim> aims();

    /**
     * False if the cluster owes nothing while this lasts, because these are hit. What is owed while a fault lasts that
     * leaves this true is found from its {@link #hurt}.
     */
    default boolean majorityStays(Victims victims) {
        return true;
    }

    /** True if a leader that is hit may well go on leading: a run of such faults need not see another one. */
    default boolean leavesTheLead() {
        return false;
    }

    /**
     * True if it may begin while another fault lasts, and another one while this lasts: beginning and healing work also
     * then, and both together destroy nothing that the cluster is promised to keep.
     */
    default boolean overlaps() {
        return false;
    }

    /** What has to be there before the processes are started. */
    default Set<Ground.Need> needs() {
        return Set.of();
    }

    /** Why this machine or this run cannot do it, as a sentence; the empty text if it can. */
    String unmet(Site site);

    /** How long it lasts. */
    Duration hold(Random dice, Aim aim);

    /** What is gone while it lasts. Called before {@link #begin}, for the history. */
    default Hurt hurt(Site site, Victims victims) {
        return Hurt.down(victims);
    }

    /**
     * Strikes. Returns when it has begun.
     *
     * @throws IllegalStateException if it cannot be done although {@link #unmet} said that it can: the run is red
     */
    Wound begin(Site site, Victims victims);
}
