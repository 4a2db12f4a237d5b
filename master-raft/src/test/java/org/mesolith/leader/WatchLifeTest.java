package org.mesolith.leader;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.mesolith.api.LinkMessage;
import org.mesolith.api.OperatorCall;
import org.mesolith.api.OperatorEvent;
import org.mesolith.api.OperatorReply;
import org.mesolith.api.SchedulerCall;
import org.mesolith.base.Check;
import org.mesolith.leader.event.Caller;
import org.mesolith.model.Filters;
import org.mesolith.model.FrameworkCapability;
import org.mesolith.model.OfferOperation;
import org.mesolith.model.StreamId;
import org.mesolith.model.TaskState;

/** Operators who are told what happens. */
final class WatchLifeTest {
    private static final StreamId EAR = new StreamId("ear");
    private static final StreamId BACK = new StreamId("back");

    /** Steps of the story. */
    private static final int FIRST_IS_AWAY = 9;

    private static final int SECOND_IS_TORN_DOWN = 10;

    private Bed bed = new Bed();

    private Watched watch(StreamId stream) {
        var answers = new ArrayList<Watched>();
        bed.leaders().watch(stream, answers::add);
        bed.queue.settle();
        return answers.getFirst();
    }

    private OperatorReply.State begun(StreamId stream) {
        return switch (watch(stream)) {
            case Watched.Begun(var view, var _) -> view.state();
            case Watched.Refused(var reply) -> throw new IllegalStateException("no stream: " + reply);
        };
    }

    @Test
    void whatHappensIsToldInItsOrder() {
        var _ = begun(EAR);
        var agent = bed.agent("h1", "cpus:8;mem:4096");
        var framework = bed.framework("r", FrameworkCapability.PARTITION_AWARE);
        framework.launch(framework.offers().getFirst(), TestFramework.task("t1", agent.id(), "cpus:1;mem:64"));
        var launch = agent.launches().getFirst();
        agent.report(launch, TaskState.TASK_RUNNING, 1);
        framework.call(new SchedulerCall.Teardown());

        assertThat(bed.ears.names(EAR))
                .containsExactly(
                        "AgentAdded", "FrameworkAdded", "TaskAdded", "TaskUpdated", "TaskUpdated", "FrameworkRemoved");
        assertThat(bed.ears.events(EAR).stream()
                        .filter(OperatorEvent.TaskUpdated.class::isInstance)
                        .map(event -> ((OperatorEvent.TaskUpdated) event).state()))
                .containsExactly(TaskState.TASK_RUNNING, TaskState.TASK_KILLED);
    }

    /** Whoever begins at any moment of a story knows at its end what the cluster shows. */
    @Test
    void thePictureAndTheEventsAfterItAreTheStateAtTheEnd() {
        int moments = story(-1, -1);
        for (int moment = 0; moment < moments; moment++) {
            bed = new Bed();
            story(moment, -1);
        }

        assertThat(moments).isGreaterThan(10);
    }

    /** The leader dies at any moment of the story; the picture of the next one holds all that was told before. */
    @Test
    void whoComesBackToTheNextLeaderHasMissedNothing() {
        int moments = story(-1, -1);
        for (int moment = 0; moment < moments; moment++) {
            bed = new Bed();
            story(0, moment);
        }

        assertThat(moments).isGreaterThan(10);
    }

    /** The stream has ended; a new one begins with the next leader, before anybody else is back. */
    private Known comeBack(Known before, List<TestAgent> there, List<TestFramework> frameworks) {
        bed.ears.events(EAR).forEach(before::hear);
        bed.failOver();
        assertThat(bed.ears.isEnded(EAR)).isTrue();
        var picture = begun(BACK);
        before.isIn(picture);
        var known = new Known();
        known.begin(picture);
        there.forEach(TestAgent::join);
        frameworks.replaceAll(TestFramework::again);
        return known;
    }

