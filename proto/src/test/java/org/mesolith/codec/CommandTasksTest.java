package org.mesolith.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mesolith.api.HealthProbe;
import org.mesolith.api.TaskProbe;
import org.mesolith.api.UriFetch;
import org.mesolith.codec.body.Decoded;
import org.mesolith.model.AgentId;
import org.mesolith.model.Opaque;
import org.mesolith.model.Resources;
import org.mesolith.model.TaskId;
import org.mesolith.model.Uuid;
import org.mesolith.proto.gen.v1.ContainerInfo;
import org.mesolith.proto.gen.v1.HealthCheck;
import org.mesolith.proto.gen.v1.TaskInfo;
import org.mesolith.proto.gen.v1.TaskStatus;
import org.mesolith.proto.gen.v1.Volume;

/** Commands written by a framework and read by an agent. */
class CommandTasksTest {
    private static final CommandTask TASK = new CommandTask(
            "n",
            false,
            "/bin/echo",
            List.of("echo", "hello"),
            List.of(new CommandTask.Variable("A", "1"), new CommandTask.Variable("A", "")),
            "someone",
            Duration.ofSeconds(4),
            Duration.ofHours(1),
            List.of(
                    new CommandTask.ProcessLimit("nofile", 100L, 200L),
                    new CommandTask.ProcessLimit("core", null, null)),
            List.of());

    @Test
    void whatAFrameworkLaunchesIsWhatTheAgentReads() {
        var launch = CommandTasks.launch(TASK, new TaskId("t"), new AgentId("a"), Resources.parse("cpus:1;mem:32"));

        assertThat(launch.problems()).isEmpty();
        assertThat(launch.resources()).isEqualTo(Resources.parse("cpus:1;mem:32"));
        assertThat(CommandTasks.read(launch.taskInfo())).isEqualTo(new Decoded.Ok<>(TASK));
    }

    static Stream<TaskProbe.Target> targets() {
        return Stream.of(
                new TaskProbe.Command(true, "true", List.of(), List.of(new TaskProbe.Variable("A", "1"))),
                new TaskProbe.Command(false, "/bin/test", List.of("test", "-e", "x"), List.of()),
                new TaskProbe.Http(false, false, 80, "/health"),
                new TaskProbe.Tcp(false, 65_535));
    }

    @ParameterizedTest
    @MethodSource("targets")
    void filesAndChecksThatAFrameworkAsksForAreWhatTheAgentReads(TaskProbe.Target target) {
        var probe = new TaskProbe(target, Duration.ofMillis(1_500), Duration.ofSeconds(2), null);
        var task = TASK.with(
                List.of(
                        new UriFetch("http://x/y.tgz", false, true, true, null),
                        new UriFetch("/bin/true", true, false, false, "bin/yes")),
                probe,
                new HealthProbe(probe, Duration.ofSeconds(4), 7));

        var launch = CommandTasks.launch(task, new TaskId("t"), new AgentId("a"), Resources.parse("cpus:1;mem:32"));

        assertThat(launch.problems()).isEmpty();
        assertThat(CommandTasks.read(launch.taskInfo())).isEqualTo(new Decoded.Ok<>(task));
    }

    @Test
    void checksThatNobodyCanCarryOutAreRefused() {
        var probe = new TaskProbe(
                new TaskProbe.Http(true, true, 70_000, "/"),
                Duration.ZERO,
                Duration.ofSeconds(1),
                Duration.ofSeconds(1));
        var task = TASK.with(List.of(), null, new HealthProbe(probe, Duration.ZERO, 1));
        var launch = CommandTasks.launch(task, new TaskId("t"), new AgentId("a"), Resources.parse("cpus:1;mem:32"));

        assertThat(CommandTasks.read(launch.taskInfo()))
                .isEqualTo(Decoded.refused("the check's port is 70000, must be 1 to 65535"));
    }

    @Test
    void whatACommandAloneCannotGiveIsNamed() {
        var task = TaskInfo.newBuilder().setName("n");
        task.getTaskIdBuilder().setValue("t");
        task.getAgentIdBuilder().setValue("a");
        task.getCommandBuilder().setValue("true");
        task.getContainerBuilder()
                .setType(ContainerInfo.Type.MESOS)
                .getMesosBuilder()
                .getImageBuilder()
                .setType(org.mesolith.proto.gen.v1.Image.Type.DOCKER);
        task.getHealthCheckBuilder()
                .setType(HealthCheck.Type.COMMAND)
                .getCommandBuilder()
                .setValue("true")
                .setUser("other")
                .addUrisBuilder()
                .setValue("http://x");

        var read =
                CommandTasks.read(new Opaque("mesos.v1.TaskInfo", task.build().toByteArray()));

        assertThat(read).isInstanceOf(Decoded.Ok.class);
        assertThat(((Decoded.Ok<CommandTask>) read).value().unmet())
                .containsExactly(
                        "health_check.command.uris",
                        "health_check.command.user (another one than the task's)",
                        "container.mesos.image");
    }

