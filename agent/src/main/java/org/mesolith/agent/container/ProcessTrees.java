package org.mesolith.agent.container;

import java.io.IOException;
import java.util.List;
import org.mesolith.agent.core.ProcessMark;
import org.mesolith.model.Uuid;

/** Keeps together all processes of a container, those that left their session included. */
interface ProcessTrees {
    /** How, for people. */
    String name();

    /**
     * Makes the place for a container's processes; harmless when it is there.
     *
     * @return files into each of which the first process writes 0 to enter; may be empty
     */
    List<String> create(Uuid container) throws IOException;

    /** Processes that live now; the supervisor is never among them. */
    List<Long> processes(Uuid container, ProcessMark supervisor);

    /** Kills every process that lives now; to be repeated until {@link #processes} is empty. */
    void kill(Uuid container, ProcessMark supervisor);

    /** Gives the place back; nothing lives in it. False when the kernel still holds it. */
    boolean remove(Uuid container);
}
