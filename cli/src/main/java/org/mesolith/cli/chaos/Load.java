package org.mesolith.cli.chaos;

/** Something that uses or watches the cluster all the time, on a thread of its own. */
interface Load {

    /** For the history and the name of the thread. */
    String name();

    /** Does one thing, then returns, and is called again and again. Never waits longer than its calls may take. */
    void step();

    /** It is over: a step that takes long ends soon. Called by another thread than {@link #step}. */
    default void leave() {}

    /** Lets go of what it holds; its thread has ended. */
    default void end() {}
}
