package org.mesolith.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.scheduler.Tasks;
import org.mesolith.process.ClusterProcess;
import org.mesolith.process.Installation;
import org.mesolith.process.Member;

/** What tasks wish beside a command, asked for by a framework over HTTP and carried out by an agent process. */
final class TaskWishesIT {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration SOON = Duration.ofSeconds(10);

    @TempDir
    private static Path directory;

    private static ClusterProcess cluster;
    private static HttpServer files;
    private static final ExecutorService THREADS = Executors.newVirtualThreadPerTaskExecutor();
    private static final CountDownLatch ASKED = new CountDownLatch(1);
    private static final CountDownLatch RELEASED = new CountDownLatch(1);

    private HandFramework framework;

    @BeforeAll
    static void start() throws IOException {
        files = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        files.setExecutor(THREADS);
        files.createContext("/", TaskWishesIT::answer);
        files.start();
        cluster = new ClusterProcess(
                Installation.current(), directory.resolve("cluster"), ClusterProcess.Settings.of(1, 1));
        cluster.start();
        cluster.awaitLeader(LONG);
    }

    @AfterAll
    static void stop() {
        files.stop(0);
        THREADS.shutdownNow();
        cluster.close();
    }

    @BeforeEach
    void subscribe() {
        framework = HandFramework.subscribe(cluster.awaitLeader(LONG).address());
    }

    @AfterEach
    void tearDown() {
        framework.call(JsonObject.of("type", "TEARDOWN"));
        framework.close();
    }

    @Test
    void aTaskFindsItsFilesAndOneWhoseFilesAreMissingFailsWithUriAndCause() {
        launch(
                "finds",
                "grep -q wished text && test -x bin/tool",
                List.of(
                        JsonObject.of("value", at("/text.gz")),
                        JsonObject.of("value", at("/any"), "executable", true, "output_file", "bin/tool")));
        framework.awaitUpdate("finds", "TASK_FINISHED");

        launch("misses", "true", List.of(JsonObject.of("value", at("/missing"))));
        JsonObject end = framework.awaitUpdate("misses", "TASK_FAILED");

        assertThat(end.text("reason")).isEqualTo("REASON_CONTAINER_LAUNCH_FAILED");
        assertThat(end.text("source")).isEqualTo("SOURCE_AGENT");
        assertThat(end.text("message"))
                .isEqualTo("Failed to fetch '" + at("/missing") + "': 127.0.0.1:"
                        + files.getAddress().getPort() + " answered with HTTP status 404");
    }

    @Test
    void anAgentKilledDuringAFetchBeginsItAnew() throws InterruptedException {
        launch("patient", "grep -q wished held", List.of(JsonObject.of("value", at("/held"))));
        assertThat(ASKED.await(LONG.toSeconds(), java.util.concurrent.TimeUnit.SECONDS))
                .isTrue();
        Member agent = cluster.agents().getFirst();
        agent.process().killNow();
        agent.process().awaitEnd(SOON);
        RELEASED.countDown();
        agent.start();

        framework.awaitUpdate("patient", "TASK_FINISHED");
    }

    @Test
    void aTaskThatFallsSickIsToldAndKilledWithItsOwnGrace() {
        var seldom = JsonObject.of("value", "test -e well");
        var wishes = new LinkedHashMap<String, @Nullable Object>();
        wishes.put("command", JsonObject.of("value", "touch well; sleep 1; rm well; exec sleep 600"));
        wishes.put(
                "check",
                JsonObject.of(
                        "type",
                        "COMMAND",
                        "command",
                        JsonObject.of("command", seldom),
                        "delay_seconds",
                        0.2,
                        "interval_seconds",
                        0.2));
        wishes.put(
                "health_check",
                JsonObject.of(
                        "type",
                        "COMMAND",
                        "command",
                        seldom,
                        "delay_seconds",
                        0.2,
                        "interval_seconds",
                        0.2,
                        "grace_period_seconds",
                        0,
                        "consecutive_failures",
                        3));
        launch(framework.awaitOffer(), "sick", wishes);
        JsonObject end = framework.awaitUpdate("sick", "TASK_KILLED");

        assertThat(end.text("healthy")).isEqualTo("false");
        assertThat(told("REASON_TASK_HEALTH_CHECK_STATUS_UPDATED", "healthy"))
                .containsExactly("true", "false", "false", "false");
        assertThat(told("REASON_TASK_CHECK_STATUS_UPDATED", "check_status.command.exit_code"))
                .startsWith("0", "1");
    }

    /** What the updates of this reason said, in order. */
    private List<String> told(String reason, String field) {
        return framework.events().stream()
                .filter(event -> event.text("update.status.reason").equals(reason))
                .map(event -> event.text("update.status." + field))
                .toList();
    }

    /** Launches a task that wants these files. */
    private void launch(String task, String shell, List<JsonObject> uris) {
        JsonObject offer = framework.awaitOffer();
        var wishes = new LinkedHashMap<String, @Nullable Object>();
        wishes.put("command", JsonObject.of("value", shell, "uris", uris));
        launch(offer, task, wishes);
    }

    private void launch(JsonObject offer, String task, Map<String, @Nullable Object> wishes) {
        var resources = List.of(Tasks.scalar("cpus", 0.1), Tasks.scalar("mem", 32));
        var fields = new LinkedHashMap<String, @Nullable Object>(
                Tasks.task(task, task, offer.object("agent_id"), resources, JsonObject.of("value", "true"))
                        .fields());
        fields.putAll(wishes);
        HandFramework.Answer answer = framework.call(Tasks.accept(List.of(offer), List.of(new JsonObject(fields)), 0));
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
    }

    private static String at(String path) {
        return "http://127.0.0.1:" + files.getAddress().getPort() + path;
    }

    private static void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            if (path.equals("/held")) {
                ASKED.countDown();
                RELEASED.await();
            }
            byte[] content = "what was wished\n".getBytes(StandardCharsets.UTF_8);
            byte[] sent = path.endsWith(".gz") ? packed(content) : content;
            boolean missing = path.equals("/missing");
            exchange.sendResponseHeaders(missing ? 404 : 200, missing ? -1 : sent.length);
            if (!missing) {
                exchange.getResponseBody().write(sent);
            }
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    private static byte[] packed(byte[] plain) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(plain);
        }
        return bytes.toByteArray();
    }
}
