package org.mesolith.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.mesolith.cli.FakeServer;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;

final class MasterClientTest {

    private static final HttpRequest CALL = HttpRequest.post("/api/v1", new byte[] {'{', '}'});
    private static final String NOBODY = "127.0.0.1:1";

    @Test
    void aRedirectIsFollowedWithTheSameBody() throws IOException {
        try (var leader = FakeServer.json(200, "{}");
                var follower = new FakeServer((request, out) ->
                        out.write(FakeServer.answer(307, "Location: //" + leader.address() + request.target(), "")))) {
            try (var answer = client(follower.address()).write(CALL)) {
                assertThat(answer.answeredBy().toString()).isEqualTo(leader.address());
            }
            assertThat(leader.requests().getFirst().body()).isEqualTo("{}");
        }
    }

    @Test
    void theNextMasterIsAskedWhenOneIsSilent() throws IOException {
        try (var leader = FakeServer.json(200, "{}");
                var answer = client(NOBODY, leader.address()).write(CALL)) {
            assertThat(answer.reply().status()).isEqualTo(200);
        }
    }

    @Test
    void mastersThatPointAtEachOtherDoNotKeepTheClientForEver() throws IOException {
        var second = new ArrayList<String>();
        try (var one = new FakeServer((_, out) ->
                        out.write(FakeServer.answer(307, "Location: //" + second.getFirst() + "/api/v1", "")));
                var two = new FakeServer((_, out) ->
                        out.write(FakeServer.answer(307, "Location: //" + one.address() + "/api/v1", "")))) {
            second.add(two.address());
            assertThatThrownBy(() -> client(one.address()).read(CALL)).satisfies(failedWith(ExitCode.NO_MASTER));
        }
    }

    @Test
    void whileALeaderIsBeingElectedTheClientWaits() throws IOException {
        var calls = new AtomicInteger();
        try (var master = new FakeServer((_, out) -> out.write(
                        calls.incrementAndGet() < 3
                                ? FakeServer.answer(503, "Retry-After: 1", "no leader")
                                : FakeServer.answer(200, "", "{}")));
                var answer = client(master.address()).write(CALL)) {
            assertThat(answer.reply().status()).isEqualTo(200);
            assertThat(calls.get()).isEqualTo(3);
        }
    }

    @Test
    void aWriteWhoseAnswerNeverCameIsNotRepeated() throws IOException {
        var calls = new AtomicInteger();
        try (var master = new FakeServer((_, _) -> {
            calls.incrementAndGet();
            throw new IOException("gone");
        })) {
            assertThatThrownBy(() -> client(master.address()).write(CALL))
                    .satisfies(failedWith(ExitCode.UNKNOWN_OUTCOME))
                    .hasMessageContaining("look before you repeat");
            assertThat(calls.get()).isEqualTo(1);
        }
    }

    @Test
    void aReadWhoseAnswerNeverCameIsRepeated() throws IOException {
        var calls = new AtomicInteger();
        try (var master = new FakeServer((_, out) -> {
                    if (calls.incrementAndGet() == 1) {
                        throw new IOException("gone");
                    }
                    out.write(FakeServer.answer(200, "", "{}"));
                });
                var answer = client(master.address()).read(CALL)) {
            assertThat(answer.reply().status()).isEqualTo(200);
        }
    }

    @Test
    void aWriteWithARequestKeyIsSentAgainAndSaysSo() throws IOException {
        var calls = new AtomicInteger();
        var said = new ArrayList<String>();
        try (var master = new FakeServer((_, out) -> {
                    if (calls.incrementAndGet() < 3) {
                        throw new IOException("gone");
                    }
                    out.write(FakeServer.answer(202, "", ""));
                });
                var answer = client(said, master.address()).writeOnce(CALL.with("Idempotency-Key: k"))) {
            assertThat(answer.reply().status()).isEqualTo(202);
            assertThat(answer.afterLoss()).isTrue();
            assertThat(said)
                    .singleElement()
                    .asString()
                    .contains("no answer from " + master.address())
                    .contains("sent again under the same request key");
            assertThat(master.requests())
                    .hasSize(3)
                    .allSatisfy(
                            request -> assertThat(request.headers().toString()).contains("Idempotency-Key: k"));
        }
    }

    @Test
    void anOrderWhoseAnswersAllWereLostHasAnUnknownOutcome() throws IOException {
        try (var master = new FakeServer((_, _) -> {
            throw new IOException("gone");
        })) {
            var operator = new Operator(client(master.address()));
            assertThatThrownBy(() -> operator.write(JsonObject.of("type", "TEARDOWN")))
                    .satisfies(failedWith(ExitCode.UNKNOWN_OUTCOME))
                    .hasMessageContaining("look before you repeat");
        }
    }

    @Test
    void aRefusalAfterALostAnswerDoesNotSayThatNothingWasDone() throws IOException {
        var calls = new AtomicInteger();
        try (var master = new FakeServer((_, out) -> {
            if (calls.incrementAndGet() == 1) {
                throw new IOException("gone");
            }
            out.write(FakeServer.answer(404, "", "no such framework"));
        })) {
            var operator = new Operator(client(master.address()));
            assertThatThrownBy(() -> operator.write(JsonObject.of("type", "TEARDOWN")))
                    .satisfies(failedWith(ExitCode.UNKNOWN_OUTCOME))
                    .hasMessageContaining("no such framework")
                    .hasMessageContaining("may have been carried out");
        }
    }

    @Test
    void aWriteAnsweredByTimeoutHasAnUnknownOutcome() throws IOException {
        try (var master = FakeServer.json(504, "the log did not answer")) {
            assertThatThrownBy(() -> client(master.address()).write(CALL))
                    .satisfies(failedWith(ExitCode.UNKNOWN_OUTCOME));
        }
    }

    @Test
    void whenNobodyListensTheErrorComesAtOnceAndNamesEveryMaster() {
        assertThatThrownBy(() -> client(NOBODY, "127.0.0.1:2").read(CALL))
                .satisfies(failedWith(ExitCode.NO_MASTER))
                .hasMessageContaining("127.0.0.1:1")
                .hasMessageContaining("127.0.0.1:2");
    }

    @Test
    void addressesOfAllKindsAreUnderstoodAndNonsenseIsRefused() {
        assertThat(HostPort.parseList("a:1, [::1]:2,,a:1").toString()).isEqualTo("[a:1, [::1]:2]");
        for (String bad : new String[] {"a", "a:", ":1", "a:0", "a:65536", "a:b", "::1:5", "a:-1"}) {
            assertThatThrownBy(() -> HostPort.parse(bad)).as(bad).satisfies(failedWith(ExitCode.USAGE));
        }
    }

    private static MasterClient client(List<String> said, String master) {
        return new MasterClient(
                new MasterList(HostPort.parseList(master), "test"),
                Duration.ofSeconds(5),
                new MasterClient.Ears(_ -> {}, said::add));
    }

    private static MasterClient client(String... masters) {
        return new MasterClient(
                new MasterList(HostPort.parseList(String.join(",", masters)), "test"), Duration.ofSeconds(2));
    }

    private static org.assertj.core.api.ThrowingConsumer<Throwable> failedWith(int code) {
        return thrown -> assertThat(((Failure) thrown).exitCode()).isEqualTo(code);
    }
}
