package org.mesolith.master;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.mesolith.log.Barrier;
import org.mesolith.log.MemberReads;

/** Linearizable reads of the registry, in the process of any member. */
final class BenchReads implements BenchLoad.Work {
    private final MemberReads reads;

    BenchReads(MemberReads reads) {
        this.reads = reads;
    }

    @Override
    public CompletableFuture<String> begin(int number) {
        return reads.fresh(Duration.ZERO).thenApply(this::read);
    }

    private String read(Barrier barrier) {
        if (!(barrier instanceof Barrier.Reached)) {
            return "a read was answered " + barrier;
        }
        return reads.registry() == null ? "this member has no registry" : "";
    }
}
