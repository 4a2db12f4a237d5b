package org.mesolith.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.mesolith.access.Authenticator.Realm;
import org.mesolith.api.LinkMessage;
import org.mesolith.base.Limits;
import org.mesolith.codec.OperatorCodec;
import org.mesolith.codec.SchedulerCodec;
import org.mesolith.codec.body.CodecLimits;
import org.mesolith.codec.legacy.LegacyCalls;
import org.mesolith.http.CallPath.Who;
import org.mesolith.leader.LeaderCalls;
import org.mesolith.log.JournalReads;
import org.mesolith.log.MemberReads;
import org.mesolith.model.Action;
import org.mesolith.pages.HelpPage;
import org.mesolith.pages.SystemPage;
import org.mesolith.wire.HttpAnswer;
import org.mesolith.wire.HttpHandler;
import org.mesolith.wire.HttpRequest;

/** Which path goes where; every path is also served below {@code /master}. One line per door, no logic. */
public final class Routes implements HttpHandler {
    private static final System.Logger LOG = System.getLogger(Routes.class.getName());

    private static final String PREFIX = "/master";

    private static final HelpPage HELP = HelpPage.read("master", Routes.class, "master-help.tsv");

    private final LeaderCalls leader;
    private final SchedulerDoor scheduler;
    private final OperatorDoor operator;
    private final Pages pages;
    private final RaftPage raft;
    private final MembersDoor members;
    private final AdmissionDoor admission;
    private final UpgradeDoor upgrade;
    private final DoctorDoor doctor;
    private final ExplainDoor explain;
    private final DrainDoor drain;
    private final ReservationsDoor reservations;
    private final DeclarationDoor declarations;
    private final LegacyDoor legacy;
    private final LegacyWrites legacyWrites;
    private final Gate gate;
    private final LogDoor log;
    private final Links links;
    private final @Nullable BackupDoor backup;
    private final @Nullable BarrierDoor barrier;
    private final Duration patience;
    private final Semaphore waits = new Semaphore(Limits.CALLS_WAIT_FOR_LEADER_MAX);
    private final @Nullable EventsDoor events;
    private final @Nullable AuditDoor audit;

    private Routes(
            LeaderCalls leader,
            SchedulerDoor scheduler,
            OperatorDoor operator,
            Pages pages,
            RaftPage raft,
            AdmissionDoor admission,
            MemberCalls memberCalls,
            ExplainDoor explain,
            LegacyDoor legacy,
            LegacyWrites legacyWrites,
            LogDoor log,
            Access access) {
        this.leader = leader;
        this.scheduler = scheduler;
        this.operator = operator;
        this.pages = pages;
        this.raft = raft;
        this.admission = admission;
        this.members = new MembersDoor(memberCalls, admission);
        this.upgrade = new UpgradeDoor(raft.group(), memberCalls);
        this.doctor = new DoctorDoor(raft.group());
        this.explain = explain;
        this.drain = new DrainDoor(leader, access.gate());
        this.reservations = new ReservationsDoor(leader, access.gate());
        this.declarations = new DeclarationDoor(leader, access.gate());
        this.legacy = legacy;
        this.legacyWrites = legacyWrites;
        this.gate = access.gate();
        this.links = access.links();
        this.log = log;
        var copies = access.copies();
        this.backup = copies == null ? null : new BackupDoor(copies, gate);
        var reads = access.reads();
        this.barrier = reads == null ? null : new BarrierDoor(reads);
        this.patience = access.patience();
        var journal = access.journal();
        this.events = journal == null ? null : new EventsDoor(journal, reads, gate);
        this.audit = journal == null || reads == null ? null : new AuditDoor(journal, reads, gate);
    }

    /** How an agent's request for a link is answered by a master that leads. */
    @FunctionalInterface
    public interface Links {
        /** @param principal whose credentials the agent gave; null when it was not asked */
        HttpAnswer upgrade(@Nullable String principal);
    }

