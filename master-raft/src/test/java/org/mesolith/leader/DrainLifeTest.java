package org.mesolith.leader;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mesolith.api.LinkMessage;
import org.mesolith.api.OperatorCall;
import org.mesolith.api.SchedulerCall;
import org.mesolith.api.SchedulerEvent;
import org.mesolith.base.Check;
import org.mesolith.leader.event.Reply;
import org.mesolith.leader.explain.DrainForecast;
import org.mesolith.leader.explain.DrainOutlook;
import org.mesolith.leader.explain.Picture;
import org.mesolith.model.Acls;
import org.mesolith.model.Action;
import org.mesolith.model.AgentId;
import org.mesolith.model.DrainWish;
import org.mesolith.model.Filters;
import org.mesolith.model.MachineId;
import org.mesolith.model.MaintenanceWindow;
import org.mesolith.model.Offer;
import org.mesolith.model.TaskLaunch;
import org.mesolith.model.TaskState;
import org.mesolith.model.Unavailability;
import org.mesolith.state.row.DrainPlan;
import org.mesolith.state.row.DrainPlan.State;

/** Agents that a leader empties batch by batch, and what it says beforehand that this means. */
final class DrainLifeTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final int PATIENCE = 40;

    private Bed bed = new Bed();

    private final List<TestAgent> agents = new ArrayList<>();
    private final List<Offer> open = new ArrayList<>();
    private final Map<AgentId, List<LinkMessage.Launch>> running = new HashMap<>();

    private TestAgent agent(String host, String resources) {
        var agent = bed.agent(host, resources);
        agents.add(agent);
        return agent;
    }

    private List<LinkMessage.Launch> runsOf(TestAgent agent) {
        return running.computeIfAbsent(agent.id(), id -> new ArrayList<>());
    }

    private void launch(TestFramework framework, TestAgent agent, String... amounts) {
        open.addAll(framework.offers());
        var offer = open.stream()
                .filter(one -> one.agent().equals(agent.id()))
                .findFirst()
                .orElseThrow();
        var tasks = new ArrayList<TaskLaunch>();
        for (int at = 0; at < amounts.length; at++) {
            tasks.add(TestFramework.task(agent.id() + "-t" + at, agent.id(), amounts[at]));
        }
        framework.launch(offer, tasks.toArray(TaskLaunch[]::new));
        runsOf(agent).addAll(agent.launches());
    }

    private DrainPlan plan(long number) {
        return Check.present(bed.view().registry().drainPlan(number), "plan");
    }

    private Reply apply(int maxUnavailable, TestAgent... drained) {
        var ids = List.of(drained).stream().map(TestAgent::id).toList();
        return bed.operator(new OperatorCall.PlanDrain(ids, maxUnavailable, null, null));
    }

    private DrainOutlook outlook(int maxUnavailable, List<AgentId> drained) {
        var seen = new ArrayList<Pictured>();
        bed.leaders().picture(seen::add);
        bed.queue.settle();
        Picture picture = ((Pictured.Seen) seen.getFirst()).picture();
        return new DrainForecast(picture, () -> false).of(drained, maxUnavailable);
    }

    /** A second goes by; agents that are told to empty themselves end their tasks. Those that were told so. */
    private List<AgentId> second(TestFramework framework) {
        bed.advance(SECOND);
        var told = new ArrayList<AgentId>();
        int number = 0;
        for (var agent : agents) {
            agent.beat();
            if (agent.heard(LinkMessage.Drain.class).isEmpty()) {
                continue;
            }
            told.add(agent.id());
            for (var launch : runsOf(agent)) {
                var uuid = agent.report(launch, TaskState.TASK_KILLED, 100 + number++);
                framework.call(
                        new SchedulerCall.Acknowledge(agent.id(), launch.key().task(), uuid));
            }
            runsOf(agent).clear();
        }
        return told;
    }

    @Test
    void theNextBatchBeginsByItselfWhenNothingIsLeftOnTheOneBefore() {
        var first = agent("h1", "cpus:2;mem:1024");
        var second = agent("h2", "cpus:2;mem:1024");
        var framework = bed.framework("ads");
        launch(framework, first, "cpus:1;mem:64");
        launch(framework, second, "cpus:1;mem:64");

        assertThat(apply(1, first, second)).isEqualTo(new Reply.Made("D1"));
        assertThat(plan(1).batch()).isEqualTo(1);
        assertThat(second(framework)).containsExactly(first.id());
        assertThat(second(framework)).containsExactly(second.id());
        bed.advance(SECOND);

        assertThat(plan(1).state()).isEqualTo(State.DONE);
    }

    @Test
    void anotherLeaderGoesOnWithThePlan() {
        var first = agent("h1", "cpus:2;mem:1024");
        var second = agent("h2", "cpus:2;mem:1024");
        var framework = bed.framework("ads");
        launch(framework, first, "cpus:1;mem:64");
        apply(1, first, second);
        assertThat(first.heard(LinkMessage.Drain.class)).hasSize(1);

        bed.failOver();
        var again = framework.again();
        var launch = runsOf(first).getFirst();
        var heard = first.join(TestAgent.task(launch, TaskState.TASK_RUNNING));
        second.join();
        assertThat(heard).hasAtLeastOneElementOfType(LinkMessage.Drain.class);
        var uuid = first.report(launch, TaskState.TASK_KILLED, 1);
        again.call(new SchedulerCall.Acknowledge(first.id(), launch.key().task(), uuid));
        bed.advance(SECOND);
        bed.advance(SECOND);

        assertThat(plan(1).state()).isEqualTo(State.DONE);
    }

    @Test
    void aCancelledPlanGivesItsAgentsBackAndTheyAreOffered() {
        var first = agent("h1", "cpus:2;mem:1024");
        apply(1, first);
        bed.advance(SECOND);
        assertThat(plan(1).state()).isEqualTo(State.DONE);
        var framework = bed.framework("ads");
        assertThat(framework.offers()).isEmpty();

        assertThat(bed.operator(new OperatorCall.SteerDrain(1, DrainWish.CANCEL)))
                .isEqualTo(new Reply.Done());
        bed.advance(SECOND);

        assertThat(framework.offers()).hasSize(1);
    }

    @Test
    void aPlanThatPausesWaitsAndTheDeadlineOfOneEndsIt() {
        var first = agent("h1", "cpus:2;mem:1024");
        var second = agent("h2", "cpus:2;mem:1024");
        var framework = bed.framework("ads");
        launch(framework, first, "cpus:1;mem:64");
        var deadline = bed.queue.now().plusSeconds(5);
        bed.operator(new OperatorCall.PlanDrain(List.of(first.id(), second.id()), 1, null, deadline));
        bed.operator(new OperatorCall.SteerDrain(1, DrainWish.PAUSE));

        assertThat(second(framework)).containsExactly(first.id());
        assertThat(second(framework)).isEmpty();
        assertThat(plan(1).state()).isEqualTo(State.PAUSED);
        for (int beat = 0; beat < 5; beat++) {
            assertThat(second(framework)).isEmpty();
        }

        assertThat(plan(1).state()).isEqualTo(State.LATE);
    }

    @Test
    void whoMayNotDrainAnAgentPlansNoDrainOfIt() {
        var rule = new Acls.Rule(Action.DRAIN_AGENT, Acls.Side.ANY, Acls.Side.NONE);
        bed = new Bed(settings -> settings.withAcls(new Acls(List.of(rule), true)));
        var first = agent("h1", "cpus:2;mem:1024");

        assertThat(apply(1, first)).isInstanceOf(Reply.Forbidden.class);
        assertThat(bed.operator(new OperatorCall.SteerDrain(1, DrainWish.PAUSE)))
                .isInstanceOf(Reply.NotFound.class);
    }

    // ---- what is said beforehand

    @Test
    void whoWasAskedToLeaveForMaintenanceIsCountedUntilItAnswersAndThen() {
        var first = agent("h1", "cpus:2;mem:1024");
        var framework = bed.framework("ads");
        launch(framework, first, "cpus:1;mem:64");
        var window = new MaintenanceWindow(
                List.of(new MachineId("h1", "")),
                new Unavailability(bed.queue.now().plusSeconds(600), null));
        assertThat(outlook(1, List.of(first.id())).agents().getFirst().inverseOpen())
                .isZero();
        bed.operator(new OperatorCall.UpdateMaintenanceSchedule(List.of(window)));
        bed.advance(SECOND);

        var asked = framework.events().stream()
                .filter(SchedulerEvent.InverseOffers.class::isInstance)
                .flatMap(event -> ((SchedulerEvent.InverseOffers) event).offers().stream())
                .toList();
        var line = outlook(1, List.of(first.id())).agents().getFirst();
        assertThat(asked).hasSize(1);
        assertThat(line.inverseOpen()).isEqualTo(1);
        assertThat(line.inverseAnswers()).isZero();
        framework.call(
                new SchedulerCall.AnswerInverseOffers(List.of(asked.getFirst().id()), true, Filters.NONE));

        line = outlook(1, List.of(first.id())).agents().getFirst();
        assertThat(line.inverseOpen()).isZero();
        assertThat(line.inverseAnswers()).isEqualTo(1);
    }

    /** On a cluster in which nobody does anything else. */
    @ParameterizedTest
    @CsvSource({"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"})
    void whatIsForetoldComesTrue(long seed) {
        var dice = new SplittableRandom(seed);
        var framework = bed.framework("ads");
        int hosts = 3 + dice.nextInt(4);
        for (int host = 0; host < hosts; host++) {
            int cpus = 2 + dice.nextInt(4);
            var agent = agent("h" + host, "cpus:" + cpus + ";mem:4096");
            assertThat(second(framework)).isEmpty();
            var amounts = new String[1 + dice.nextInt(3)];
            for (int task = 0; task < amounts.length; task++) {
                // From a third of its part of the agent to nearly all of it: some will have no room elsewhere.
                double most = cpus / (double) amounts.length;
                long centi = Math.round(most * (30 + dice.nextInt(66)));
                amounts[task] = "cpus:" + centi / 100.0 + ";mem:" + (100 + dice.nextInt(1_000));
            }
            launch(framework, agent, amounts);
        }
        var drained = agents.subList(0, 1 + dice.nextInt(hosts - 1)).stream()
                .map(TestAgent::id)
                .toList();
        int max = 1 + dice.nextInt(2);

        var foretold = outlook(max, drained);
        assertThat(foretold.problem()).isNull();
        bed.operator(new OperatorCall.PlanDrain(drained, max, null, null));

        var batches = new ArrayList<List<AgentId>>();
        for (int tick = 0; tick < PATIENCE && plan(1).state() == State.RUNNING; tick++) {
            var told = second(framework);
            if (!told.isEmpty()) {
                batches.add(told);
            }
        }
        assertThat(plan(1).state()).isEqualTo(State.DONE);
        assertThat(batches).isEqualTo(batches(foretold));
        assertThat(ended(framework))
                .isEqualTo(new TreeSet<>(foretold.tasks().stream()
                        .map(DrainOutlook.TaskLine::task)
                        .toList()));
        assertRoom(framework, foretold);
    }

    private static List<List<AgentId>> batches(DrainOutlook outlook) {
        var batches = new ArrayList<List<AgentId>>();
        for (var line : outlook.agents()) {
            if (batches.size() < line.batch()) {
                batches.add(new ArrayList<>());
            }
            batches.getLast().add(line.agent());
        }
        return batches;
    }

    private static SortedSet<String> ended(TestFramework framework) {
        var ended = new TreeSet<String>();
        framework.states().stream()
                .filter(state -> state.endsWith(":TASK_KILLED"))
                .forEach(state -> ended.add(state.substring(0, state.indexOf(':'))));
        return ended;
    }

    /** Each task that fits can be launched where it was said, and when they run no other has room. */
    private void assertRoom(TestFramework framework, DrainOutlook foretold) {
        framework.call(new SchedulerCall.Revive(List.of()));
        assertThat(second(framework)).isEmpty();
        var offers = framework.offers();
        var last = new ArrayList<TaskLaunch>();
        for (var offer : offers) {
            var tasks = foretold.tasks().stream()
                    .filter(task -> task.text().equals("agent " + offer.agent()))
                    .map(task -> TestFramework.task(
                            task.task() + "-again",
                            offer.agent(),
                            task.resources().toString()))
                    .toList();
            last.addAll(tasks);
            framework.launch(offer, tasks.toArray(TaskLaunch[]::new));
            var agent = agents.stream()
                    .filter(one -> one.id().equals(offer.agent()))
                    .findFirst()
                    .orElseThrow();
            assertThat(agent.launches()).hasSize(tasks.size());
        }
        assertThat(last).hasSize(foretold.count(DrainOutlook.Fate.FITS));
        framework.call(new SchedulerCall.Revive(List.of()));
        assertThat(second(framework)).isEmpty();
        for (var offer : framework.offers()) {
            assertThat(homeless(foretold, offer))
                    .as("has room on %s", offer.agent())
                    .isNull();
        }
    }

    private static @Nullable String homeless(DrainOutlook foretold, Offer offer) {
        return foretold.tasks().stream()
                .filter(task -> task.fate() == DrainOutlook.Fate.NO_ROOM)
                .filter(task -> offer.resources()
                        .scalarQuantities()
                        .contains(task.resources().scalarQuantities()))
                .map(DrainOutlook.TaskLine::task)
                .findFirst()
                .orElse(null);
    }

    @Test
    void tasksWithoutRoomElsewhereAndOnlyOnesOfTheirNameAreNamed() {
        var framework = bed.framework("ads");
        var first = agent("h1", "cpus:4;mem:1024");
        bed.advance(SECOND);
        launch(framework, first, "cpus:3;mem:64", "cpus:1;mem:64");
        agent("h2", "cpus:1;mem:1024");

        var foretold = outlook(1, List.of(first.id()));

        assertThat(foretold.tasks())
                .extracting(DrainOutlook.TaskLine::fate)
                .containsExactly(DrainOutlook.Fate.NO_ROOM, DrainOutlook.Fate.FITS);
        assertThat(foretold.tasks()).allMatch(DrainOutlook.TaskLine::single).allMatch(task -> task.left() == 0);
        assertThat(foretold.freeAfter().milli("cpus")).isZero();
        assertThat(outlook(1, List.of(new AgentId("nobody"))).problem()).contains("is unknown");
    }
}
