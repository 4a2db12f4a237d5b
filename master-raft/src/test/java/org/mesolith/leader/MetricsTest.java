package org.mesolith.leader;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.mesolith.api.LinkMessage;
import org.mesolith.api.OperatorCall;
import org.mesolith.api.SchedulerCall;
import org.mesolith.model.AgentId;
import org.mesolith.model.Filters;
import org.mesolith.model.FrameworkCapability;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Milli;
import org.mesolith.model.OfferOperation;
import org.mesolith.model.OperationId;
import org.mesolith.model.Quantities;
import org.mesolith.model.QuantityLimits;
import org.mesolith.model.Quota;
import org.mesolith.model.Resources;
import org.mesolith.model.TaskId;
import org.mesolith.model.TaskState;
import org.mesolith.model.Uuid;

/** The leader's numbers: each is there from the start, and moves when what it counts happens. */
final class MetricsTest {
    private final Bed bed = new Bed();

    private static String of(TestFramework framework, String end) {
        return "master/frameworks/framework/" + framework.id() + "/" + end;
    }

    private SortedMap<String, Double> numbers() {
        return bed.metrics();
    }

    @Test
    void everyNumberOfTheTableThatStandsAloneIsThereFromTheStart() {
        bed.agent("h1", "cpus:1;mem:64");
        bed.advance(Duration.ofSeconds(3));

        assertThat(numbers().keySet())
                .containsAll(MetricTable.all().stream()
                        .filter(row -> row.parts().isEmpty())
                        .map(MetricTable.Row::metric)
                        .toList());
    }

    @Test
    void operationsAreCountedByWhatBecameOfThem() {
        var agent = bed.agent("h1", "cpus:2;mem:1024");
        var framework = bed.framework("ads");
        framework.call(new SchedulerCall.Accept(
                List.of(framework.offers().getFirst().id()),
                List.of(
                        new OfferOperation.Reserve(
                                new OperationId("good"), Resources.EMPTY, Resources.parse("cpus(+ads):1")),
                        new OfferOperation.Refused(new OperationId("bad"), "CREATE_DISK", "no provider")),
                Filters.NONE));
        framework.call(new SchedulerCall.ReconcileOperations(List.of()));
        framework.call(new SchedulerCall.AcknowledgeOperation(agent.id(), new OperationId("none"), new Uuid(1, 2)));

        assertThat(numbers())
                .containsEntry("master/operations/total", 1.0)
                .containsEntry("master/operations/finished", 1.0)
                .containsEntry("master/operations/reserve/finished", 1.0)
                .containsEntry("master/operations/error", 1.0)
                .containsEntry("master/operations/create_disk/error", 1.0)
                .containsEntry("master/messages_reconcile_operations", 1.0)
                .containsEntry("master/messages_operation_status_update_acknowledgement", 1.0)
                .containsEntry("master/valid_operation_status_update_acknowledgements", 0.0)
                .containsEntry("master/invalid_operation_status_update_acknowledgements", 1.0);
    }

    @Test
    void aMasterThatDoesNotLeadSaysSoAndHowLongItHasRun() {
        bed.leaders().onStepDown();
        bed.advance(Duration.ofSeconds(5));

        assertThat(numbers()).containsEntry("master/elected", 0.0).containsKey("master/uptime_secs");
    }

    @Test
    void callsAndEventsOfAFrameworkAreCountedByType() {
        bed.agent("h1", "cpus:2;mem:1024");
        var framework = bed.framework("r");
        var offer = framework.offers().getFirst();
        framework.call(new SchedulerCall.Suppress(List.of()));
        framework.decline(offer, Duration.ZERO);
        framework.call(new SchedulerCall.Reconcile(List.of()));
        framework.call(new SchedulerCall.Revive(List.of("no such role")));

        assertThat(numbers())
                .containsEntry(of(framework, "subscribed"), 1.0)
                .containsEntry(of(framework, "calls"), 5.0)
                .containsEntry(of(framework, "calls/subscribe"), 1.0)
                .containsEntry(of(framework, "calls/decline"), 1.0)
                .containsEntry(of(framework, "events/subscribed"), 1.0)
                .containsEntry(of(framework, "events/offers"), 1.0)
                .containsEntry(of(framework, "offers/sent"), 1.0)
                .containsEntry(of(framework, "offers/declined"), 1.0)
                .containsEntry(of(framework, "roles/r/suppressed"), 1.0)
                .containsEntry("master/messages_register_framework", 1.0)
                .containsEntry("master/messages_suppress_offers", 1.0)
                .containsEntry("master/messages_decline_offers", 1.0)
                .containsEntry("master/messages_reconcile_tasks", 1.0)
                .containsEntry("master/messages_revive_offers", 1.0)
                .containsEntry("master/dropped_messages", 1.0);
    }