    /**
     * Who is let in, where agents go, and what is handed out and taken in of the registry as a whole.
     *
     * @param patience how long a call waits for a leader during a change
     */
    public record Access(
            Gate gate,
            Links links,
            BackupDoor.@Nullable Sides copies,
            @Nullable MemberReads reads,
            @Nullable JournalReads journal,
            Duration patience) {
        /** Without a log of one's own and without waiting, as in a simulation. */
        public Access(Gate gate, Links links) {
            this(gate, links, null, null, null, Duration.ZERO);
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
            samples.addAll(replies.samples());
            return samples;
        };
        var memberCalls = new MemberCalls(group, access.gate());
        return new Routes(
                leader,
                new SchedulerDoor(
                        leader,
                        streams,
                        new SchedulerCodec(CodecLimits.DEFAULT),
                        access.gate().authenticator()),
                new OperatorDoor(
                        leader,
                        codec,
                        replies,
                        about,
                        all,
                        new WatchDoor(leader, streams.operators(), replies, codec, access.gate()),
                        access),
                new Pages(leader, about, all),
                new RaftPage(group, about.version()),
                new AdmissionDoor(group, memberCalls),
                memberCalls,
                new ExplainDoor(leader, access.gate()),
                new LegacyDoor(leader, replies, about, access.gate()),
                new LegacyWrites(leader, new LegacyCalls(codec, CodecLimits.DEFAULT), access.gate()),
                new LogDoor(about.log(), access.gate()),
                access);
    }

    @Override
    public HttpAnswer answer(HttpRequest request) throws InterruptedException {
        var path = route(request.path());
        long until = System.nanoTime() + patience.toNanos();
        var standing = leader.standing();
        var answer = answer(request, path);
        // During a change of the leader a call waits here for the new one, and is then performed or sent there.
        while (Problems.isTooEarly(answer) && !isHurried(path)) {
            long left = Math.min(
                    until - System.nanoTime(), request.deadline().remaining().toNanos());
            if (left <= 0 || !waits.tryAcquire()) {
                break;
            }
            try {
                leader.awaitSettled(standing, Duration.ofNanos(left));
            } finally {
                waits.release();
            }
            standing = leader.standing();
            answer = answer(request, path);
        }
        note(request, answer);
        return Jsonp.wrap(request, answer);
    }

    /**
     * Agents look elsewhere meanwhile. Masters tell each other where they are so that there can be a leader: if each
     * that has just been started waited for the others' answer, there would be none for as long.
     */
    private static boolean isHurried(String path) {
        return path.equals(LinkMessage.PATH) || path.equals(AdmissionDoor.RECORD);
    }

    /** For whoever wants to know who calls: nothing of it is logged unless the level was raised. */
    private static void note(HttpRequest request, HttpAnswer answer) {
        LOG.log(
                System.Logger.Level.DEBUG,
                () -> request.method() + " " + request.path() + " from "
                        + request.remoteAddress().getAddress().getHostAddress() + ": " + answer.status());
    }

