package org.mesolith.http;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.mesolith.log.Barrier;
import org.mesolith.log.MemberReads;
import org.mesolith.wire.HttpAnswer;
import org.mesolith.wire.HttpRequest;

/** {@code GET /raft/barrier}: tells masters that follow which index of the log a read that comes now must have seen. */
public final class BarrierDoor {
    public static final String PATH = "/raft/barrier";

    private final MemberReads reads;

    BarrierDoor(MemberReads reads) {
        this.reads = reads;
    }

    HttpAnswer answer(HttpRequest request) {
        if (!request.method().equals("GET")) {
            return HttpAnswer.text(405, "Expecting GET").with("Allow", "GET");
        }
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
