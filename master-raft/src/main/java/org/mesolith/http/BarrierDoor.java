package org.mesolith.http;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.mesolith.log.Barrier;
import org.mesolith.log.MemberReads;
import org.mesolith.wire.HttpAnswer;
import org.mesolith.wire.HttpRequest;

/**
 * What masters ask each other for reads. {@code GET /raft/barrier}: which index of the log a read that comes now must
 * have seen; asked of the leader. {@code GET /raft/term}: the newest term; asked by the leader.
 */
public final class BarrierDoor {
    public static final String PATH = "/raft/barrier";
    public static final String TERM = "/raft/term";

    private final MemberReads reads;

    BarrierDoor(MemberReads reads) {
        this.reads = reads;
    }

    static boolean serves(String path) {
        return path.equals(PATH) || path.equals(TERM);
    }

    HttpAnswer answer(HttpRequest request, String path) {
        if (!request.method().equals("GET")) {
            return HttpAnswer.text(405, "Expecting GET").with("Allow", "GET");
        }
        return path.equals(TERM) ? term() : barrier(request);
    }

    private HttpAnswer term() {
        var heard = reads.heard();
        return JsonText.page(200, json -> {
            json.writeStringField("member", heard.member());
            json.writeStringField("group", heard.group());
            json.writeNumberField("term", heard.term());
        });
    }

    private HttpAnswer barrier(HttpRequest request) {
        return switch (within(reads.barrier(), request)) {
            case Barrier.Reached(var index) ->
                JsonText.page(200, json -> {
                    json.writeNumberField("index", index);
                    json.writeNumberField("term", reads.term());
                });
            case Barrier.NotLeader(var leader) ->
                Problems.redirect(leader == null ? null : leader.httpAuthority(), request);
            case Barrier.Failed(var why) -> Problems.later(why);
        };
    }

    /** Waits for a barrier as long as the call may take. */
    static Barrier within(CompletableFuture<Barrier> barrier, HttpRequest request) {
        return barrier.copy()
                .completeOnTimeout(
                        new Barrier.Failed("The barrier was not reached within the call's deadline; try again."),
                        request.deadline().remaining().toNanos(),
                        TimeUnit.NANOSECONDS)
                .join();
    }
}
