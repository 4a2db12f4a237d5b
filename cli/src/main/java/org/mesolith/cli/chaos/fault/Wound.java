package org.mesolith.cli.chaos.fault;

/** A fault that lasts. */
public interface Wound {
    /** One that heals by itself. */
    Wound NONE = () -> {};

    /**
     * Ends the fault and returns when everything that it took away is there again, as far as an operator would wait for
     * it. Works also if another fault has struck the same victim meanwhile.
     *
     * @throws IllegalStateException when it does not come back within a minute: the run is red
     */
    void heal();
}
