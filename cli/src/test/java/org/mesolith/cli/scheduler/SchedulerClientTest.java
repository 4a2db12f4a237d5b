package org.mesolith.cli.scheduler;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mesolith.cli.FakeServer;
import org.mesolith.cli.client.HostPort;
import org.mesolith.cli.client.Json;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.client.MasterList;

final class SchedulerClientTest {

    private static final String STREAM =
            "HTTP/1.1 200 OK\r\nMesos-Stream-Id: S-1\r\nTransfer-Encoding: chunked\r\n\r\n";
    private static final String SUBSCRIBED =
            "{\"type\":\"SUBSCRIBED\",\"subscribed\":{\"framework_id\":{\"value\":\"F\"}}}";

    /** Notes what it is told. */
    private static final class Diary implements SchedulerEvents {
        private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

        @Override
        public void subscribed(String frameworkId, HostPort leader) {
            lines.add("subscribed " + frameworkId);
        }

        @Override
        public void offers(List<JsonObject> offers) {
            lines.add("offers " + offers.size());
        }

        @Override
        public void rescinded(String offerId) {
            lines.add("rescinded " + offerId);
        }

        @Override
        public void update(JsonObject status) {
            lines.add("update " + status.text("state"));
        }

        @Override
        public void disconnected(String why) {
            lines.add("disconnected");
        }

        @Override
        public void ended(String message) {
            lines.add("ended " + message);
        }

        String next() throws InterruptedException {
            String line = lines.poll(20, TimeUnit.SECONDS);
            return line == null ? "(nothing)" : line;
        }
    }

    @Test
    void eventsArriveInOrderHoweverTheStreamIsCut() throws IOException, InterruptedException {
        var over = new CountDownLatch(1);
        try (var master = new FakeServer((_, out) -> {
            out.write(STREAM.getBytes(UTF_8));
            byte[] records = (record(SUBSCRIBED)
                            + record("{\"type\":\"HEARTBEAT\"}")
                            + record("{\"type\":\"OFFERS\",\"offers\":{\"offers\":[{},{}]}}")
                            + record("{\"type\":\"RESCIND\",\"rescind\":{\"offer_id\":{\"value\":\"O\"}}}")
                            + record("{\"type\":\"UPDATE\",\"update\":{\"status\":{\"state\":\"TASK_RUNNING\"}}}")
                            + record("{\"type\":\"ERROR\",\"error\":{\"message\":\"Framework failed over\"}}"))
                    .getBytes(UTF_8);
            for (byte one : records) {
                chunk(out, new byte[] {one});
            }
            await(over);
        })) {
            var diary = new Diary();
            client(master, diary).start();
            assertThat(diary.next()).isEqualTo("subscribed F");
            assertThat(diary.next()).isEqualTo("offers 2");
            assertThat(diary.next()).isEqualTo("rescinded O");
            assertThat(diary.next()).isEqualTo("update TASK_RUNNING");
            assertThat(diary.next()).isEqualTo("ended Framework failed over");
            over.countDown();
        }
    }

    @Test
    void afterABrokenStreamItSubscribesAgainWithItsId() throws IOException, InterruptedException {
        var streams = new AtomicInteger();
        var over = new CountDownLatch(1);
        try (var master = new FakeServer((_, out) -> {
            out.write(STREAM.getBytes(UTF_8));
            chunk(out, record(SUBSCRIBED).getBytes(UTF_8));
            if (streams.incrementAndGet() > 1) {
                await(over);
            }
        })) {
            var diary = new Diary();
            client(master, diary).start();
            assertThat(List.of(diary.next(), diary.next(), diary.next()))
                    .containsExactly("subscribed F", "disconnected", "subscribed F");
            assertThat(master.requests().get(0).body()).doesNotContain("framework_id");
            assertThat(master.requests().get(1).body())
                    .contains("\"framework_id\":{\"value\":\"F\"}")
                    .contains("\"id\":{\"value\":\"F\"}");
            over.countDown();
        }
    }

