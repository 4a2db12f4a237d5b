package org.mesolith.cli.chaos;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.mesolith.check.history.HistoryWriter;
import org.mesolith.process.ClusterProcess;
import org.mesolith.process.Member;
import org.mesolith.process.ProcessUse;

/**
 * Writes down what each process of a cluster needs: resident memory after a collection of its heap, threads, handles,
 * and bytes of its files.
 */
final class UseWatch implements Load {
    private static final long TICK_NANOS = 100_000_000;

    private final ClusterProcess cluster;
    private final HistoryWriter history;
    private final long everyNanos;
    private long next = System.nanoTime();

    UseWatch(ClusterProcess cluster, HistoryWriter history, Duration every) {
        this.cluster = cluster;
        this.history = history;
        this.everyNanos = every.toNanos();
    }

    @Override
    public String name() {
        return "use-watch";
    }

    @Override
    public void step() {
        if (System.nanoTime() - next < 0) {
            LockSupport.parkNanos(TICK_NANOS);
            return;
        }
        next += everyNanos;
        var members = new ArrayList<Member>(cluster.masters());
        members.addAll(cluster.agents());
        for (Member member : members) {
            if (member.isAlive()) {
                look(member);
            }
        }
    }

    private void look(Member member) {
        try {
            history.seen(
                    name(),
                    "use",
                    Map.of(
                            "of", member.name(),
                            "memory_bytes", Long.toString(ProcessUse.memory(member)),
                            "threads", Long.toString(ProcessUse.threads(member)),
                            "handles", Long.toString(ProcessUse.handles(member)),
                            "disk_bytes", Long.toString(ProcessUse.files(member))));
        } catch (IOException | IllegalStateException gone) {
            // It ended, or stands still: there is nothing to be measured now.
            history.seen(name(), "use-unknown", Map.of("of", member.name(), "why", String.valueOf(gone.getMessage())));
        }
    }
}
