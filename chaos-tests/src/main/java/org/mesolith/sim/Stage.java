package org.mesolith.sim;

import java.util.List;
import org.mesolith.sim.plan.Deeds;

/** Who can be struck by trouble. */
record Stage(
        SimNet net,
        SimGroup group,
        List<SimMaster> masters,
        List<SimAgent> agents,
        List<SimFramework> frameworks,
        Deeds deeds,
        Trace trace) {
    Stage {
        masters = List.copyOf(masters);
        agents = List.copyOf(agents);
        frameworks = List.copyOf(frameworks);
    }
}