    @Test
    void whoeverLedBeforeIsAskedLastAlsoWhenAnotherOneStillNamesIt() throws IOException, InterruptedException {
        var over = new CountDownLatch(1);
        FakeServer.Script opens = (_, out) -> {
            out.write(STREAM.getBytes(UTF_8));
            chunk(out, record(SUBSCRIBED).getBytes(UTF_8));
            await(over);
        };
        try (var former = new FakeServer(opens);
                var late = new FakeServer(
                        (_, out) -> out.write(FakeServer.answer(307, "Location: //" + former.address(), "")));
                var next = new FakeServer(opens)) {
            var diary = new Diary();
            var masters = HostPort.parseList(String.join(",", former.address(), late.address(), next.address()));
            var client = new SchedulerClient(new MasterList(masters, "test"), Tasks.framework("n", "u", "*", 1), diary);
            client.start();
            assertThat(diary.next()).isEqualTo("subscribed F");
            client.reconnect();
            assertThat(List.of(diary.next(), diary.next())).containsExactly("disconnected", "subscribed F");
            assertThat(former.requests()).hasSize(1);
            assertThat(next.requests()).hasSize(1);
            over.countDown();
        }
    }

    @Test
    void callsCarryTheStreamAndTheFramework() throws IOException, InterruptedException {
        var over = new CountDownLatch(1);
        try (var master = new FakeServer((request, out) -> {
            if (request.body().contains("SUBSCRIBE")) {
                out.write(STREAM.getBytes(UTF_8));
                chunk(out, record(SUBSCRIBED).getBytes(UTF_8));
                await(over);
            } else {
                out.write(FakeServer.answer(request.body().contains("KILL") ? 202 : 400, "", "no"));
            }
        })) {
            var diary = new Diary();
            SchedulerClient client = client(master, diary);
            assertThat(client.call(Tasks.kill("t"))).isEqualTo(SchedulerClient.CallResult.NOT_CONNECTED);
            client.start();
            assertThat(diary.next()).isEqualTo("subscribed F");
            assertThat(client.call(Tasks.kill("t"))).isEqualTo(SchedulerClient.CallResult.ACCEPTED);
            assertThat(master.requests().getLast().headers()).contains("Mesos-Stream-Id: S-1");
            assertThat(master.requests().getLast().body()).contains("\"framework_id\":{\"value\":\"F\"}");
            assertThat(client.tearDown()).isEqualTo(SchedulerClient.CallResult.REFUSED);
            assertThat(client.lastRefusal()).isEqualTo("400 no");
            over.countDown();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "TASK_FINISHED, '', 0",
        "TASK_FINISHED, Command exited with status 0, 0",
        "TASK_FAILED, Command exited with status 7, 7",
        "TASK_KILLED, Command terminated with signal Terminated, 143",
        "TASK_FAILED, Command terminated with signal Killed, 137",
        "TASK_FAILED, Command terminated with signal Unknown signal 60, 125",
        "TASK_LOST, '', 125",
        "TASK_ERROR, no such thing, 125",
    })
    void theExitCodeIsTheTasksOwn(String state, String message, int code) {
        assertThat(TaskEnd.exitCode(JsonObject.of("state", state, "message", message)))
                .isEqualTo(code);
    }

    @Test
    void anAcceptNamesOffersAndTasksAsTheApiWantsThem() {
        var offer = JsonObject.of("id", JsonObject.of("value", "O"), "agent_id", JsonObject.of("value", "S"));
        var task = Tasks.task(
                "t", "n", offer.object("agent_id"), List.of(Tasks.scalar("cpus", 0.5)), JsonObject.of("value", "true"));
        assertThat(new String(Json.bytes(Tasks.accept(List.of(offer), List.of(task), 1)), UTF_8))
                .isEqualTo("{\"type\":\"ACCEPT\",\"accept\":{\"offer_ids\":[{\"value\":\"O\"}],"
                        + "\"operations\":[{\"type\":\"LAUNCH\","
                        + "\"launch\":{\"task_infos\":[{\"name\":\"n\",\"task_id\":{\"value\":\"t\"},"
                        + "\"agent_id\":{\"value\":\"S\"},"
                        + "\"resources\":[{\"name\":\"cpus\",\"type\":\"SCALAR\",\"scalar\":{\"value\":0.5}}],"
                        + "\"command\":{\"value\":\"true\"}}]}}],\"filters\":{\"refuse_seconds\":1.0}}}");
    }

    private static SchedulerClient client(FakeServer master, SchedulerEvents events) {
        return new SchedulerClient(
                new MasterList(HostPort.parseList(master.address()), "test"),
                Tasks.framework("n", "u", "*", 1),
                events);
    }

    private static String record(String json) {
        return json.getBytes(UTF_8).length + "\n" + json;
    }

    private static void chunk(OutputStream out, byte[] bytes) throws IOException {
        out.write((Integer.toHexString(bytes.length) + "\r\n").getBytes(UTF_8));
        out.write(bytes);
        out.write("\r\n".getBytes(UTF_8));
        out.flush();
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            if (!latch.await(30, TimeUnit.SECONDS)) {
                throw new IOException("the test did not end");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
