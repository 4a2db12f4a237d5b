package org.mesolith.master;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.mesolith.http.BarrierDoor;
import org.mesolith.log.Barrier;
import org.mesolith.log.LeaderBarriers;
import org.mesolith.log.MemberAddress;
import org.mesolith.log.PeerTerms;

/** Asks other masters at their HTTP doors, over connections that are kept. Any thread. */
final class HttpPeers implements LeaderBarriers, PeerTerms, AutoCloseable {
    private static final Duration ANSWER_MAX = Duration.ofSeconds(5);
    private static final int ANSWER_BYTES_MAX = 4_096;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final ReentrantLock lock = new ReentrantLock();

    /** Made by the first question, for a member may never ask one; with the lock. */
    private @Nullable HttpClient client;

    @Override
    public CompletableFuture<Barrier> barrier(MemberAddress leader) {
        return get(leader, BarrierDoor.PATH).handle((answer, fault) -> barrier(leader, answer, fault));
    }

    @Override
    public CompletableFuture<@Nullable Heard> term(MemberAddress peer) {
        return get(peer, BarrierDoor.TERM).handle((answer, _) -> answer == null ? null : heard(answer));
    }

    private CompletableFuture<HttpResponse<byte[]>> get(MemberAddress master, String path) {
        var request = HttpRequest.newBuilder(URI.create("http://" + master.httpAuthority() + path))
                .timeout(ANSWER_MAX)
                .GET()
                .build();
        return client().sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), ANSWER_BYTES_MAX));
    }

    private static @Nullable Heard heard(HttpResponse<byte[]> answer) {
        try {
            var said = MAPPER.readTree(answer.body());
            return answer.statusCode() == 200 && said.path("term").isIntegralNumber()
                    ? new Heard(
                            said.path("member").asText(),
                            said.path("group").asText(),
                            said.path("term").longValue())
                    : null;
        } catch (IOException notJson) {
            return null;
        }
    }

    private HttpClient client() {
        lock.lock();
        try {
            if (client == null) {
                client = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(ANSWER_MAX)
                        .executor(Thread::startVirtualThread)
                        .build();
            }
            return client;
        } finally {
            lock.unlock();
        }
    }

    private static Barrier barrier(
            MemberAddress leader, @Nullable HttpResponse<byte[]> answer, @Nullable Throwable fault) {
        if (answer == null) {
            return new Barrier.Failed("the leader at " + leader.httpAuthority() + " did not answer: " + fault);
        }
        if (answer.statusCode() != 200) {
            return new Barrier.NotLeader(null);
        }
        try {
            var index = MAPPER.readTree(answer.body()).path("index");
            return index.isIntegralNumber()
                    ? new Barrier.Reached(index.longValue())
                    : new Barrier.Failed("the leader at " + leader.httpAuthority() + " told no index");
        } catch (JsonProcessingException notJson) {
            return new Barrier.Failed("the leader at " + leader.httpAuthority() + " answered what is not JSON: "
                    + notJson.getOriginalMessage());
        } catch (IOException unreadable) {
            return new Barrier.Failed("the answer of the leader at " + leader.httpAuthority() + ": " + unreadable);
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (client != null) {
                client.shutdownNow();
            }
        } finally {
            lock.unlock();
        }
    }
}