    private HttpAnswer answer(HttpRequest request, String path) throws InterruptedException {
        if (raft.mustWait(path)) {
            return Problems.later("This master has just been started: it asks the other masters about itself before it"
                    + " takes part. Ask again in a moment.");
        }
        if (backup != null && BackupDoor.serves(path)) {
            return backup.answer(request, path);
        }
        if (barrier != null && BarrierDoor.serves(path)) {
            return barrier.answer(request, path);
        }
        if (LogDoor.serves(path)) {
            return log.answer(request, path);
        }
        if (LegacyWrites.takes(request, path)) {
            return legacyWrites.answer(request, path);
        }
        if (LegacyDoor.serves(path)) {
            return legacy.answer(request, path);
        }
        if (events != null && path.equals(EventsDoor.PATH)) {
            return events.answer(request);
        }
        if (audit != null && path.equals(AuditDoor.PATH)) {
            return audit.answer(request);
        }
        if (HelpPage.serves(path)) {
            return get(request, () -> HELP.answer(path, request.query()));
        }
        return switch (path) {
            case "/api/v1/scheduler" -> scheduler.answer(request);
            case "/api/v1" -> operator.answer(request);
            case "/health" -> get(request, pages::health);
            case "/version" -> get(request, pages::version);
            case SystemPage.PATH -> get(request, SystemPage::answer);
            case "/flags" -> flags(request);
            case "/metrics" -> shown(request, path, pages::prometheus);
            case "/metrics/snapshot" -> shown(request, path, () -> pages.snapshot(request));
            case "/redirect" -> pages.redirect(request);
            case DoctorDoor.PATH -> shown(request, path, doctor::show);
            case "/raft" -> shown(request, path, raft::show);
            case "/raft/init" -> initialise(request, path);
            case MembersDoor.CHANGE -> members.change(request);
            case MembersDoor.TRANSFER -> members.transfer(request);
            case UpgradeDoor.FINALIZE -> upgrade.finish(request);
            case AdmissionDoor.TOKEN -> admission.token(request);
            case AdmissionDoor.ADMIT -> admission.admit(request);
            case AdmissionDoor.JOIN -> admission.join(request);
            case AdmissionDoor.RECORD ->
                // Masters ask each other before they take part, and have no names of their own.
                request.method().equals("GET") ? raft.show() : admission.record(request);
            case AdmissionDoor.RETIRE -> admission.retire(request);
            case ExplainDoor.OFFERS,
                    ExplainDoor.TASK,
                    ExplainDoor.AGENT,
                    ExplainDoor.ROLE,
                    ExplainDoor.RESERVATION,
                    ExplainDoor.DRAIN,
                    ExplainDoor.CONSTRAINTS,
                    ExplainDoor.WHAT_IF -> explain.answer(request, path);
            case DrainDoor.PLANS, DrainDoor.STEER -> drain.answer(request, path);
            case ReservationsDoor.ALL, ReservationsDoor.PLAN, ReservationsDoor.NOTE, ReservationsDoor.RELEASE ->
                reservations.answer(request, path);
            case DeclarationDoor.KNOWN, DeclarationDoor.OBJECTS, DeclarationDoor.PLAN, DeclarationDoor.APPLY ->
                declarations.answer(request, path);
            case LinkMessage.PATH -> link(request);
            default ->
                HttpAnswer.text(404, "Nothing is served at " + request.path() + "; docs/http.md lists the paths");
        };
    }

    /** The path without the prefix of old clients. */
    static String route(String path) {
        return path.startsWith(PREFIX + "/") ? path.substring(PREFIX.length()) : path;
    }

    private static HttpAnswer get(HttpRequest request, Supplier<HttpAnswer> page) {
        boolean reads = request.method().equals("GET") || request.method().equals("HEAD");
        return reads ? page.get() : HttpAnswer.text(405, "Expecting GET").with("Allow", "GET");
    }

    private HttpAnswer shown(HttpRequest request, String path, Supplier<HttpAnswer> page) {
        var refusal = gate.refusal(request, Realm.READER, path);
        return refusal != null ? refusal : get(request, page);
    }

    private HttpAnswer flags(HttpRequest request) {
        return switch (gate.who(request, Realm.READER)) {
            case Who.Refused(var answer) -> answer;
            case Who.Passed(var principal) -> {
                var refusal = gate.refusal(principal, Action.VIEW_FLAGS, null, "the flags of a master");
                yield refusal != null ? refusal : get(request, pages::flags);
            }
        };
    }

    private HttpAnswer initialise(HttpRequest request, String path) throws InterruptedException {
        var refusal = gate.refusal(request, Realm.OPERATOR, path);
        return refusal != null ? refusal : raft.initialise(request);
    }

    private HttpAnswer link(HttpRequest request) {
        return switch (gate.who(request, Realm.AGENT)) {
            case Who.Refused(var answer) -> answer;
            case Who.Passed(var principal) -> {
                var elsewhere = Problems.unlessLeading(leader.standing(), request);
                var refusal = gate.refusal(principal, Action.REGISTER_AGENT, null, "any agent");
                yield elsewhere != null ? elsewhere : refusal != null ? refusal : links.upgrade(principal);
            }
        };
    }
}
