package org.mesolith.cli.chaos.fault;

import java.nio.file.Path;
import java.util.List;
import org.mesolith.check.history.HistoryWriter;
import org.mesolith.process.ClusterProcess;
import org.mesolith.process.Member;

/**
 * Where faults strike.
 *
 * @param cluster nothing else is touched
 * @param frameworks of the run that are processes of their own
 * @param ground what its processes stand on
 * @param history takes what a fault has to say beyond its beginning and end
 * @param directory of the run; a fault may use one of its own name below it
 */
public record Site(
        ClusterProcess cluster, List<Framework> frameworks, Ground ground, HistoryWriter history, Path directory) {

    /** Frameworks are kept in order. */
    public Site {
        frameworks = List.copyOf(frameworks);
    }

    /** Why no framework can be struck apart from the others; empty if one can. */
    public String unmetFrameworks() {
        return frameworks.isEmpty() ? "no framework of this run is a process of its own" : "";
    }

    /** All masters but this one. */
    public List<Member> mastersBut(Member one) {
        return cluster.masters().stream().filter(master -> !master.equals(one)).toList();
    }
}