    /**
     * Something happens, step by step.
     *
     * @param from the step at which somebody begins to listen; negative for nobody
     * @param dies the step at which the leader dies; negative for never
     * @return how many steps there are
     */
    private int story(int from, int dies) {
        var known = new Known();
        int step = 0;
        var steps = new ArrayList<Runnable>();
        var agents = new ArrayList<TestAgent>();
        var frameworks = new ArrayList<TestFramework>();
        steps.add(() -> agents.add(bed.agent("h1", "cpus:8;mem:4096")));
        steps.add(() -> frameworks.add(bed.framework("r", FrameworkCapability.PARTITION_AWARE)));
        steps.add(() -> agents.add(bed.agent("h2", "cpus:2;mem:512")));
        for (int task = 1; task <= 3; task++) {
            int number = task;
            steps.add(() -> launch(frameworks.getFirst(), agents, "t" + number));
        }
        steps.add(() -> frameworks.add(bed.framework("s")));
        steps.add(() -> frameworks.set(0, frameworks.getFirst().again()));
        steps.add(() -> {
            agents.getFirst().cut();
            agents.get(1).live(700);
        });
        steps.add(() -> agents.getFirst().join());
        steps.add(() -> frameworks.get(1).call(new SchedulerCall.Teardown()));
        steps.add(() -> operate(new OperatorCall.MarkAgentGone(agents.get(1).id())));
        for (var each : steps) {
            if (step == from) {
                known.begin(begun(EAR));
            }
            if (step == dies) {
                boolean away = step == FIRST_IS_AWAY;
                var there = away ? agents.subList(1, agents.size()) : agents;
                var living = step > SECOND_IS_TORN_DOWN ? frameworks.subList(0, 1) : frameworks;
                known = comeBack(known, there, living);
            }
            step++;
            each.run();
            bed.queue.settle();
        }
        if (from >= 0) {
            bed.ears.events(dies < 0 ? EAR : BACK).forEach(known::hear);
            known.isWhat(begun(new StreamId("late")));
        }
        return steps.size();
    }

    private void launch(TestFramework framework, List<TestAgent> agents, String task) {
        for (int second = 0; second < 2; second++) {
            bed.advance(Duration.ofSeconds(1));
            agents.forEach(TestAgent::beat);
        }
        var agent = agents.getFirst();
        var offer = framework.offers().stream()
                .filter(one -> one.agent().equals(agent.id()))
                .findFirst()
                .orElseThrow();
        var launch = TestFramework.task(task, agent.id(), "cpus:1;mem:64");
        framework.call(new SchedulerCall.Accept(
                List.of(offer.id()),
                List.of(new OfferOperation.Launch(null, List.of(launch))),
                new Filters(Duration.ZERO)));
        agent.report(agent.launches().getFirst(), TaskState.TASK_RUNNING, 1);
    }

    private void operate(OperatorCall call) {
        bed.leaders().ask(call, Caller.anonymous("10.0.0.9"), reply -> {});
        bed.queue.settle();
    }

    /** What somebody knows who only listens. Unknown or repeated things are mistakes. */
    private static final class Known {
        private final SortedMap<String, TaskState> tasks = new TreeMap<>();
        private final SortedMap<String, Boolean> agents = new TreeMap<>();
        private final SortedMap<String, String> frameworks = new TreeMap<>();

        void begin(OperatorReply.State state) {
            tasks.putAll(tasks(state));
            state.agents().agents().forEach(agent -> agents.put(agent.id().value(), true));
            state.frameworks()
                    .frameworks()
                    .forEach(one -> frameworks.put(one.id().value(), one.info().name()));
        }

        private static SortedMap<String, TaskState> tasks(OperatorReply.State state) {
            var all = new TreeMap<String, TaskState>();
            for (var part : List.of(
                    state.tasks().active(),
                    state.tasks().unreachable(),
                    state.tasks().completed())) {
                part.forEach(task -> all.put(task.key().toString(), task.state()));
            }
            return all;
        }

        void hear(OperatorEvent event) {
            switch (event) {
                case OperatorEvent.TaskAdded(var task) ->
                    assertThat(tasks.put(task.key().toString(), task.state())).isNull();
                case OperatorEvent.TaskUpdated(var task, var _, var state) ->
                    assertThat(tasks.put(task.toString(), state)).isNotNull();
                // An agent that comes back is told again.
                case OperatorEvent.AgentAdded(var agent) ->
                    agents.put(agent.id().value(), true);
                case OperatorEvent.AgentRemoved(var agent) ->
                    assertThat(agents.remove(agent.value())).isNotNull();
                case OperatorEvent.FrameworkAdded(var framework) ->
                    assertThat(frameworks.put(
                                    framework.id().value(), framework.info().name()))
                            .isNull();
                case OperatorEvent.FrameworkUpdated(var framework) ->
                    assertThat(frameworks.put(
                                    framework.id().value(), framework.info().name()))
                            .isNotNull();
                case OperatorEvent.FrameworkRemoved(var framework) ->
                    assertThat(frameworks.remove(
                                    Check.present(framework.id(), "id").value()))
                            .isNotNull();
                case OperatorEvent.Subscribed _, OperatorEvent.Heartbeat _ ->
                    throw new IllegalStateException("the door tells these: " + event);
            }
        }

