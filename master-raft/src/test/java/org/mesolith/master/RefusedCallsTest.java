package org.mesolith.master;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mesolith.wire.Body;
import org.mesolith.wire.Deadline;
import org.mesolith.wire.Headers;
import org.mesolith.wire.HttpAnswer;
import org.mesolith.wire.HttpRequest;
import org.mesolith.wire.Query;

final class RefusedCallsTest {
    @TempDir
    private Path directory;

    private int status = 403;

    private RefusedCalls calls(long bytesMax) throws IOException {
        return new RefusedCalls(request -> HttpAnswer.text(status, "no"), directory, bytesMax);
    }

    private static void call(RefusedCalls calls, String target, Headers headers) throws InterruptedException {
        calls.answer(new HttpRequest(
                "POST",
                target,
                target,
                new Query(List.of()),
                headers,
                Body.EMPTY,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 1),
                Deadline.after(Duration.ofSeconds(5)),
                false));
    }

    private List<String> lines(String file) throws IOException {
        var path = directory.resolve(file);
        return Files.exists(path) ? Files.readAllLines(path) : List.of();
    }

    @Test
    void onlyRefusalsAreWrittenDownWithWhoClaimedToAskAndNeverTheSecret() throws Exception {
        var calls = calls(1 << 20);
        var secret = Base64.getEncoder().encodeToString("mallory:hunter2".getBytes(StandardCharsets.UTF_8));
        call(calls, "/api/v1", Headers.of("Authorization", "Basic " + secret));
        status = 200;
        call(calls, "/fine", Headers.NONE);
        status = 409;
        call(calls, "/not-now", Headers.NONE);
        status = 401;
        call(calls, "/master/api/v1", Headers.of("Authorization", "Basic !"));

        assertThat(lines("refused.jsonl")).hasSize(2);
        assertThat(lines("refused.jsonl").getFirst())
                .contains(
                        "\"address\":\"127.0.0.1\"",
                        "\"claimed\":\"mallory\"",
                        "\"method\":\"POST\"",
                        "\"target\":\"/api/v1\"",
                        "\"status\":403",
                        "\"message\":\"no\"")
                .doesNotContain("hunter2", secret);
        assertThat(lines("refused.jsonl").getLast()).contains("\"claimed\":\"\"", "\"status\":401");
    }

    @Test
    void theFileIsBoundedAndTheOneBeforeItIsKept() throws Exception {
        var calls = calls(600);
        for (int call = 0; call < 12; call++) {
            call(calls, "/call-" + call, Headers.NONE);
        }

        assertThat(Files.size(directory.resolve("refused.jsonl"))).isLessThanOrEqualTo(600);
        assertThat(Files.size(directory.resolve("refused.1.jsonl"))).isLessThanOrEqualTo(600);
        assertThat(lines("refused.jsonl").getLast()).contains("/call-11");
    }
}
