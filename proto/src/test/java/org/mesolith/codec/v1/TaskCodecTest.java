package org.mesolith.codec.v1;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.TextFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.TaskProblem;
import org.mesolith.model.TaskProblem.Step;
import org.mesolith.proto.gen.v1.ExecutorInfo;
import org.mesolith.proto.gen.v1.TaskGroupInfo;
import org.mesolith.proto.gen.v1.TaskInfo;

/** What is found wrong with a task by itself, and at which step of the validation. */
class TaskCodecTest {
    private static final String EXECUTOR = "executor_id { value: 'e' } type: DEFAULT "
            + "resources { name: 'cpus' type: SCALAR scalar { value: 0.1 } } "
            + "resources { name: 'mem' type: SCALAR scalar { value: 32 } } "
            + "resources { name: 'disk' type: SCALAR scalar { value: 1 } }";
    private static final String IDS = "name: 'n' task_id { value: 't' } agent_id { value: 'a' } ";
    private static final String CPUS = "resources { name: 'cpus' type: SCALAR scalar { value: 1 } } ";
    private static final String PORTS =
            "resources { name: 'ports' type: RANGES ranges { range { begin: 1 end: 9 } } } ";
    private static final String RUN = "command { value: 'true' } ";
    private static final String GOOD = IDS + CPUS + RUN;
    private static final String CUSTOM = "executor { executor_id { value: 'e' } command { value: 'x' } ";

    @TestFactory
    Stream<DynamicTest> goodTasks() {
        return Stream.of(
                        GOOD,
                        IDS + CPUS + CUSTOM + "}",
                        GOOD + "health_check { command { value: 'true' } }",
                        GOOD + "health_check { type: HTTP http { port: 1 path: '/x' scheme: 'https' } }",
                        GOOD + "check { type: TCP tcp { port: 1 } }",
                        GOOD + "container { type: MESOS volumes { mode: RW container_path: 'c' host_path: '/h' } }",
                        GOOD + "limits { key: 'cpus' value { value: inf } }",
                        IDS + CPUS + "command { environment { variables { name: 'A' value: '' } } }")
                .map(text -> DynamicTest.dynamicTest(
                        text,
                        () -> assertThat(TaskCodec.decode(task(text), null).problems())
                                .isEmpty()));
    }

    @TestFactory
    Stream<DynamicTest> tasksWithAProblem() {
        return Stream.of(
                finds(Step.TASK_ID, GOOD.replace("'t'", "'a/b'")),
                finds(Step.KILL_POLICY, GOOD + "kill_policy { grace_period { nanoseconds: -1 } }"),
                finds(Step.MAX_COMPLETION_TIME, GOOD + "max_completion_time { nanoseconds: -1 }"),
                finds(Step.CHECK, GOOD + "check { }"),
                finds(Step.CHECK, GOOD + "check { type: TCP http { port: 1 } }"),
                finds(Step.CHECK, GOOD + "check { type: HTTP http { port: 1 path: 'x' } }"),
                finds(Step.CHECK, GOOD + "check { type: TCP tcp { port: 1 } delay_seconds: -1 }"),
                finds(Step.HEALTH_CHECK, GOOD + "health_check { }"),
                finds(Step.HEALTH_CHECK, GOOD + "health_check { type: COMMAND command { } }"),
                finds(Step.HEALTH_CHECK, GOOD + "health_check { type: HTTP http { port: 1 scheme: 'ftp' } }"),
                finds(Step.HEALTH_CHECK, GOOD + "health_check { type: TCP tcp { port: 1 } grace_period_seconds: nan }"),
                finds(Step.RESOURCES, IDS + RUN),
                finds(Step.RESOURCES, IDS + RUN + CPUS.replace("1", "-1")),
                finds(Step.RESOURCES, GOOD + CPUS.replace("} } ", "} revocable {} } ")),
                finds(Step.COMMAND, IDS + CPUS + "command { environment { variables { name: 'A' } } }"),
                finds(Step.COMMAND, IDS + CPUS + "command { environment { variables { name: 'A' type: SECRET } } }"),
                finds(Step.CONTAINER, GOOD + "container { type: DOCKER }"),
                finds(Step.CONTAINER, GOOD + "container { type: MESOS volumes { mode: RW container_path: 'c' } }"),
                finds(
                        Step.CONTAINER,
                        GOOD
                                + "container { type: DOCKER docker { image: 'i' parameters { key: 'name' value: "
                                + "'v' } } }"),
                finds(Step.LIMITS, GOOD + "limits { key: 'disk' value { value: 1 } }"),
                finds(Step.LIMITS, GOOD + "limits { key: 'mem' value { value: 1 } }"),
                finds(Step.LIMITS, GOOD + "limits { key: 'cpus' value { value: 0.5 } }"),
                finds(Step.EXECUTOR, IDS + CPUS),
                finds(Step.EXECUTOR, GOOD + CUSTOM + "}"),
                finds(Step.EXECUTOR, IDS + CPUS + "executor { executor_id { value: 'e' } }"),
                finds(Step.EXECUTOR, IDS + CPUS + CUSTOM + "type: DEFAULT }"),
                finds(Step.EXECUTOR, IDS + CPUS + CUSTOM + "framework_id { value: 'other' } }"),
                finds(Step.EXECUTOR, IDS + CPUS + CUSTOM.replace("'e'", "''") + "}"),
                finds(Step.OVERLAP, IDS + PORTS + CUSTOM + PORTS + "}"),
                finds(Step.CGROUPS, GOOD + "container { type: MESOS linux_info { share_cgroups: false } }"));
    }

