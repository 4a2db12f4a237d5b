package org.mesolith.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mesolith.agent.fetch.Web;
import org.mesolith.api.CheckStatus;
import org.mesolith.api.HealthProbe;
import org.mesolith.api.TaskProbe;
import org.mesolith.codec.CommandTask;
import org.mesolith.codec.CommandTasks;
import org.mesolith.model.StatusReason;
import org.mesolith.model.TaskKey;
import org.mesolith.model.TaskState;
import org.mesolith.model.TaskStatus;
import org.mesolith.model.Uuid;

/** Tasks that a real agent looks at. */
final class CheckedTasksTest {
    private static final Duration NOW = Duration.ZERO;
    private static final Duration SOON = Duration.ofMillis(100);
    private static final Duration LONG = Duration.ofSeconds(20);

    @TempDir
    private Path dir;

    private Web web;
    private FakeMaster master;

    @BeforeEach
    void open() throws Exception {
        web = new Web();
        web.put("/health", new byte[1]);
        master = new FakeMaster(1);
    }

    @AfterEach
    void close() {
        master.close();
        web.close();
    }

    @Test
    void aTaskWhosePageIsGoneIsKilledAndTheNextAgentProcessSeesIt() throws Exception {
        var page = new TaskProbe(new TaskProbe.Http(false, false, web.port(), "/to//health"), NOW, SOON, LONG);
        var first = home().start(master.address());
        master.awaitJoin();
        var key = master.launch(task("exec sleep 300", null, null, new HealthProbe(page, NOW, 2)));
        await(key, status -> Boolean.TRUE.equals(status.healthy()));
        first.close();
        web.remove("/health");
        try (var _ = home().start(master.address())) {
            master.awaitJoin();
            var sick = await(key, status -> Boolean.FALSE.equals(status.healthy()));
            var end = master.await(key, TaskState.TASK_KILLED).status();

            assertThat(sick.reason()).isEqualTo(StatusReason.REASON_TASK_HEALTH_CHECK_STATUS_UPDATED);
            assertThat(sick.state()).isEqualTo(TaskState.TASK_RUNNING);
            assertThat(sick.message()).isEqualTo("Health check failed: HTTP status 404");
            assertThat(end.healthy()).isFalse();
            assertThat(end.reason()).isNull();
        }
    }

    @Test
    void aPortThatNobodyListensAtIsTold() throws Exception {
        int port = web.port();
        var connection = new TaskProbe(new TaskProbe.Tcp(false, port), NOW, SOON, LONG);
        try (var _ = home().start(master.address())) {
            master.awaitJoin();
            var key = master.launch(task("exec sleep 300", null, connection, null));
            await(key, saw(new CheckStatus.Tcp(true)));
            web.close();
            var told = await(key, saw(new CheckStatus.Tcp(false)));

            assertThat(told.reason()).isEqualTo(StatusReason.REASON_TASK_CHECK_STATUS_UPDATED);
            assertThat(told.healthy()).isNull();
        }
    }

    @Test
    void aCommandRunsAsTheTasksUserInItsSandboxWithItsEnvironment() throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "other users need root");
        Files.setPosixFilePermissions(dir, java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));
        var line = "echo looked; test \"$(id -un)\" = nobody && test -e flag && test \"$OWN\" = own && exit 7; exit 8";
        var command = new TaskProbe.Command(true, line, List.of(), List.of(new TaskProbe.Variable("OWN", "own")));
        try (var _ = home().start(master.address())) {
            master.awaitJoin();
            var key = master.launch(
                    task("touch flag; exec sleep 300", "nobody", new TaskProbe(command, NOW, SOON, LONG), null));
            await(key, saw(new CheckStatus.Command(7)));

            assertThat(master.statuses.stream()
                            .map(each -> each.status())
                            .filter(each -> each.state() == TaskState.TASK_RUNNING)
                            .findFirst()
                            .filter(saw(new CheckStatus.Command(null))))
                    .isPresent();
            assertThat(home().file(key.task().value(), "stderr")).content().contains("looked");
        }
    }

    @Test
    void aCommandThatHangsIsEndedWithAllItStartedAndNothingOutlivesTheTask() throws Exception {
        var line = "sleep 300 & echo $! >>hung; setsid sleep 300 & echo $! >>hung; wait";
        var command = new TaskProbe.Command(true, line, List.of(), List.of());
        var probe = new TaskProbe(command, NOW, SOON, Duration.ofMillis(700));
        var endless = new TaskProbe(command, NOW, SOON, null);
        try (var _ = home().start(master.address())) {
            master.awaitJoin();
            var key = master.launch(task("exec sleep 300", null, endless, new HealthProbe(probe, NOW, 2)));
            var end = master.await(key, TaskState.TASK_KILLED).status();
            var pids = Files.readAllLines(home().file(key.task().value(), "hung"));

            assertThat(end.healthy()).isFalse();
            assertThat(pids).hasSizeGreaterThanOrEqualTo(4);
            AgentHome.until(() -> pids.stream().noneMatch(pid -> lives(Long.parseLong(pid))));
        }
    }

    private static boolean lives(long pid) {
        return Optional.of(pid)
                .flatMap(ProcessHandle::of)
                .filter(ProcessHandle::isAlive)
                .isPresent();
    }

    /** Statuses that show what a check saw, whatever the container. */
    private static Predicate<TaskStatus> saw(CheckStatus seen) {
        byte[] wanted =
                CommandTasks.statusRest(new Uuid(0, 0), null, seen, "127.0.0.1").bytes();
        return status -> {
            byte[] bytes = status.rest().bytes();
            return bytes.length == wanted.length && tail(bytes).equals(tail(wanted));
        };
    }

    /** The check's status stands before the container's, in the order of field numbers. */
    private static String tail(byte[] rest) {
        var text = java.util.HexFormat.of().formatHex(rest);
        int at = text.indexOf("7a");
        return at < 0 ? "" : text.substring(at, Math.min(text.length(), at + 4 + 2 * (rest[at / 2 + 1] & 0xff)));
    }

    private TaskStatus await(TaskKey key, Predicate<TaskStatus> wanted) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (System.nanoTime() < end) {
            master.take();
            for (var status : List.copyOf(master.statuses)) {
                if (status.status().task().equals(key.task()) && wanted.test(status.status())) {
                    return status.status();
                }
            }
        }
        throw new AssertionError("not among " + master.statuses);
    }

    private static CommandTask task(
            String line, @Nullable String user, @Nullable TaskProbe check, @Nullable HealthProbe health) {
        return new CommandTask("", true, line, List.of(), List.of(), user, null, null, List.of(), List.of())
                .with(List.of(), check, health);
    }

    private AgentHome home() {
        return new AgentHome(dir);
    }
}
