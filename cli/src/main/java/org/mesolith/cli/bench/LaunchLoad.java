package org.mesolith.cli.bench;

import java.util.ArrayList;
import java.util.List;
import org.mesolith.cli.client.Deadline;
import org.mesolith.cli.client.MasterList;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;

/** Frameworks that launch together. */
final class LaunchLoad implements AutoCloseable {
    private final List<LaunchFramework> frameworks = new ArrayList<>();

    /**
     * One round.
     *
     * @param seconds from the first ACCEPT to the last acknowledgement
     * @param spans of each task
     */
    record Result(double seconds, Latencies spans) {}

    /** @param processes whether a task counts until it has finished, not until it runs */
    LaunchLoad(MasterList masters, int count, int outstanding, boolean processes) {
        for (int number = 1; number <= count; number++) {
            var framework = new LaunchFramework(masters, "launch-" + number, outstanding / count, processes);
            frameworks.add(framework);
            framework.start();
        }
    }

    /** What is missing until so many agents are there; the empty text when they are. */
    String awaitAgents(int agents) {
        int seen = frameworks.stream().mapToInt(LaunchFramework::agents).sum();
        return seen >= agents ? "" : "offers of " + seen + " agents of " + agents;
    }

    Result run(int tasks, Deadline deadline) {
        int each = tasks / frameworks.size();
        long began = System.nanoTime();
        for (var framework : frameworks) {
            framework.launch(framework.equals(frameworks.getFirst()) ? tasks - each * (frameworks.size() - 1) : each);
        }
        var all = new Latencies();
        for (var framework : frameworks) {
            if (!framework.await(deadline)) {
                throw new Failure(ExitCode.DEADLINE, "not all tasks ran in time: " + framework.state());
            }
            all.addAll(framework.spans());
        }
        return new Result((System.nanoTime() - began) / 1e9, all);
    }

    /**
     * Lets the first framework ask for the states of its tasks.
     *
     * @param named whether it names each
     * @return seconds until it has all of them
     */
    double reconcile(boolean named, Deadline deadline) {
        var framework = frameworks.getFirst();
        long took = framework.reconcile(named, deadline);
        if (took < 0) {
            throw new Failure(ExitCode.DEADLINE, "not all states were told in time: " + framework.state());
        }
        return took / 1e9;
    }

    @Override
    public void close() {
        frameworks.forEach(LaunchFramework::close);
    }
}
