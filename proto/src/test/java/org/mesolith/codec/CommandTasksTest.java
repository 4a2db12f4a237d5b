package org.mesolith.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mesolith.codec.body.Decoded;
import org.mesolith.model.AgentId;
import org.mesolith.model.Opaque;
import org.mesolith.model.Resources;
import org.mesolith.model.TaskId;
import org.mesolith.proto.gen.v1.ContainerInfo;
import org.mesolith.proto.gen.v1.TaskInfo;

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

    @Test
    void whatACommandAloneCannotGiveIsNamed() {
        var task = TaskInfo.newBuilder().setName("n");
        task.getTaskIdBuilder().setValue("t");
        task.getAgentIdBuilder().setValue("a");
        task.getCommandBuilder().setValue("true").addUrisBuilder().setValue("http://x");
        task.getContainerBuilder()
                .setType(ContainerInfo.Type.MESOS)
                .getMesosBuilder()
                .getImageBuilder()
                .setType(org.mesolith.proto.gen.v1.Image.Type.DOCKER);
        task.getHealthCheckBuilder();

        var read =
                CommandTasks.read(new Opaque("mesos.v1.TaskInfo", task.build().toByteArray()));

        assertThat(read).isInstanceOf(Decoded.Ok.class);
        assertThat(((Decoded.Ok<CommandTask>) read).value().unmet())
                .containsExactly("command.uris", "health_check", "container.mesos.image");
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
}
