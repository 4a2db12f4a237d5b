package org.mesolith.sim;

import java.util.List;

/** Who can be struck by trouble. */
record Stage(
        SimNet net,
        SimGroup group,
        List<SimMaster> masters,
        List<SimAgent> agents,
        List<SimFramework> frameworks,
        Trace trace) {
    Stage {
        masters = List.copyOf(masters);
        agents = List.copyOf(agents);
        frameworks = List.copyOf(frameworks);
    }
}
