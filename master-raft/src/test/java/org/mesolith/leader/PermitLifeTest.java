package org.mesolith.leader;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.mesolith.api.SchedulerCall;
import org.mesolith.api.SchedulerEvent;
import org.mesolith.leader.event.Reply;
import org.mesolith.model.Acls;
import org.mesolith.model.Acls.Rule;
import org.mesolith.model.Acls.Side;
import org.mesolith.model.Action;
import org.mesolith.model.ExecutorId;
import org.mesolith.model.ExecutorLaunch;
import org.mesolith.model.Filters;
import org.mesolith.model.FrameworkInfo;
import org.mesolith.model.OfferOperation;
import org.mesolith.model.Opaque;
import org.mesolith.model.Resources;
import org.mesolith.model.StatusReason;
import org.mesolith.model.StreamId;
import org.mesolith.model.TaskLaunch;
import org.mesolith.model.TaskState;

/** Rules on registering frameworks and running tasks. */
final class PermitLifeTest {
    private final Bed bed = new Bed(settings -> settings.withAcls(new Acls(
            List.of(
                    new Rule(Action.REGISTER_FRAMEWORK, Side.of(List.of("ads-bot")), Side.of(List.of("ads"))),
                    new Rule(Action.REGISTER_FRAMEWORK, Side.ANY, Side.of(List.of("web"))),
                    new Rule(Action.REGISTER_FRAMEWORK, Side.NONE, Side.ANY),
                    new Rule(Action.RUN_TASK, Side.ANY, Side.of(List.of("user"))),
                    new Rule(Action.RUN_TASK, Side.NONE, Side.of(List.of("root")))),
            true)));

    private static FrameworkInfo roles(@Nullable String principal, String... roles) {
        return Bed.framework(null, List.of(roles), Duration.ofHours(1)).withPrincipal(principal);
    }

    /** The sentence that ended the stream, empty when it did not. */
    private String errorOf(String stream, FrameworkInfo info) {
        var id = new StreamId(stream);
        bed.subscribe(id, info, List.of());
        return bed.events(id).getFirst() instanceof SchedulerEvent.Failed(var message) ? message : "";
    }

    private static TaskLaunch as(@Nullable String user, TaskLaunch task) {
        return new TaskLaunch(
                task.task(),
                task.name(),
                task.agent(),
                task.resources(),
                task.executor(),
                task.problems(),
                task.taskInfo(),
                user);
    }

    @Test
    void aFrameworkMayHaveOnlyTheRolesThatItsPrincipalIsAllowed() {
        assertThat(errorOf("s1", roles("ads-bot", "ads", "web"))).isEmpty();
        assertThat(errorOf("s2", roles("other", "web", "ads")))
                .startsWith("Not authorized to use role 'ads'")
                .contains("principal 'other'", "register_frameworks");
        assertThat(errorOf("s3", roles(null, "ads"))).startsWith("Not authorized to use role 'ads'");
    }

    @Test
    void anUpdateToARoleThatIsNotAllowedIsForbiddenAndChangesNothing() {
        var framework = bed.subscribe(roles("other", "web"), List.of());

        var reply = framework.call(new SchedulerCall.UpdateFramework(
                roles("other", "web", "ads").withId(framework.id()),
                List.of(),
                Opaque.empty("mesos.v1.scheduler.OfferConstraints")));

        assertThat(reply).isInstanceOf(Reply.Forbidden.class);
        assertThat(bed.view().frameworks().frameworks())
                .singleElement()
                .satisfies(known -> assertThat(known.info().roles()).containsExactly("web"));
    }

    @Test
    void aTaskOfAUserThatIsNotAllowedEndsAloneAndTheOthersRun() {
        var agent = bed.agent("h1", "cpus:4;mem:1024");
        var framework = bed.subscribe(roles("other", "web"), List.of());
        var own = TestFramework.task("own", agent.id(), "cpus:1;mem:64");
        var root = as("root", TestFramework.task("root", agent.id(), "cpus:1;mem:64"));

        framework.launch(framework.offers().getFirst(), root, own);

        assertThat(framework.updates()).singleElement().satisfies(status -> {
            assertThat(status.task().value()).isEqualTo("root");
            assertThat(status.state()).isEqualTo(TaskState.TASK_ERROR);
            assertThat(status.reason()).isEqualTo(StatusReason.REASON_TASK_UNAUTHORIZED);
            assertThat(status.message()).contains("as user 'root'", "run_tasks");
        });
        assertThat(agent.launches())
                .extracting(launch -> launch.key().task().value())
                .containsExactly("own");
    }

    @Test
    void aTaskThatNamesNoUserRunsAsTheFrameworks() {
        var agent = bed.agent("h1", "cpus:4;mem:1024");
        var framework = bed.subscribe(Bed.withUser(roles("other", "web"), "root"), List.of());
        var unnamed = TestFramework.task("unnamed", agent.id(), "cpus:1;mem:64");
        var named = as("user", TestFramework.task("named", agent.id(), "cpus:1;mem:64"));

        framework.launch(framework.offers().getFirst(), unnamed, named);

        assertThat(framework.states()).containsExactly("unnamed:TASK_ERROR");
        assertThat(agent.launches())
                .extracting(launch -> launch.key().task().value())
                .containsExactly("named");
    }

    @Test
    void oneTaskOfAGroupThatIsNotAllowedRefusesTheGroup() {
        var agent = bed.agent("h1", "cpus:4;mem:1024");
        var framework = bed.subscribe(roles("other", "web"), List.of());
        var own = TestFramework.task("own", agent.id(), "cpus:1;mem:64");
        var root = as("root", TestFramework.task("root", agent.id(), "cpus:1;mem:64"));
        var executor = new ExecutorLaunch(
                new ExecutorId("e"),
                ExecutorLaunch.Kind.DEFAULT,
                Resources.parse("cpus:0.1;mem:32"),
                Opaque.empty("mesos.v1.ExecutorInfo"));
        var group = new OfferOperation.LaunchGroup(null, executor, List.of(own, root));

        framework.call(new SchedulerCall.Accept(
                List.of(framework.offers().getFirst().id()), List.of(group), new Filters(Duration.ofHours(1))));

        assertThat(framework.updates()).hasSize(2).allSatisfy(status -> {
            assertThat(status.state()).isEqualTo(TaskState.TASK_ERROR);
            assertThat(status.reason()).isEqualTo(StatusReason.REASON_TASK_GROUP_UNAUTHORIZED);
            assertThat(status.message()).contains("as user 'root'", "run_tasks");
        });
        assertThat(bed.view().registry().executorsOfAgent(agent.id())).isEmpty();
    }
}
