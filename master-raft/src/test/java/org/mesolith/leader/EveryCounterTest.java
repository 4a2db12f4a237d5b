package org.mesolith.leader;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mesolith.api.LinkMessage;
import org.mesolith.api.OperatorCall;
import org.mesolith.api.SchedulerCall;
import org.mesolith.api.SchedulerEvent;
import org.mesolith.base.Check;
import org.mesolith.metrics.Sample;
import org.mesolith.model.AgentId;
import org.mesolith.model.ExecutorId;
import org.mesolith.model.Filters;
import org.mesolith.model.FrameworkCapability;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.OfferOperation;
import org.mesolith.model.OperationId;
import org.mesolith.model.Position;
import org.mesolith.model.Resources;
import org.mesolith.model.TaskId;
import org.mesolith.model.TaskState;
import org.mesolith.model.Uuid;
import org.mesolith.state.AgentCommand;

/** Every counter of the leader's table has something that moves it: a counter that nothing moves fails here. */
final class EveryCounterTest {
    private static final String OF_TASK = "master/task_<state>/source_<source>/reason_<reason>";

    /** What is done, by the counter that it moves. */
    private static final SortedMap<String, Consumer<EveryCounterTest>> MOVES = moves();

    private final Bed bed = new Bed();
    private final TestAgent agent = bed.agent("h1", "cpus:4;mem:4096;disk:1024");
    private final TestFramework framework = bed.subscribe(
            Bed.framework(null, List.of("r"), Duration.ofHours(1), FrameworkCapability.PARTITION_AWARE)
                    .withPrincipal("p"),
            List.of());

    static Stream<String> counters() {
        return MetricTable.all().stream()
                .filter(row -> row.kind() == Sample.Kind.COUNTER)
                .map(MetricTable.Row::metric);
    }

    @ParameterizedTest
    @MethodSource("counters")
    void aCounterMovesWhenWhatItCountsHappens(String counter) {
        var move = Check.present(MOVES.get(counter), "something that moves " + counter);
        double before = sum(counter);

        move.accept(this);

        assertThat(sum(counter)).isGreaterThan(before);
    }

    @Test
    void nothingIsSaidToMoveWhatIsNoCounter() {
        assertThat(counters()).containsAll(MOVES.keySet());
    }

    /** Of all counters of this row. */
    private double sum(String counter) {
        var name = Pattern.compile(Pattern.quote(counter).replaceAll("<[a-z_]+>", "\\\\E[^/]+\\\\Q"));
        double sum = 0;
        for (var number : bed.metrics().entrySet()) {
            sum += name.matcher(number.getKey()).matches() ? number.getValue() : 0;
        }
        return sum;
    }

    private static SortedMap<String, Consumer<EveryCounterTest>> moves() {
        var moves = new TreeMap<String, Consumer<EveryCounterTest>>();
        tasks(moves);
        agents(moves);
        moves.put("allocator/mesos/allocation_runs", test -> test.bed.advance(Duration.ofSeconds(3)));
        calls(moves);
        messages(moves);
        operations(moves);
        return moves;
    }

    // ---- tasks

    private static void tasks(SortedMap<String, Consumer<EveryCounterTest>> moves) {
        moves.put("master/tasks_finished", test -> test.ends(TaskState.TASK_FINISHED));
        moves.put("master/tasks_failed", test -> test.ends(TaskState.TASK_FAILED));
        moves.put("master/tasks_killed", test -> test.ends(TaskState.TASK_KILLED));
        moves.put("master/tasks_gone", test -> test.ends(TaskState.TASK_GONE));
        moves.put("master/tasks_lost", test -> test.ends(TaskState.TASK_LOST));
        moves.put("master/tasks_error", test -> test.launch("cpus:99;mem:64"));
        moves.put("master/tasks_dropped", EveryCounterTest::launchOnNothing);
        moves.put("master/tasks_gone_by_operator", test -> {
            test.launch("cpus:1;mem:64");
            test.bed.operator(new OperatorCall.MarkAgentGone(test.agent.id()));
        });
        moves.put(OF_TASK, EveryCounterTest::launchOnNothing);
        moves.put(
                LeaderMetrics.OF_FRAMEWORK + "tasks/terminal/<terminal_state>",
                test -> test.ends(TaskState.TASK_FAILED));
        moves.put("master/messages_status_update", test -> test.ends(TaskState.TASK_FINISHED));
        moves.put("master/valid_status_updates", test -> test.ends(TaskState.TASK_FINISHED));
        moves.put("master/invalid_status_updates", test -> {
            var launch = test.launch("cpus:1;mem:64").getFirst();
            test.bed.log.hold();
            test.agent.report(launch, TaskState.TASK_RUNNING, 1);
            test.bed.log.order(new AgentCommand.RemoveAgent(test.agent.id()));
            test.bed.log.release();
        });
    }

