package org.mesolith.cli.chaos;

import java.util.List;

/** A framework, as a run leads it: wherever it runs. Any thread. */
interface LaunchingLoad extends Load {

    /** Opens the stream. */
    void begin();

    /** Another master leads: a stream to one that hangs is given up. */
    void leaderIs(String master);

    /** Launches nothing more; what lives is killed. */
    void settle();

    /** Tasks of which no end was told. */
    List<String> living();
}
