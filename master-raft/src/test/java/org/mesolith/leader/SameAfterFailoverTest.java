package org.mesolith.leader;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mesolith.api.AgentTask;
import org.mesolith.api.LinkMessage;
import org.mesolith.api.OperatorCall;
import org.mesolith.api.OperatorReply;
import org.mesolith.api.SchedulerCall;
import org.mesolith.codec.OperatorCodec;
import org.mesolith.codec.body.CodecLimits;
import org.mesolith.codec.body.Encoding;
import org.mesolith.leader.event.Reply;
import org.mesolith.model.AgentId;
import org.mesolith.model.Opaque;
import org.mesolith.model.TaskId;
import org.mesolith.model.TaskKey;
import org.mesolith.model.TaskLaunch;
import org.mesolith.model.TaskState;
import org.mesolith.model.Weight;

/** What operators are shown does not depend on which master leads. */
final class SameAfterFailoverTest {
    private static final String RETURNED = "\"reregistered_time\":\\{\"nanoseconds\":\\d+},?";

    private final Bed bed = new Bed();
    private final OperatorCodec codec = new OperatorCodec(CodecLimits.DEFAULT);
    private final TestAgent agent = bed.agent("h1", "cpus:8;mem:4096;ports:[1000-1009]");
    private final TestAgent silent = bed.agent("h2", "cpus:2;mem:1024");
    private final TestFramework framework = bed.framework("ads/east");
    private final LinkMessage.Launch running = workOfAllKinds();

    /** A running task, one that ended and waits for its acknowledgement, a completed one, an ended framework. */
    private LinkMessage.Launch workOfAllKinds() {
        var offers = framework.offers();
        var offer = offers.stream()
                .filter(one -> one.agent().equals(agent.id()))
                .findFirst()
                .orElseThrow();
        framework.call(new SchedulerCall.Suppress(List.of()));
        offers.stream().filter(one -> !one.equals(offer)).forEach(one -> framework.decline(one, Duration.ZERO));
        framework.launch(
                offer,
                labelled("runs", agent.id(), "cpus:1;mem:64;ports:[1001-1002]"),
                labelled("ended", agent.id(), "cpus:1;mem:64"),
                labelled("completed", agent.id(), "cpus:1;mem:64"));
        var launches = agent.launches();
        agent.report(launches.get(0), TaskState.TASK_RUNNING, 1);
        agent.report(launches.get(1), TaskState.TASK_FAILED, 2);
        var last = agent.report(launches.get(2), TaskState.TASK_FINISHED, 3);
        framework.call(new SchedulerCall.Acknowledge(agent.id(), new TaskId("completed"), last));
        var other = bed.framework("other");
        other.call(new SchedulerCall.Teardown());
        var weighed = bed.operator(new OperatorCall.UpdateWeights(List.of(Weight.of("ads", 2.5))));
        assertThat(weighed).isEqualTo(new Reply.Done());
        bed.advance(Duration.ofMillis(100));
        return launches.getFirst();
    }

    private static TaskLaunch labelled(String id, AgentId agent, String resources) {
        var info = org.mesolith.proto.gen.v1.TaskInfo.newBuilder().setName("name of " + id);
        info.getTaskIdBuilder().setValue(id);
        info.getAgentIdBuilder().setValue(agent.value());
        info.getLabelsBuilder().addLabelsBuilder().setKey("label of").setValue(id);
        var plain = TestFramework.task(id, agent, resources);
        return new TaskLaunch(
                plain.task(),
                plain.name(),
                plain.agent(),
                plain.resources(),
                null,
                List.of(),
                new Opaque("mesos.v1.TaskInfo", info.build().toByteArray()));
    }

    private String shown(OperatorReply reply) {
        var text = new String(codec.encode(Encoding.JSON, reply), StandardCharsets.UTF_8);
        return text.replaceAll(RETURNED, "");
    }

    private List<String> ofTheRegistry() {
        var view = bed.view();
        return List.of(shown(view.tasks()), shown(view.weights()), shown(view.roles(null)));
    }

    private List<String> all() {
        var view = bed.view();
        return List.of(
                shown(view.tasks()),
                shown(view.weights()),
                shown(view.roles(null)),
                shown(view.agents()),
                shown(view.frameworks()),
                shown(view.state()));
    }

    @Test
    void tasksWeightsAndRolesAreTheSameBeforeAnybodyIsBack() {
        var before = ofTheRegistry();

        bed.failOver();

        assertThat(ofTheRegistry()).isEqualTo(before);
        assertThat(before.getFirst())
                .contains("TASK_RUNNING", "TASK_FAILED", "TASK_FINISHED", "name of runs", "label of", "1001");
        assertThat(before.get(1)).contains("2.5");
    }

    @Test
    void untilTheyAreBackAgentsAndFrameworksAreShownAsRecovered() {
        bed.failOver();

        var view = bed.view();

        assertThat(view.agents().agents()).isEmpty();
        assertThat(view.agents().recovered()).hasSize(2);
        assertThat(view.frameworks().frameworks()).singleElement().matches(one -> one.recovered() && !one.connected());
        assertThat(view.frameworks().completed()).hasSize(1);
    }

    @Test
    void whenEverybodyIsBackEverythingIsTheSameButTheTimesOfTheirReturn() {
        var before = all();

        bed.failOver();
        agent.join(
                TestAgent.task(running, TaskState.TASK_RUNNING),
                new AgentTask(
                        new TaskKey(framework.id(), new TaskId("ended")),
                        running.launchedAt(),
                        TaskState.TASK_FAILED,
                        null));
        silent.join();
        bed.subscribe(
                Bed.framework(framework.id().value(), List.of("ads/east"), Duration.ofHours(1)), List.of("ads/east"));
        bed.advance(Duration.ofMillis(100));

        assertThat(all()).isEqualTo(before);
    }
}
