package org.mesolith.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mesolith.api.UriFetch;
import org.mesolith.codec.CommandTask;
import org.mesolith.model.ExecutorId;
import org.mesolith.model.Resources;
import org.mesolith.model.StatusReason;
import org.mesolith.model.TaskState;

/** Real tasks that leave things behind: what the agent shows of that, and when it takes it away. */
final class HousekeepingTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ExecutorId E = new ExecutorId("own");

    @TempDir
    private Path dir;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Test
    void theSandboxOfATaskThatEndedWaitsForItsRemovalAndIsShownUntilThen() throws Exception {
        try (var master = new FakeMaster(1);
                var agent = new AgentHome(dir).start(master.address())) {
            master.awaitJoin();
            assertThat(metric(agent, "gc/path_removals_pending")).isZero();
            var task = master.launch("echo left >behind");
            master.await(task, TaskState.TASK_FINISHED);

            var shown = await(agent, "/sandboxes", text -> text.contains("\"pending\":1"));
            assertThat(shown).contains("executors/" + task.task() + "/runs/").contains("\"removal\":\"20");
            assertThat(metric(agent, "gc/path_removals_pending")).isEqualTo(1);
            assertThat(metric(agent, "slave/executor_directory_max_allowed_age_secs"))
                    .isPositive();
        }
    }

    @Test
    void itGoesWhenItsTimeHasComeAndThatIsCounted() throws Exception {
        try (var master = new FakeMaster(1);
                var agent =
                        new AgentHome(dir).start(master.address(), "--gc_delay=1ms", "--disk_watch_interval=200ms")) {
            master.awaitJoin();
            var task = master.launch("echo left >behind");
            var stays = master.launch("sleep 1000");
            master.await(task, TaskState.TASK_FINISHED);
            master.await(stays, TaskState.TASK_RUNNING);

            await(agent, "/metrics/snapshot", text -> text.contains("\"gc/path_removals_succeeded\":1.0"));
            var sandboxes = dir.resolve(
                    "work/slaves/" + FakeMaster.AGENT + "/frameworks/" + FakeMaster.FRAMEWORK + "/executors");
            assertThat(sandboxes.resolve(task.task().value())).doesNotExist();
            assertThat(sandboxes.resolve(stays.task().value())).exists();
            assertThat(metric(agent, "gc/path_removals_failed")).isZero();
        }
    }

    @Test
    void whatATaskKeepsIsMeasuredAndShownAndWithALimitItEndsTheTask() throws Exception {
        try (var master = new FakeMaster(1);
                var agent = new AgentHome(dir)
                        .start(
                                master.address(),
                                "--container_disk_watch_interval=200ms",
                                "--enforce_container_disk_quota")) {
            master.awaitJoin();
            var modest = master.launch(task("head -c 3000000 /dev/zero >big; sleep 1000"), Resources.parse("disk:64"));
            var greedy = master.launch(task("head -c 3000000 /dev/zero >big; sleep 1000"), Resources.parse("disk:2"));

            var end = master.await(greedy, TaskState.TASK_FAILED).status();
            assertThat(end.reason()).isEqualTo(StatusReason.REASON_CONTAINER_LIMITATION_DISK);
            assertThat(end.message()).startsWith("The task kept 3 MiB in the sandbox where 2 MiB are allowed; ");
            var shown = await(agent, "/containers", text -> text.contains("\"disk_used_bytes\":3000000"));
            assertThat(shown)
                    .contains("\"executor_id\":\"" + modest.task() + "\"")
                    .contains("\"disk_limit_bytes\":" + (64L << 20));
        }
    }

    @Test
    void fetchesAreCounted() throws Exception {
        var file = Files.writeString(dir.resolve("file"), "text");
        try (var master = new FakeMaster(1);
                var agent = new AgentHome(dir).start(master.address())) {
            master.awaitJoin();
            var good = master.launch(fetching(file.toString()));
            var bad = master.launch(fetching(dir.resolve("none").toString()));
            master.await(good, TaskState.TASK_FINISHED);
            master.await(bad, TaskState.TASK_FAILED);

            assertThat(metric(agent, "containerizer/fetcher/task_fetches_succeeded"))
                    .isEqualTo(1);
            assertThat(metric(agent, "containerizer/fetcher/task_fetches_failed"))
                    .isEqualTo(1);
            assertThat(metric(agent, "containerizer/fetcher/cache_size_total_bytes"))
                    .isEqualTo(2L << 30);
            assertThat(metric(agent, "containerizer/fetcher/cache_size_used_bytes"))
                    .isZero();
            assertThat(metric(agent, "slave/container_launch_errors")).isEqualTo(1);
        }
    }

    @Test
    void executorsAreCountedWhereTheyAre() throws Exception {
        try (var master = new FakeMaster(1);
                var agent = new AgentHome(dir).start(master.address())) {
            master.awaitJoin();
            var order = master.launchUnder(E, "exec sleep 600");
            master.say(order);
            await(agent, "/metrics/snapshot", text -> text.contains("\"slave/executors_registering\":1.0"));
            assertThat(metric(agent, "slave/executors_running")).isZero();

            master.kill(order.key());
            master.await(order.key(), TaskState.TASK_KILLED);
            await(agent, "/metrics/snapshot", text -> text.contains("\"slave/executors_terminated\":1.0"));
            assertThat(metric(agent, "slave/executors_registering")).isZero();
        }
    }

    private static CommandTask task(String line) {
        return new CommandTask("", true, line, List.of(), List.of(), null, null, null, List.of(), List.of());
    }

    private static CommandTask fetching(String uri) {
        return new CommandTask(
                "",
                true,
                "true",
                List.of(),
                List.of(),
                null,
                null,
                null,
                List.of(),
                List.of(),
                List.of(new UriFetch(uri, false, false, false, null)),
                null,
                null);
    }

    private double metric(Agent agent, String name) throws Exception {
        var found =
                Pattern.compile("\"" + Pattern.quote(name) + "\":([0-9.E]+)").matcher(get(agent, "/metrics/snapshot"));
        assertThat(found.find()).as(name).isTrue();
        return Double.parseDouble(found.group(1));
    }

    private String await(Agent agent, String target, Predicate<String> wanted) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            var text = get(agent, target);
            if (wanted.test(text)) {
                return text;
            }
            assertThat(System.nanoTime()).as(text).isLessThan(end);
        }
    }

    private String get(Agent agent, String target) throws Exception {
        var request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + agent.address().getPort() + target))
                .timeout(PATIENCE)
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }
}