    @Test
    void directoriesOfSandboxesAreReadAndOtherVolumesAreUnmet() {
        var task = TaskInfo.newBuilder().setName("n");
        task.getTaskIdBuilder().setValue("t");
        task.getAgentIdBuilder().setValue("a");
        task.getCommandBuilder().setValue("true");
        var shared = task.getContainerBuilder()
                .setType(ContainerInfo.Type.MESOS)
                .addVolumesBuilder()
                .setMode(Volume.Mode.RW)
                .setContainerPath("here");
        shared.getSourceBuilder()
                .setType(Volume.Source.Type.SANDBOX_PATH)
                .getSandboxPathBuilder()
                .setType(Volume.Source.SandboxPath.Type.PARENT)
                .setPath("there");
        var bytes = new Opaque("mesos.v1.TaskInfo", task.build().toByteArray());
        assertThat(CommandTasks.sandboxVolumes(bytes))
                .containsExactly(new CommandTasks.SandboxVolume(true, "there", "here"));
        assertThat(CommandTasks.read(bytes))
                .isInstanceOfSatisfying(
                        Decoded.Ok.class,
                        read -> assertThat(((CommandTask) read.value()).unmet()).isEmpty());

        shared.setMode(Volume.Mode.RO);
        task.getContainerBuilder()
                .addVolumesBuilder()
                .setMode(Volume.Mode.RW)
                .setContainerPath("x")
                .setHostPath("/etc");
        assertThat(CommandTasks.unmet(task.build()))
                .containsExactly("container.volumes (other than SANDBOX_PATH)", "container.volumes (read only)");
    }

    @Test
    void aTaskWithoutACommandAndBytesOfSomethingElseAreRefused() {
        var task = TaskInfo.newBuilder().setName("n");
        task.getTaskIdBuilder().setValue("t");
        task.getAgentIdBuilder().setValue("a");

        assertThat(CommandTasks.read(
                        new Opaque("mesos.v1.TaskInfo", task.build().toByteArray())))
                .isEqualTo(Decoded.refused("the task has no command"));
        assertThat(CommandTasks.read(Opaque.empty("mesos.v1.Offer"))).isInstanceOf(Decoded.Refused.class);
        assertThat(CommandTasks.read(new Opaque("mesos.v1.TaskInfo", new byte[] {1})))
                .isInstanceOf(Decoded.Refused.class);
    }

    @Test
    void aStatusSaysWhereItsTaskCanBeReachedUnlessTheExecutorKnowsBetter() throws Exception {
        var own = CommandTasks.statusRest(new Uuid(1, 2), null, null, "10.0.0.7");
        var to = TaskStatus.newBuilder();
        to.getContainerStatusBuilder()
                .addNetworkInfosBuilder()
                .addIpAddressesBuilder()
                .setIpAddress("172.16.0.9");
        var named = new Opaque(own.schema(), to.buildPartial().toByteArray());
        var silent = Opaque.empty(own.schema());

        assertThat(address(own)).isEqualTo("10.0.0.7");
        assertThat(address(ExecutorTasks.inContainer(silent, new Uuid(1, 2), "10.0.0.7")))
                .isEqualTo("10.0.0.7");
        assertThat(address(ExecutorTasks.inContainer(named, new Uuid(1, 2), "10.0.0.7")))
                .isEqualTo("172.16.0.9");
    }

    private static String address(Opaque rest) throws InvalidProtocolBufferException {
        var status = TaskStatus.parser().parsePartialFrom(rest.bytes()).getContainerStatus();
        assertThat(status.getNetworkInfosCount()).isEqualTo(1);
        return status.getNetworkInfos(0).getIpAddresses(0).getIpAddress();
    }

    private static TaskInfo.Builder anyTask() {
        var task = TaskInfo.newBuilder().setName("n");
        task.getTaskIdBuilder().setValue("t");
        task.getAgentIdBuilder().setValue("a");
        task.getCommandBuilder().setValue("true");
        return task;
    }

    private static Opaque limited(String name, double limit) {
        var task = anyTask();
        task.addResourcesBuilder()
                .setName("mem")
                .setType(org.mesolith.proto.gen.v1.Value.Type.SCALAR)
                .getScalarBuilder()
                .setValue(32);
        if (!name.isEmpty()) {
            var value = org.mesolith.proto.gen.v1.Value.Scalar.newBuilder().setValue(limit);
            task.putLimits(name, value.build());
        }
        return new Opaque(
                TaskInfo.getDescriptor().getFullName(), task.buildPartial().toByteArray());
    }

    private static List<String> unmet(Opaque task) {
        return ((Decoded.Ok<CommandTask>) CommandTasks.read(task)).value().unmet();
    }

    @Test
    void aLimitOfMemoryIsWhatATaskMayUseAndOneOfCpusIsRefused() {
        assertThat(CommandTasks.memoryMax(limited("", 0))).isEqualTo(32_000);
        assertThat(CommandTasks.memoryMax(limited("mem", 40.5))).isEqualTo(40_500);
        assertThat(CommandTasks.memoryMax(limited("mem", Double.POSITIVE_INFINITY)))
                .isEqualTo(Long.MAX_VALUE);
        assertThat(unmet(limited("mem", 40))).isEmpty();
        assertThat(unmet(limited("cpus", Double.POSITIVE_INFINITY))).isEmpty();
        assertThat(unmet(limited("cpus", 2))).containsExactly("limits (of cpus; Infinity is no limit)");
    }

    @Test
    void whetherATaskSharesIsAllThatCanBeSaidOfLinux() {
        var task = anyTask();
        var linux = task.getContainerBuilder().setType(ContainerInfo.Type.MESOS).getLinuxInfoBuilder();
        var schema = TaskInfo.getDescriptor().getFullName();
        assertThat(CommandTasks.sharesMemory(
                        new Opaque(schema, task.buildPartial().toByteArray())))
                .isTrue();
        linux.setShareCgroups(false);
        var apart = new Opaque(schema, task.buildPartial().toByteArray());
        assertThat(CommandTasks.sharesMemory(apart)).isFalse();
        assertThat(unmet(apart)).isEmpty();
        linux.setSharePidNamespace(true);
        assertThat(unmet(new Opaque(schema, task.buildPartial().toByteArray())))
                .containsExactly("container.linux_info (other than share_cgroups)");
    }
}
