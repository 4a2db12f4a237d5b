package org.mesolith.scenario.grammar;

/** Where the steps of one scenario are played. One thread; made for one scenario. */
@FunctionalInterface
public interface Stage {
    /**
     * Plays one step to its end.
     *
     * @throws MismatchException when something is not as the scenario expects it
     */
    void play(Scenario.Step step);
}