    @Test
    void aFrameworksNumbersEndWithIt() {
        var framework =
                bed.subscribe(Bed.framework(null, List.of("r"), Duration.ZERO).withPrincipal("p"), List.of());
        framework.call(new SchedulerCall.Revive(List.of()));
        framework.again();
        assertThat(numbers())
                .containsEntry("frameworks/p/messages_received", 1.0)
                .containsEntry("frameworks/p/messages_processed", 1.0)
                .containsEntry("master/messages_reregister_framework", 1.0);

        bed.call(framework.id(), framework.stream(), new SchedulerCall.Teardown());
        assertThat(numbers()).containsEntry("master/dropped_messages", 1.0);
        framework.again().call(new SchedulerCall.Teardown());

        assertThat(numbers())
                .containsEntry("master/messages_unregister_framework", 1.0)
                .allSatisfy((name, value) ->
                        assertThat(name).doesNotContain(framework.id().value()).doesNotStartWith("frameworks/"));
    }

    @Test
    void aTaskIsCountedOnItsWay() {
        var agent = bed.agent("h1", "cpus:2;mem:1024");
        var framework = bed.framework("r");
        framework.launch(
                framework.offers().getFirst(),
                TestFramework.task("t1", agent.id(), "cpus:1;mem:64"),
                TestFramework.task("big", agent.id(), "cpus:9;mem:64"));
        var launch = agent.launches().getFirst();
        assertThat(numbers())
                .containsEntry("master/messages_launch_tasks", 1.0)
                .containsEntry(of(framework, "operations/launch"), 1.0)
                .containsEntry(of(framework, "offers/accepted"), 1.0)
                .containsEntry("master/tasks_staging", 1.0)
                .containsEntry(of(framework, "tasks/active/task_staging"), 1.0)
                .containsEntry("master/tasks_error", 1.0)
                .containsEntry("master/task_error/source_master/reason_task_invalid", 1.0)
                .containsEntry("master/cpus_used", 1.0)
                .containsEntry("master/cpus_percent", 0.5);

        framework.call(new SchedulerCall.Kill(new TaskId("t1"), null, null));
        framework.call(new SchedulerCall.Kill(new TaskId("t1"), new AgentId("another"), null));
        var uuid = agent.report(launch, TaskState.TASK_FINISHED, 1);
        framework.call(new SchedulerCall.Acknowledge(agent.id(), new TaskId("t1"), uuid));
        framework.call(new SchedulerCall.Acknowledge(new AgentId("nobody"), new TaskId("t9"), new Uuid(0, 9)));

        assertThat(numbers())
                .containsEntry("master/messages_kill_task", 2.0)
                .containsEntry("master/dropped_messages", 1.0)
                .containsEntry("master/messages_status_update", 1.0)
                .containsEntry("master/valid_status_updates", 1.0)
                .containsEntry("master/tasks_finished", 1.0)
                .containsEntry(of(framework, "tasks/terminal/task_finished"), 1.0)
                .containsEntry("master/messages_status_update_acknowledgement", 2.0)
                .containsEntry("master/valid_status_update_acknowledgements", 1.0)
                .containsEntry("master/invalid_status_update_acknowledgements", 1.0);
    }

    @Test
    void aLaunchOnABadOfferIsCountedAsItsFrameworkSeesIt() {
        var agent = bed.agent("h1", "cpus:2;mem:1024");
        var old = bed.framework("r");
        var aware = bed.framework("s", FrameworkCapability.PARTITION_AWARE);
        old.launch(List.of(), TestFramework.task("t1", agent.id(), "cpus:1;mem:64"));
        aware.launch(List.of(), TestFramework.task("t2", agent.id(), "cpus:1;mem:64"));

        assertThat(numbers())
                .containsEntry("master/tasks_lost", 1.0)
                .containsEntry("master/task_lost/source_master/reason_invalid_offers", 1.0)
                .containsEntry("master/tasks_dropped", 1.0)
                .containsEntry("master/task_dropped/source_master/reason_invalid_offers", 1.0);
    }

