package org.mesolith.cli.bench;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.mesolith.allocator.Allocation;
import org.mesolith.allocator.AllocationInput;
import org.mesolith.allocator.Allocator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Rounds of the allocator under JMH, on the clusters of {@code meso bench allocate}. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 3, time = 5)
@Fork(1)
public class AllocationBenchmark {
    /** Agents, frameworks, roles. */
    @Param({"10000x200x50", "20000x2000x50", "50000x1000x50"})
    public String size;

    @Param({"false", "true"})
    public boolean quota;

    private AllocationInput all;
    private AllocationInput crowded;
    private LeaderLoad leader;
    private int next;

    @Setup
    public void make() {
        var numbers = size.split("x");
        var load = new AllocationLoad(new AllocationLoad.Size(
                Integer.parseInt(numbers[0]),
                Integer.parseInt(numbers[1]),
                Integer.parseInt(numbers[2]),
                quota,
                false));
        all = load.all();
        crowded = load.crowded();
        leader = new LeaderLoad(load);
        leader.fullRound();
    }

    @Benchmark
    public List<Allocation> fullRun() {
        return Allocator.allocate(all);
    }

    @Benchmark
    public List<Allocation> crowdedAgent() {
        return Allocator.allocate(crowded);
    }

    @Benchmark
    public long oneAgentAtTheLeader() {
        next++;
        return leader.oneAgent(next * 7919 & Integer.MAX_VALUE);
    }
}