        /** All that was told is in the picture; agents that are not back yet stand among the recovered. */
        void isIn(OperatorReply.State state) {
            assertThat(tasks).isEqualTo(tasks(state));
            var shown = new TreeSet<String>();
            state.frameworks().frameworks().forEach(one -> shown.add(one.id().value()));
            assertThat(shown).isEqualTo(frameworks.keySet());
            var there = new TreeSet<String>();
            state.agents().agents().forEach(one -> there.add(one.id().value()));
            state.agents().recovered().forEach(one -> there.add(one.id().value()));
            assertThat(agents.keySet()).containsAll(there);
        }

        void isWhat(OperatorReply.State state) {
            assertThat(tasks).isEqualTo(tasks(state));
            assertThat(frameworks.keySet())
                    .containsExactlyElementsOf(state.frameworks().frameworks().stream()
                            .map(one -> one.id().value())
                            .sorted()
                            .toList());
            // Of an agent that is gone nothing is told, as in Mesos.
            assertThat(agents.keySet())
                    .containsAll(state.agents().agents().stream()
                            .map(one -> one.id().value())
                            .toList());
        }
    }

    @Test
    void anAgentThatWasNotHeardSinceTheLeaderChangedIsToldWhenItIsBack() {
        var agent = bed.agent("h1", "cpus:8;mem:4096");
        bed.failOver();
        var picture = begun(EAR);
        agent.join();

        assertThat(picture.agents().recovered()).hasSize(1);
        assertThat(bed.ears.names(EAR)).containsExactly("AgentAdded");
    }

    @Test
    void anAgentThatIsTakenDownIsRemovedAndOneThatIsSilentIsNot() {
        var silent = bed.agent("h1", "cpus:8;mem:4096");
        var leaving = bed.agent("h2", "cpus:8;mem:4096");
        var _ = begun(EAR);
        silent.cut();
        leaving.live(700);
        leaving.say(new LinkMessage.Leave());

        assertThat(bed.ears.events(EAR)).containsExactly(new OperatorEvent.AgentRemoved(leaving.id()));
    }

    @Test
    void everyFifteenSecondsThereIsAHeartbeat() {
        var _ = begun(EAR);
        bed.advance(Duration.ofSeconds(46));

        assertThat(bed.ears.names(EAR)).containsExactly("Heartbeat", "Heartbeat", "Heartbeat");
    }

    @Test
    void oneTooManyEndsTheOldest() {
        bed = new Bed(settings -> settings.with(to -> to.watchersMax(2)));
        for (int number = 1; number <= 3; number++) {
            var _ = begun(new StreamId("ear" + number));
        }

        assertThat(bed.ears.isEnded(new StreamId("ear1"))).isTrue();
        assertThat(bed.ears.isEnded(new StreamId("ear2"))).isFalse();
        assertThat(bed.metrics()).containsEntry("master/operator_event_stream_subscribers", 2.0);
    }

    @Test
    void whoIsTooSlowOrGoesIsNotCountedAnyMore() {
        var other = new StreamId("other");
        var _ = begun(EAR);
        var _ = begun(other);
        bed.ears.fill(EAR);
        bed.agent("h1", "cpus:8;mem:4096");
        bed.leaders().streamClosed(other);
        bed.queue.settle();

        assertThat(bed.metrics()).containsEntry("master/operator_event_stream_subscribers", 0.0);
        assertThat(bed.ears.names(other)).containsExactly("AgentAdded");
    }

    @Test
    void everyStreamEndsWithTheLead() {
        var _ = begun(EAR);
        bed.leaders().onStepDown();
        bed.queue.settle();

        assertThat(bed.ears.isEnded(EAR)).isTrue();
        assertThat(watch(new StreamId("late"))).isInstanceOf(Watched.Refused.class);
    }
}
