package org.mesolith.leader;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mesolith.api.LinkMessage;
import org.mesolith.api.OperatorCall;
import org.mesolith.api.SchedulerCall;
import org.mesolith.base.Check;
import org.mesolith.leader.explain.DrainForecast;
import org.mesolith.leader.explain.DrainOutlook;
import org.mesolith.leader.explain.DrainOutlook.Fate;
import org.mesolith.model.AgentId;
import org.mesolith.model.Disk;
import org.mesolith.model.Filters;
import org.mesolith.model.Offer;
import org.mesolith.model.OfferOperation;
import org.mesolith.model.Opaque;
import org.mesolith.model.Reservation;
import org.mesolith.model.Resources;
import org.mesolith.model.TaskId;
import org.mesolith.model.TaskLaunch;
import org.mesolith.model.TaskState;
import org.mesolith.state.row.DrainPlan.State;

/**
 * Random clusters in which nobody does anything else: whose tasks end, which are the only ones of their name, and which
 * volumes stay behind, is what was said before the drain.
 */
final class DrainForetoldTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final int PATIENCE = 60;

    private final Bed bed = new Bed();
    private final List<TestAgent> agents = new ArrayList<>();
    private final SortedMap<String, TestFramework> owners = new TreeMap<>();
    private final SortedMap<String, String> names = new TreeMap<>();
    private final SortedMap<AgentId, List<LinkMessage.Launch>> running = new TreeMap<>();
    private final TreeSet<String> withVolume = new TreeSet<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
    void whoIsTheOnlyOneAndWhatStaysBehindComesTrue(long seed) {
        var dice = new SplittableRandom(seed);
        var frameworks = List.of(bed.framework("ads"), bed.framework("web"));
        int hosts = 3 + dice.nextInt(4);
        for (int host = 0; host < hosts; host++) {
            agents.add(bed.agent("h" + host, "cpus:8;mem:4096;disk:2048"));
            second();
            use(frameworks, dice);
        }
        var drained = agents.subList(0, 1 + dice.nextInt(hosts - 1)).stream()
                .map(TestAgent::id)
                .toList();
        var before = tasks();

        var foretold = foretold(drained, 1 + dice.nextInt(2));
        bed.operator(new OperatorCall.PlanDrain(drained, foretold.batches() == 1 ? hosts : 1, null, null));
        for (int tick = 0; tick < PATIENCE && isOpen(); tick++) {
            second();
        }

        assertThat(isOpen()).isFalse();
        assertThat(foretold.tasks()).isNotEmpty();
        var ended = new TreeMap<>(before);
        tasks().keySet().forEach(ended::remove);
        assertThat(byRole(foretold)).isEqualTo(byRole(ended));
        for (var task : foretold.tasks()) {
            assertThat(task.left()).as(task.task()).isEqualTo(alike(task, tasks()));
            assertThat(task.single()).as(task.task()).isEqualTo(alike(task, before) == 1);
            assertThat(task.fate() == Fate.STRANDED).as(task.task()).isEqualTo(withVolume.contains(task.task()));
        }
        assertThat(volumes(foretold)).isEqualTo(volumes(drained));
    }

    /** Whoever is offered the newest agent launches there; one task in three with a volume of its own. */
    private void use(List<TestFramework> frameworks, SplittableRandom dice) {
        for (var framework : frameworks) {
            for (var offer : framework.offers()) {
                if (!offer.agent().equals(agents.getLast().id())) {
                    framework.decline(offer, Duration.ofHours(1));
                    continue;
                }
                var operations = new ArrayList<OfferOperation>();
                var launches = new ArrayList<TaskLaunch>();
                int count = 1 + dice.nextInt(3);
                for (int at = 0; at < count; at++) {
                    var id = offer.agent() + "-" + at;
                    var amount = Resources.parse("cpus:1;mem:64");
                    if (dice.nextInt(3) == 0) {
                        amount = amount.plus(volume(offer, id, operations));
                        withVolume.add(id);
                    }
                    var name = "n" + dice.nextInt(4);
                    owners.put(id, framework);
                    names.put(id, name);
                    launches.add(new TaskLaunch(
                            new TaskId(id),
                            name,
                            offer.agent(),
                            amount,
                            null,
                            List.of(),
                            new Opaque("mesos.v1.TaskInfo", new byte[] {1})));
                }
                operations.add(new OfferOperation.Launch(null, launches));
                framework.call(
                        new SchedulerCall.Accept(List.of(offer.id()), operations, new Filters(Duration.ofHours(1))));
                var agent = agents.getLast();
                running.put(agent.id(), new ArrayList<>(agent.launches()));
                assertThat(running.get(agent.id())).hasSize(count);
            }
        }
    }

    private static Resources volume(Offer offer, String id, List<OfferOperation> operations) {
        var disk = Resources.parse("disk:64").pushReservation(Reservation.dynamic(offer.role(), null));
        var volume = disk.mapKinds(kind -> kind.withDisk(Disk.volume("volume-of-" + id, null, "data")));
        operations.add(new OfferOperation.Reserve(null, Resources.EMPTY, disk));
        operations.add(new OfferOperation.Create(null, volume));
        return volume;
    }

    private DrainOutlook foretold(List<AgentId> drained, int maxUnavailable) {
        var seen = new ArrayList<Pictured>();
        bed.leaders().picture(seen::add);
        bed.queue.settle();
        return new DrainForecast(((Pictured.Seen) seen.getFirst()).picture(), () -> false).of(drained, maxUnavailable);
    }

    private boolean isOpen() {
        return Check.present(bed.log.registry().drainPlan(1), "plan").state() == State.RUNNING;
    }

    /** A second goes by; agents that are told to empty themselves end their tasks, which is acknowledged. */
    private void second() {
        bed.advance(SECOND);
        int number = 0;
        for (var agent : agents) {
            agent.beat();
            if (agent.heard(LinkMessage.Drain.class).isEmpty()) {
                continue;
            }
            for (var launch : running.getOrDefault(agent.id(), List.of())) {
                var uuid = agent.report(launch, TaskState.TASK_KILLED, 100 + number++);
                Check.present(owners.get(launch.key().task().value()), "owner of a task")
                        .call(new SchedulerCall.Acknowledge(
                                agent.id(), launch.key().task(), uuid));
            }
            running.remove(agent.id());
        }
    }

    /** Tasks that have not ended, with their roles. */
    private SortedMap<String, String> tasks() {
        var tasks = new TreeMap<String, String>();
        for (var framework : bed.log.registry().frameworks()) {
            for (var task : bed.log.registry().tasksOfFramework(framework.id())) {
                tasks.put(task.taskId(), framework.id() + " " + task.role());
            }
        }
        return tasks;
    }

    /** How many of these belong to the same framework and have the same name. */
    private int alike(DrainOutlook.TaskLine task, SortedMap<String, String> among) {
        return (int) among.entrySet().stream()
                .filter(one -> one.getValue().equals(task.framework() + " " + task.role())
                        && task.name().equals(names.get(one.getKey())))
                .count();
    }

    private static SortedMap<String, SortedSet<String>> byRole(SortedMap<String, String> tasks) {
        var sorted = new TreeMap<String, SortedSet<String>>();
        tasks.forEach((task, role) ->
                sorted.computeIfAbsent(role, r -> new TreeSet<>()).add(task));
        return sorted;
    }

    private static SortedMap<String, SortedSet<String>> byRole(DrainOutlook foretold) {
        var tasks = new TreeMap<String, String>();
        foretold.tasks().forEach(task -> tasks.put(task.task(), task.framework() + " " + task.role()));
        return byRole(tasks);
    }

    private static SortedSet<String> volumes(DrainOutlook foretold) {
        var volumes = new TreeSet<String>();
        foretold.agents().forEach(line -> line.volumes().forEach(volume -> volumes.add(line.agent() + " " + volume)));
        return volumes;
    }

    /** That lie on these agents now. */
    private SortedSet<String> volumes(List<AgentId> on) {
        var volumes = new TreeSet<String>();
        for (var id : on) {
            var row = Check.present(bed.log.registry().agent(id), "row of a drained agent");
            row.total().persistentVolumes().forEach(volume -> volumes.add(id + " " + volume));
        }
        return volumes;
    }
}