    private List<LinkMessage.Launch> launch(String amount) {
        framework.launch(framework.offers().getFirst(), TestFramework.task("t", agent.id(), amount));
        return agent.launches();
    }

    private void launchOnNothing() {
        framework.launch(List.of(), TestFramework.task("t", agent.id(), "cpus:1;mem:64"));
    }

    private void ends(TaskState state) {
        var launch = launch("cpus:1;mem:64").getFirst();
        var uuid = agent.report(launch, state, 1);
        framework.call(new SchedulerCall.Acknowledge(agent.id(), new TaskId("t"), uuid));
    }

    // ---- agents

    private static void agents(SortedMap<String, Consumer<EveryCounterTest>> moves) {
        for (var counter : List.of("master/slave_registrations", "master/messages_register_slave")) {
            moves.put(counter, test -> test.bed.agent("h2", "cpus:1;mem:64"));
        }
        for (var counter : List.of("master/slave_reregistrations", "master/messages_reregister_slave")) {
            moves.put(counter, test -> test.agent.join());
        }
        for (var counter : List.of(
                "master/slave_removals",
                "master/slave_removals/reason_unhealthy",
                "master/slave_unreachable_scheduled",
                "master/slave_unreachable_completed")) {
            moves.put(counter, test -> {
                test.agent.cut();
                test.bed.advance(Duration.ofSeconds(90));
            });
        }
        for (var counter : List.of("master/slave_removals/reason_unregistered", "master/messages_unregister_slave")) {
            moves.put(counter, test -> test.agent.say(new LinkMessage.Leave()));
        }
        moves.put("master/slave_unreachable_canceled", test -> {
            test.agent.cut();
            test.bed.advance(Duration.ofSeconds(74));
            test.bed.log.hold();
            var changed = new TestAgent(test.bed, Bed.info("h1", "cpus:5;mem:4096;disk:1024"));
            changed.rejoin(test.agent.id());
            test.bed.advance(Duration.ofSeconds(2));
            test.bed.log.release();
        });
        moves.put("master/recovery_slave_removals", test -> {
            test.bed.failOver();
            test.bed.advance(Duration.ofMinutes(11));
        });
        moves.put(
                "master/messages_update_slave",
                test -> test.agent.say(new LinkMessage.Oversubscribed(Resources.parse("cpus{REV}:1"))));
    }

    // ---- calls

    private static void calls(SortedMap<String, Consumer<EveryCounterTest>> moves) {
        moves.put("master/messages_register_framework", test -> test.bed.framework("s"));
        moves.put("master/messages_reregister_framework", test -> test.framework.again());
        moves.put("master/messages_unregister_framework", call(new SchedulerCall.Teardown()));
        moves.put("master/messages_kill_task", call(new SchedulerCall.Kill(new TaskId("t"), null, null)));
        moves.put("master/messages_launch_tasks", test -> test.launch("cpus:1;mem:64"));
        moves.put("master/messages_revive_offers", call(new SchedulerCall.Revive(List.of())));
        moves.put("master/messages_suppress_offers", call(new SchedulerCall.Suppress(List.of())));
        moves.put("master/messages_resource_request", call(new SchedulerCall.Request()));
        moves.put("master/messages_reconcile_tasks", call(new SchedulerCall.Reconcile(List.of())));
        moves.put("master/messages_reconcile_operations", call(new SchedulerCall.ReconcileOperations(List.of())));
        moves.put("master/dropped_messages", call(new SchedulerCall.Revive(List.of("no such role"))));
        for (var counter : List.of("master/messages_decline_offers", LeaderMetrics.OF_FRAMEWORK + "offers/declined")) {
            moves.put(
                    counter,
                    test -> test.framework.decline(test.framework.offers().getFirst(), Duration.ZERO));
        }
        for (var counter : List.of(
                "master/messages_status_update_acknowledgement", "master/valid_status_update_acknowledgements")) {
            moves.put(counter, test -> test.ends(TaskState.TASK_FINISHED));
        }
        moves.put(
                "master/invalid_status_update_acknowledgements",
                call(new SchedulerCall.Acknowledge(new AgentId("nobody"), new TaskId("t"), new Uuid(0, 9))));
        for (var end : List.of("calls", "calls/<call_type>")) {
            moves.put(LeaderMetrics.OF_FRAMEWORK + end, call(new SchedulerCall.Revive(List.of())));
        }
        for (var end : List.of("events", "events/<event_type>", "offers/sent")) {
            moves.put(LeaderMetrics.OF_FRAMEWORK + end, test -> {
                test.bed.agent("h2", "cpus:1;mem:64");
                test.bed.advance(Duration.ofSeconds(2));
            });
        }
        for (var end : List.of("operations", "operations/<operation_type>", "offers/accepted")) {
            moves.put(LeaderMetrics.OF_FRAMEWORK + end, test -> test.launch("cpus:1;mem:64"));
        }
        moves.put(LeaderMetrics.OF_FRAMEWORK + "offers/rescinded", test -> test.agent.cut());
        for (var counter :
                List.of("frameworks/<principal>/messages_received", "frameworks/<principal>/messages_processed")) {
            moves.put(counter, call(new SchedulerCall.Revive(List.of())));
        }
    }

