package org.mesolith.http;

import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.LinkMessage;
import org.mesolith.base.Limits;
import org.mesolith.codec.OperatorCodec;
import org.mesolith.codec.SchedulerCodec;
import org.mesolith.codec.body.CodecLimits;
import org.mesolith.leader.LeaderCalls;
import org.mesolith.log.MemberReads;
import org.mesolith.wire.HttpAnswer;
import org.mesolith.wire.HttpHandler;
import org.mesolith.wire.HttpRequest;

/** Which path goes where; every path is also served below {@code /master}. One line per door, no logic. */
public final class Routes implements HttpHandler {
    private static final String PREFIX = "/master";

    private final LeaderCalls leader;
    private final SchedulerDoor scheduler;
    private final OperatorDoor operator;
    private final Pages pages;
    private final RaftPage raft;
    private final ExplainDoor explain;
    private final Links links;
    private final @Nullable BackupDoor backup;
    private final @Nullable BarrierDoor barrier;

    private Routes(
            LeaderCalls leader,
            SchedulerDoor scheduler,
            OperatorDoor operator,
            Pages pages,
            RaftPage raft,
            ExplainDoor explain,
            Access access) {
        this.leader = leader;
        this.scheduler = scheduler;
        this.operator = operator;
        this.pages = pages;
        this.raft = raft;
        this.explain = explain;
        this.links = access.links();
        var copies = access.copies();
        this.backup = copies == null ? null : new BackupDoor(copies, access.authenticator());
        var reads = access.reads();
        this.barrier = reads == null ? null : new BarrierDoor(reads);
    }

    /** How an agent's request for a link is answered by a master that leads. */
    @FunctionalInterface
    public interface Links {
        HttpAnswer upgrade();
    }

    /** Who is let in, where agents go, and what is handed out and taken in of the registry as a whole. */
    public record Access(
            Authenticator authenticator,
            Links links,
            BackupDoor.@Nullable Sides copies,
            @Nullable MemberReads reads) {
        /** Without a log of one's own, as in a simulation. */
        public Access(Authenticator authenticator, Links links) {
            this(authenticator, links, null, null);
        }
    }

    /** The doors of one master. */
    public static Routes of(
            LeaderCalls leader,
            EventStreams streams,
            About about,
            Numbers metrics,
            RaftPage.Group group,
            Access access) {
        var codec = new OperatorCodec(CodecLimits.DEFAULT);
        var replies = new ReadReplies(codec, Limits.TASKS_SHOWN_MAX);
        Numbers all = within -> {
            var samples = new ArrayList<>(metrics.of(within));
            samples.add(replies.shared());
            return samples;
        };
        return new Routes(
                leader,
                new SchedulerDoor(leader, streams, new SchedulerCodec(CodecLimits.DEFAULT), access.authenticator()),
                new OperatorDoor(leader, codec, replies, about, all, access),
                new Pages(leader, about, all),
                new RaftPage(group, about.version()),
                new ExplainDoor(leader, access.authenticator()),
                access);
    }

    @Override
    public HttpAnswer answer(HttpRequest request) throws InterruptedException {
        var path = route(request.path());
        if (backup != null && BackupDoor.serves(path)) {
            return backup.answer(request, path);
        }
        if (barrier != null && path.equals(BarrierDoor.PATH)) {
            return barrier.answer(request);
        }
        return switch (path) {
            case "/api/v1/scheduler" -> scheduler.answer(request);
            case "/api/v1" -> operator.answer(request);
            case "/health" -> get(request, pages.health());
            case "/version" -> get(request, pages.version());
            case "/flags" -> get(request, pages.flags());
            case "/metrics" -> get(request, pages.prometheus());
            case "/metrics/snapshot" -> get(request, pages.snapshot(request));
            case "/redirect" -> pages.redirect(request);
            case "/raft" -> get(request, raft.show());
            case "/raft/init" -> raft.initialise(request);
            case ExplainDoor.OFFERS -> explain.offers(request);
            case ExplainDoor.TASK -> explain.task(request);
            case ExplainDoor.AGENT -> explain.agent(request);
            case ExplainDoor.ROLE -> explain.role(request);
            case ExplainDoor.RESERVATION -> explain.reservation(request);
            case ExplainDoor.WHAT_IF -> explain.whatIf(request);
            case LinkMessage.PATH -> link(request);
            default ->
                HttpAnswer.text(404, "Nothing is served at " + request.path() + "; docs/http.md lists the paths");
        };
    }

    private static String route(String path) {
        return path.startsWith(PREFIX + "/") ? path.substring(PREFIX.length()) : path;
    }

    private static HttpAnswer get(HttpRequest request, HttpAnswer page) {
        boolean reads = request.method().equals("GET") || request.method().equals("HEAD");
        return reads ? page : HttpAnswer.text(405, "Expecting GET").with("Allow", "GET");
    }

    private HttpAnswer link(HttpRequest request) {
        var elsewhere = Problems.unlessLeading(leader.standing(), request);
        return elsewhere != null ? elsewhere : links.upgrade();
    }
}