    private static DynamicTest finds(Step step, String text) {
        return DynamicTest.dynamicTest(
                step + " " + text,
                () -> assertThat(TaskCodec.decode(task(text), new FrameworkId("f"))
                                .problems())
                        .extracting(TaskProblem::step)
                        .isNotEmpty()
                        .containsOnly(step));
    }

    @Test
    void problemsStandInTheOrderOfTheValidation() throws Exception {
        var task = task("name: 'n' task_id { value: '' } agent_id { value: 'a' } check {}");

        assertThat(TaskCodec.decode(task, null).problems())
                .extracting(TaskProblem::step)
                .containsExactly(Step.TASK_ID, Step.CHECK, Step.RESOURCES, Step.EXECUTOR);
    }

    @Test
    void aGroupHasRulesOfItsOwn() throws Exception {
        var executor = TextFormat.parse(EXECUTOR, ExecutorInfo.class);
        var poor = executor.toBuilder().clearResources().build();

        assertThat(TaskCodec.decodeInGroup(task(GOOD), executor, null).problems())
                .isEmpty();
        assertThat(TaskCodec.decodeInGroup(task(GOOD), poor, null).problems()).isNotEmpty();
        assertThat(TaskCodec.decodeInGroup(
                                task(GOOD + "container { type: DOCKER docker { image: 'i' } }"), executor, null)
                        .problems())
                .isNotEmpty();
    }

    @Test
    void aTaskOfAGroupBringsTheExecutorOfTheGroupWithTheFrameworksId() throws Exception {
        var executor = TextFormat.parse(EXECUTOR, ExecutorInfo.class);
        var group = TaskGroupInfo.newBuilder().addTasks(task(GOOD)).build();

        var task = TaskCodec.decodeGroup(group, executor, new FrameworkId("fw")).getFirst();

        assertThat(task.problems()).isEmpty();
        assertThat(task.executor()).isNull();
        var sent = TaskInfo.parseFrom(task.taskInfo().bytes());
        assertThat(sent.getExecutor().getFrameworkId().getValue()).isEqualTo("fw");
        assertThat(sent.getExecutor().getExecutorId().getValue()).isEqualTo("e");
    }

    @Test
    void aTaskOfAGroupHasLimitsOnlyWithCgroupsOfItsOwnAndLikeAllOthers() throws Exception {
        var executor = TextFormat.parse(EXECUTOR, ExecutorInfo.class);
        var own = "container { type: MESOS linux_info { share_cgroups: false } }";
        var limits = "limits { key: 'cpus' value { value: 2 } }";
        var group = TaskGroupInfo.newBuilder()
                .addTasks(task(GOOD + limits))
                .addTasks(task(GOOD + limits + own))
                .build();

        assertThat(TaskCodec.decodeGroup(group, executor, null))
                .extracting(
                        task -> task.problems().stream().map(TaskProblem::step).toList())
                .containsExactly(List.of(Step.LIMITS), List.of(Step.CGROUPS));
    }

    @Test
    void aGroupHasBounds() throws Exception {
        var executor = TextFormat.parse(EXECUTOR, ExecutorInfo.class);
        var many = TaskGroupInfo.newBuilder();
        for (int number = 0; number < 1_000; number++) {
            many.addTasks(task(GOOD));
        }
        var large = executor.toBuilder()
                .setData(ByteString.copyFrom(new byte[2_000]))
                .build();

        assertThat(TaskCodec.decodeGroup(many.build(), executor, null))
                .allSatisfy(task -> assertThat(task.problems()).isEmpty());
        assertThat(TaskCodec.decodeGroup(many.build(), large, null).getFirst().problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.text()).contains("goes along with each of its 1000 tasks"));
        assertThat(TaskCodec.decodeGroup(many.addTasks(task(GOOD)).build(), executor, null))
                .hasSize(1_001)
                .allSatisfy(task -> assertThat(task.problems())
                        .singleElement()
                        .satisfies(problem -> assertThat(problem.text()).startsWith("the group has 1001 tasks")));
    }

    @Test
    void aTaskAndItsExecutorDoNotMixWhatIsRevocable() throws Exception {
        var executor = TextFormat.parse(EXECUTOR.replaceFirst("scalar", "revocable {} scalar"), ExecutorInfo.class);

        assertThat(TaskCodec.decodeInGroup(task(GOOD), executor, null).problems())
                .extracting(TaskProblem::text)
                .containsExactly("resources: task and executor together use revocable and other cpus; use one of them");
    }

    private static TaskInfo task(String text) throws TextFormat.ParseException {
        return TextFormat.parse(text, TaskInfo.class);
    }
}