    private static Consumer<EveryCounterTest> call(SchedulerCall call) {
        return test -> test.framework.call(call);
    }

    // ---- messages of executors

    private static void messages(SortedMap<String, Consumer<EveryCounterTest>> moves) {
        var executor = new ExecutorId("e");
        for (var counter :
                List.of("master/messages_framework_to_executor", "master/valid_framework_to_executor_messages")) {
            moves.put(
                    counter,
                    test -> test.framework.call(new SchedulerCall.Message(test.agent.id(), executor, new byte[] {1})));
        }
        moves.put(
                "master/invalid_framework_to_executor_messages",
                call(new SchedulerCall.Message(new AgentId("nobody"), executor, new byte[] {1})));
        for (var counter :
                List.of("master/messages_executor_to_framework", "master/valid_executor_to_framework_messages")) {
            moves.put(
                    counter,
                    test -> test.agent.say(
                            new LinkMessage.ExecutorSaid(test.framework.id(), executor, new byte[] {1})));
        }
        moves.put(
                "master/invalid_executor_to_framework_messages",
                test -> test.agent.say(
                        new LinkMessage.ExecutorSaid(new FrameworkId("nobody"), executor, new byte[] {1})));
        moves.put("master/messages_exited_executor", test -> {
            var run = new LinkMessage.ExecutorRun(test.framework.id(), executor, new Position(3, 0));
            test.agent.say(new LinkMessage.ExecutorEnded(run, 0, ""));
            test.bed.advance(Duration.ofMillis(10));
        });
    }

    // ---- operations

    private static void operations(SortedMap<String, Consumer<EveryCounterTest>> moves) {
        for (var end : List.of("total", "finished")) {
            moves.put("master/operations/" + end, EveryCounterTest::reserve);
            moves.put("master/operations/<operation_type>/" + end, EveryCounterTest::reserve);
        }
        for (var of : List.of("", "<operation_type>/")) {
            moves.put(
                    "master/operations/" + of + "error",
                    test -> accept(
                            test.framework,
                            new OfferOperation.Refused(new OperationId("bad"), "CREATE_DISK", "no provider")));
        }
        moves.put("master/operations/gone_by_operator", test -> {
            test.reserve();
            test.bed.operator(new OperatorCall.MarkAgentGone(test.agent.id()));
        });
        for (var counter : List.of(
                "master/messages_operation_status_update_acknowledgement",
                "master/valid_operation_status_update_acknowledgements")) {
            moves.put(counter, test -> {
                var plain = test.reserve();
                plain.events().stream()
                        .filter(SchedulerEvent.OperationUpdate.class::isInstance)
                        .map(event -> ((SchedulerEvent.OperationUpdate) event).status())
                        .forEach(status -> plain.call(new SchedulerCall.AcknowledgeOperation(
                                test.agent.id(),
                                status.operation(),
                                Check.present(status.uuid(), "uuid of a status"))));
            });
        }
        moves.put(
                "master/invalid_operation_status_update_acknowledgements",
                test -> test.framework.call(new SchedulerCall.AcknowledgeOperation(
                        test.agent.id(), new OperationId("none"), new Uuid(1, 2))));
    }

    /** By a framework without a principal. */
    private TestFramework reserve() {
        framework.decline(framework.offers().getFirst(), Duration.ofHours(1));
        var plain = bed.framework("s");
        accept(
                plain,
                new OfferOperation.Reserve(new OperationId("good"), Resources.EMPTY, Resources.parse("cpus(+s):1")));
        return plain;
    }

    private static void accept(TestFramework by, OfferOperation operation) {
        by.call(new SchedulerCall.Accept(List.of(by.offers().getFirst().id()), List.of(operation), Filters.NONE));
    }
}
