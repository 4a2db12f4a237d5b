package org.mesolith.master;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.mesolith.log.Proposal;
import org.mesolith.log.Proposed;
import org.mesolith.model.AgentId;
import org.mesolith.model.AgentInfo;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.FrameworkInfo;
import org.mesolith.model.OfferOperation;
import org.mesolith.model.Opaque;
import org.mesolith.model.Resources;
import org.mesolith.model.TaskId;
import org.mesolith.model.TaskLaunch;
import org.mesolith.raft.RaftMember;
import org.mesolith.state.Actor;
import org.mesolith.state.AgentCommand;
import org.mesolith.state.Command;
import org.mesolith.state.Envelope;
import org.mesolith.state.FrameworkCommand;
import org.mesolith.state.Origin;
import org.mesolith.state.Outcome;

/** Fills the registry with agents, frameworks and tasks, each by a command in the log as in life; from a fixed seed. */
final class BenchFill {
    private static final int FRAMEWORKS = 20;
    private static final int COUNT_MAX = 100_000;
    private static final int TASK_BYTES = 600;
    private static final int OUTSTANDING = 256;
    private static final long ANSWER_SECONDS_MAX = 60;

    private final Random random = new Random(1);
    private final RaftMember member;
    private final long term;
    private final Semaphore free = new Semaphore(OUTSTANDING);
    private final AtomicLong refused = new AtomicLong();

    /** Of a member that leads; an {@link IllegalStateException} says that it does not. */
    BenchFill(RaftMember member) {
        this.member = member;
        this.term = BenchCommits.term(member);
    }

    /** Returns when everything is applied: {@code agents tasks refused}. */
    String run(int agents, int tasksOfEach) throws InterruptedException {
        if (agents < 1 || agents > COUNT_MAX || tasksOfEach < 0 || tasksOfEach > COUNT_MAX) {
            throw new IllegalArgumentException("counts must be 1 to " + COUNT_MAX);
        }
        for (int number = 0; number < FRAMEWORKS; number++) {
            propose(new FrameworkCommand.SubscribeFramework(null, framework(number)));
        }
        for (int number = 0; number < agents; number++) {
            propose(new AgentCommand.AdmitAgent(null, agent(number)));
        }
        await();
        var frameworks = new ArrayList<FrameworkId>();
        member.registry().frameworks().forEach(row -> frameworks.add(row.id()));
        for (var agent : member.registry().agents()) {
            if (tasksOfEach > 0) {
                propose(launch(frameworks.get(random.nextInt(FRAMEWORKS)), agent.id(), tasksOfEach));
            }
        }
        await();
        return String.format(
                Locale.ROOT,
                "%d %d %d",
                member.registry().agentCount(),
                (long) member.registry().agentCount() * tasksOfEach,
                refused.get());
    }

    private FrameworkCommand.AcceptOffers launch(FrameworkId framework, AgentId agent, int tasks) {
        var launched = new ArrayList<TaskLaunch>();
        var offered = Resources.EMPTY;
        var needed = Resources.parse("cpus:0.1;mem:32");
        for (int number = 0; number < tasks; number++) {
            offered = offered.plus(needed);
            launched.add(new TaskLaunch(
                    new TaskId(String.format(Locale.ROOT, "task-%016x", random.nextLong())),
                    "name",
                    agent,
                    needed,
                    null,
                    List.of(),
                    new Opaque("mesos.v1.TaskInfo", info())));
        }
        return new FrameworkCommand.AcceptOffers(
                framework, agent, "role", offered, List.of(), List.of(new OfferOperation.Launch(null, launched)));
    }

    /** Half of it can be compressed, as in life. */
    private byte[] info() {
        var info = new byte[TASK_BYTES];
        random.nextBytes(info);
        Arrays.fill(info, TASK_BYTES / 2, TASK_BYTES, (byte) 'x');
        return info;
    }

    private void propose(Command command) throws InterruptedException {
        take(1);
        var envelope = new Envelope(Actor.SYSTEM, Origin.LEADER, null, Instant.now(), term);
        var _ = member.log().propose(new Proposal(envelope, command)).whenComplete((decided, _) -> {
            if (!(decided instanceof Proposed.Decided done && done.outcome() instanceof Outcome.Accepted)) {
                refused.incrementAndGet();
            }
            free.release();
        });
    }

    private void await() throws InterruptedException {
        take(OUTSTANDING);
        free.release(OUTSTANDING);
    }

    private void take(int permits) throws InterruptedException {
        if (!free.tryAcquire(permits, ANSWER_SECONDS_MAX, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the log did not answer within " + ANSWER_SECONDS_MAX + " s");
        }
    }

    private static FrameworkInfo framework(int number) {
        return new FrameworkInfo(
                null,
                "root",
                "framework " + number,
                List.of("role"),
                List.of(),
                Duration.ofDays(7),
                true,
                null,
                null,
                Opaque.empty("mesos.v1.FrameworkInfo"));
    }

    private static AgentInfo agent(int number) {
        return new AgentInfo(
                "host-" + number + ".example.org",
                5051,
                Resources.parse("cpus:64;mem:262144;disk:1000000;ports:[31000-32000]"),
                List.of(),
                null,
                List.of(),
                "1.11.0");
    }
}
