package org.mesolith.master;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.mesolith.base.AtOnce;
import org.mesolith.base.Halt;
import org.mesolith.base.ThreadQueue;
import org.mesolith.log.MemberAddress;
import org.mesolith.log.MemberStatus;
import org.mesolith.raft.RaftMember;
import org.mesolith.raft.StartRefused;
import org.mesolith.state.FeatureLevel;
import org.mesolith.state.row.KnownMember;

/**
 * What a member has to settle with the others besides consensus: before it takes part, whether its data directory is
 * what they know of it; from then on, that they know where it is and that nobody else uses its identity.
 */
final class Introduction implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger("org.mesolith.master");
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static final Duration ASK_MAX = Duration.ofMillis(1_500);

    /** After a power cut all start together: an answer of one other is waited for, but not for ever. */
    private static final Duration START_MAX = Duration.ofSeconds(3);

    private static final Duration PAUSE = Duration.ofMillis(100);

    private static final Duration EVERY = Duration.ofSeconds(1);

    private final RaftMember member;
    private final String zone;
    private final BiConsumer<Halt.Code, String> ending;
    private final DeadMembers dead;
    private final KeptMasters kept;
    private final ThreadQueue queue;

    /** Took part when they answered: one that has just been started does not know yet what its log says. */
    private final Set<String> answered = new TreeSet<>();

    private final Set<String> heard = new TreeSet<>();
    private volatile boolean closed;

    /** @param ending ends the process */
    Introduction(
            RaftMember member, String zone, DeadMembers dead, KeptMasters kept, BiConsumer<Halt.Code, String> ending) {
        this.member = member;
        this.zone = zone;
        this.dead = dead;
        this.kept = kept;
        this.ending = ending;
        this.queue = new ThreadQueue(
                "introduction",
                fault -> ending.accept(Halt.Code.DEFECT, "looking at the other masters failed: " + fault));
    }

    /**
     * Asks the others before this member takes part. Blocks up to some seconds.
     *
     * @throws StartRefused when one of them knows better
     */
    void check() throws StartRefused {
        if (member.clusterId() == null) {
            return;
        }
        long until = System.nanoTime() + START_MAX.toNanos();
        var asked = others();
        asked.addAll(kept.kept());
        asked.remove(member.self().httpAuthority());
        while (!asked.isEmpty()) {
            var refusal = refusal(asked);
            if (refusal != null) {
                throw new StartRefused(refusal.code(), refusal.why());
            }
            if (!heard.isEmpty() || System.nanoTime() - until >= 0) {
                // A copy of this directory that is started from now on shall ask here, whatever state it finds in it.
                kept.keep(withSelf(asked));
                // Before it votes: whoever becomes the leader must find it.
                asked.retainAll(heard); // Whoever is silent now would be so then; it is told later.
                tell(own(member.registry().membership().member(member.self().member())), asked);
                return;
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    /** That this member runs elsewhere says more than that this directory is behind it: everybody is asked first. */
    private SelfCheck.@Nullable Refusal refusal(Set<String> asked) {
        SelfCheck.Refusal found = null;
        for (var answer : answers(asked).entrySet()) {
            var refusal = judge(answer.getKey(), answer.getValue(), true);
            if (refusal != null && (found == null || refusal.code() == Halt.Code.DATA_IN_USE)) {
                found = refusal;
            }
        }
        return found;
    }

    /** From now on: looks every now and then. */
    void start() {
        queue.runAfter(EVERY, this::look);
    }

    private void look() {
        if (closed) {
            return;
        }
        if (member.clusterId() != null) {
            // Each is asked once: one that was down at our start may be the one that knows better.
            var unasked = others();
            unasked.removeAll(answered);
            for (var answer : answers(unasked).entrySet()) {
                var refusal = judge(answer.getKey(), answer.getValue(), false);
                if (refusal != null) {
                    ending.accept(refusal.code(), refusal.why());
                }
            }
            kept.keep(withSelf(others()));
            report();
            dead.look();
        }
        queue.runAfter(EVERY, this::look);
    }

    /** Where other masters may answer; a place where this member was before is asked too, a copy may run there. */
    private SortedSet<String> others() {
        var others = new TreeSet<String>();
        for (var known : member.registry().membership().members()) {
            if (!known.isRemoved()) {
                others.add(address(known).httpAuthority());
            }
        }
        member.cluster()
                .status()
                .members()
                .forEach(voter -> others.add(voter.address().httpAuthority()));
        member.founders().forEach(founder -> others.add(founder.httpAuthority()));
        others.addAll(kept.named());
        others.remove(member.self().httpAuthority());
        return others;
    }

    private Set<String> withSelf(Set<String> others) {
        var all = new TreeSet<>(others);
        all.add(member.self().httpAuthority());
        return all;
    }

    private static MemberAddress address(KnownMember known) {
        return new MemberAddress(known.id(), known.host(), known.raftPort(), known.httpPort());
    }

    /** What they say; who does not answer is not in it. All are asked at the same time: one may be silent. */
    private static SortedMap<String, JsonNode> answers(Set<String> asked) {
        var answers = new ConcurrentSkipListMap<String, JsonNode>();
        AtOnce.each(asked, other -> {
            try {
                answers.put(other, OtherMasters.ask(other, ASK_MAX));
            } catch (IOException | IllegalArgumentException silent) {
                LOG.log(System.Logger.Level.DEBUG, "no answer of " + other, silent);
            }
        });
        return answers;
    }

    private SelfCheck.@Nullable Refusal judge(String other, JsonNode answer, boolean starting) {
        heard.add(other);
        if (!answer.path("role").asText().equals(MemberStatus.Role.STARTING.name())) {
            answered.add(other);
        }
        return new SelfCheck(
                        member.self().member(),
                        new SelfCheck.Group(
                                String.valueOf(member.clusterId()),
                                String.valueOf(member.groupId()),
                                member.registry().cluster().epoch()),
                        member.life(),
                        member.logEnd())
                .refusal(other, answer, starting);
    }

    /** Sees to it that the replicated state says where this member is. */
    private void report() {
        var registry = member.registry();
        if (member.cluster().status().leader() == null) {
            // They may have moved all at once: then nobody can be elected before each knows where the others are.
            tell(own(registry.membership().member(member.self().member())), others());
        }
        if (!registry.featureLevel().includes(FeatureLevel.MEMBERSHIP)) {
            return;
        }
        var self = member.self();
        var known = registry.membership().member(self.member());
        if (known != null && (known.isRemoved() || known.life() > member.life())) {
            ending.accept(
                    known.isRemoved() ? Halt.Code.REFUSED : Halt.Code.DATA_IN_USE,
                    known.isRemoved()
                            ? "this member was removed from the cluster; it does not come back with this data directory"
                            : "a copy of this data directory was started at "
                                    + address(known).httpAuthority()
                                    + ", later than this process: two may not have one identity");
            return;
        }
        var own = own(known);
        if (own.equals(known)) {
            return;
        }
        tell(own, others());
        tellSelf(own);
    }

    private KnownMember own(@Nullable KnownMember known) {
        var self = member.self();
        var token = known == null ? "" : known.token();
        return new KnownMember(
                self.member(), self.host(), self.raftPort(), self.httpPort(), zone, member.life(), token, null);
    }

    /** The leader is told by its own door, too: there it becomes a command. */
    private void tellSelf(KnownMember own) {
        var leader = member.cluster().status().leader();
        if (leader == null || !leader.member().equals(own.id())) {
            return;
        }
        try {
            OtherMasters.post(leader.httpAuthority(), "/raft/record", body(own), ASK_MAX);
        } catch (IOException later) {
            LOG.log(System.Logger.Level.DEBUG, "this member did not hear itself", later);
        }
    }

    /** Everybody is told: a member that has moved hears of no leader, which still looks for it where it was. */
    private void tell(KnownMember own, Set<String> masters) {
        AtOnce.each(masters, master -> {
            try {
                int status = OtherMasters.post(master, "/raft/record", body(own), ASK_MAX);
                LOG.log(System.Logger.Level.DEBUG, master + " was told where this member is: " + status);
            } catch (IOException | IllegalArgumentException later) {
                LOG.log(System.Logger.Level.DEBUG, master + " was not told where this member is", later);
            }
        });
    }

    private static byte[] body(KnownMember own) throws IOException {
        var address = address(own);
        var body = MAPPER.createObjectNode();
        body.putObject("member")
                .put("id", own.id())
                .put("raft_address", address.raftAuthority())
                .put("http_address", address.httpAuthority())
                .put("zone", own.zone())
                .put("life", own.life());
        return MAPPER.writeValueAsBytes(body);
    }

    @Override
    public void close() {
        closed = true;
        queue.close();
    }
}