    @Test
    void agentsAreCountedAsTheyComeAndGo() {
        var agent = bed.agent("h1", "cpus:2;mem:1024");
        var framework = bed.framework("r");
        bed.lose(agent.link());
        assertThat(numbers())
                .containsEntry("master/messages_register_slave", 1.0)
                .containsEntry("master/slave_registrations", 1.0)
                .containsEntry("master/slaves_disconnected", 1.0)
                .containsEntry(of(framework, "offers/rescinded"), 1.0);

        agent.join();
        assertThat(numbers())
                .containsEntry("master/messages_reregister_slave", 1.0)
                .containsEntry("master/slave_reregistrations", 1.0)
                .containsEntry("master/slaves_active", 1.0);

        bed.lose(agent.link());
        bed.advance(Duration.ofSeconds(90));
        assertThat(numbers())
                .containsEntry("master/slave_unreachable_scheduled", 1.0)
                .containsEntry("master/slave_unreachable_completed", 1.0)
                .containsEntry("master/slave_removals/reason_unhealthy", 1.0)
                .containsEntry("master/recovery_slave_removals", 0.0)
                .containsEntry("master/slaves_unreachable", 1.0);
    }

    @Test
    void anAgentThatLeavesAndOneThatNeverCameBackAreRemovals() {
        var leaves = bed.agent("h1", "cpus:2;mem:1024");
        bed.agent("h2", "cpus:2;mem:1024");
        bed.say(leaves.link(), new LinkMessage.Leave());
        assertThat(numbers())
                .containsEntry("master/messages_unregister_slave", 1.0)
                .containsEntry("master/slave_removals/reason_unregistered", 1.0);

        bed.failOver();
        bed.advance(Duration.ofMinutes(11));

        assertThat(numbers())
                .containsEntry("master/recovery_slave_removals", 1.0)
                .containsEntry("master/slave_removals", 1.0);
    }

    @Test
    void roundsAndDecisionsAreTimed() {
        bed.agent("h1", "cpus:2;mem:1024");
        var framework = bed.framework("r");
        framework.decline(framework.offers().getFirst(), Duration.ofHours(1));
        bed.advance(Duration.ofSeconds(2));

        assertThat(numbers())
                .containsKeys(
                        "allocator/mesos/allocation_run_ms/p99",
                        "allocator/mesos/allocation_run_latency_ms/max",
                        "registrar/state_store_ms/p50")
                .containsEntry("allocator/mesos/offer_filters/roles/r/active", 1.0)
                .containsEntry("allocator/mesos/roles/r/shares/dominant", 0.0)
                .hasEntrySatisfying(
                        "registrar/state_store_ms/count",
                        count -> assertThat(count).isPositive())
                .hasEntrySatisfying(
                        "allocator/mesos/allocation_runs",
                        runs -> assertThat(runs).isPositive());
    }

    @Test
    void ofARoleWithQuotaItIsSaidWhatItIsPromisedMayHaveAndHas() {
        var agent = bed.agent("h1", "cpus:4;mem:1024");
        var limits = new TreeMap<String, Long>();
        limits.put("cpus", 3_000L);
        var quota = new Quota("r", Quantities.parse("mem:128"), new QuantityLimits(limits));
        bed.operator(new OperatorCall.UpdateQuota(List.of(quota), false));
        assertThat(numbers().keySet()).noneMatch(name -> name.endsWith("resources/disk/consumed"));
        var framework = bed.framework("r/below");
        var offer = framework.offers().getFirst();
        var of = "allocator/mesos/quota/roles/r/resources/";
        assertThat(numbers())
                .containsEntry(of + "cpus/limit", 3.0)
                .containsEntry(of + "mem/guarantee", 128.0)
                .containsEntry(
                        of + "cpus/offered_or_allocated",
                        Milli.toDouble(offer.resources().scalarQuantities().milli("cpus")))
                .containsEntry(of + "cpus/consumed", 0.0)
                .doesNotContainKeys(of + "cpus/guarantee", of + "mem/limit");

        framework.launch(offer, TestFramework.task("t", agent.id(), "cpus:1;mem:64"));
        assertThat(numbers())
                .containsEntry(of + "cpus/offered_or_allocated", 1.0)
                .containsEntry(of + "cpus/consumed", 1.0)
                .containsEntry(of + "mem/consumed", 64.0);
        bed.operator(new OperatorCall.UpdateQuota(List.of(Quota.none("r")), false));

        assertThat(numbers().keySet()).noneMatch(name -> name.startsWith(of));
    }

    @Test
    void aCallOfNobodyIsDroppedAndCounted() {
        bed.call(new FrameworkId("nobody"), null, new SchedulerCall.Revive(List.of()));

        assertThat(numbers()).containsEntry("master/dropped_messages", 1.0);
    }

    @Test
    void whatDiffersFromOneNumberToTheNextIsALabel() {
        var sample = MetricTable.sample(LeaderMetrics.OF_FRAMEWORK + "calls/<call_type>", 1, List.of("n", "f", "kill"));

        assertThat(sample.name()).isEqualTo("master/frameworks/n/f/calls/kill");
        assertThat(sample.family()).isEqualTo("master/frameworks/calls_by_call_type");
        assertThat(sample.labels()).hasSize(3);
    }
}
