package org.mesolith.raft;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.mesolith.base.Check;
import org.mesolith.log.Barrier;
import org.mesolith.log.ClusterControl.Bootstrap;
import org.mesolith.log.MemberAddress;
import org.mesolith.log.PeerTerms;
import org.mesolith.log.Proposal;
import org.mesolith.log.Proposed;
import org.mesolith.model.Weight;
import org.mesolith.state.Actor;
import org.mesolith.state.Envelope;
import org.mesolith.state.Origin;
import org.mesolith.state.Outcome;
import org.mesolith.state.QuotaCommand;
import org.mesolith.state.Reason;

/** Real members in this process, on loopback, each in a directory of its own. Not for many threads. */
final class TestGroup implements AutoCloseable {
    static final RatisSettings.Elections FAST =
            new RatisSettings.Elections(Duration.ofSeconds(2), Duration.ofSeconds(4), false);

    /** One place in the group: its directory and ports stay when the member is closed and opened again. */
    static final class Place {
        final Path dir;
        final int raftPort;
        final int httpPort;
        Recorder recorder = new Recorder();

        @Nullable
        RaftMember member;

        Place(Path dir, int raftPort, int httpPort) {
            this.dir = dir;
            this.raftPort = raftPort;
            this.httpPort = httpPort;
        }

        RaftMember member() {
            return Check.present(member, "a running member");
        }

        boolean ready() {
            return member != null && recorder.readyTerm != 0;
        }
    }

    private static final Set<Integer> GIVEN_PORTS = ConcurrentHashMap.newKeySet();

    final List<Place> places = new ArrayList<>();
    final String clusterId = "test-cluster";
    final String groupId = UUID.randomUUID().toString();
    private final RatisSettings.Elections elections;
    private final RatisSettings.SnapshotRules snapshots;
    Duration digestEvery = Duration.ZERO;
    RatisSettings.DiskRules disk = new RatisSettings.DiskRules(1, 1 << 20, 1, Duration.ofMillis(200));

    TestGroup(Path root, int size, RatisSettings.Elections elections, RatisSettings.SnapshotRules snapshots)
            throws IOException {
        this.elections = elections;
        this.snapshots = snapshots;
        for (int number = 0; number < size; number++) {
            places.add(new Place(root.resolve("m" + number), freePort(), freePort()));
        }
    }

    /** Three members that know each other and have a leader. */
    static TestGroup three(Path root) throws Exception {
        return three(root, FAST, RatisSettings.SnapshotRules.DEFAULT);
    }

    static TestGroup three(Path root, RatisSettings.Elections elections, RatisSettings.SnapshotRules snapshots)
            throws Exception {
        var group = new TestGroup(root, 3, elections, snapshots);
        try {
            group.openAll();
            group.bootstrap();
            group.leader();
            return group;
        } catch (Exception | Error failed) {
            group.close();
            throw failed;
        }
    }

    /**
     * Below the range from which the system takes ports of its own accord, so that nobody takes it in between; never
     * the same one twice in a process.
     */
    private static int freePort() throws IOException {
        for (int tries = 0; tries < 100; tries++) {
            int port = ThreadLocalRandom.current().nextInt(10_000, 32_000);
            if (isFree(port) && GIVEN_PORTS.add(port)) {
                return port;
            }
        }
        throw new IOException("no free port in 100 tries");
    }

    private static boolean isFree(int port) throws IOException {
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (BindException taken) {
            return false;
        }
    }

    RatisSettings settings(Place place) {
        return new RatisSettings(
                place.dir,
                "127.0.0.1",
                place.raftPort,
                "127.0.0.1",
                place.raftPort,
                place.httpPort,
                elections,
                snapshots,
                disk,
                RatisSettings.JournalRules.DEFAULT,
                digestEvery);
    }

    void openAll() throws Exception {
        for (var place : places) {
            open(place);
        }
    }

    void open(Place place) throws Exception {
        place.recorder = new Recorder();
        var member = RaftMember.open(settings(place), place.recorder, place.recorder);
        place.member = member;
        try {
            member.start();
        } catch (StartRefused refused) {
            member.closeNow();
            place.member = null;
            throw refused;
        }
    }

    List<MemberAddress> founders() {
        return places.stream().map(place -> place.member().self()).sorted().toList();
    }

    void bootstrap() throws Exception {
        var founders = founders();
        var answers = new ArrayList<CompletableFuture<Bootstrap>>();
        for (var place : places) {
            answers.add(place.member().cluster().bootstrap(clusterId, groupId, founders));
        }
        for (var answer : answers) {
            Check.that(Wait.forIt(answer) instanceof Bootstrap.Done, "bootstrap refused: " + answer.join());
        }
    }

    /** Waits for the one that leads and is ready. */
    Place leader() {
        Wait.until(
                "a ready leader; "
                        + places.stream().map(place -> place.recorder.ends).toList(),
                () -> places.stream().anyMatch(Place::ready));
        return places.stream().filter(Place::ready).findFirst().orElseThrow();
    }

    /** One that is open and does not lead. */
    Place follower() {
        return places.stream()
                .filter(place -> place.member != null && !place.ready())
                .findFirst()
                .orElseThrow();
    }

    /** What this member says of its term, as its HTTP door would; null when it is not there. */
    CompletableFuture<PeerTerms.@Nullable Heard> term(MemberAddress peer) {
        var heard = places.stream()
                .filter(place ->
                        place.member != null && place.member().self().member().equals(peer.member()))
                .findFirst()
                .map(place -> place.member()
                        .reads(_ -> CompletableFuture.completedFuture(new Barrier.Failed("not asked")))
                        .heard())
                .orElse(null);
        return CompletableFuture.completedFuture(heard);
    }

    /** Ends a member as suddenly as one process allows: sockets close, nothing is handed over. */
    void drop(Place place) {
        place.member().closeNow();
        place.member = null;
        place.recorder.readyTerm = 0;
    }

    static Proposal weight(long term, String role, double weight) {
        return new Proposal(
                new Envelope(Actor.operator("test"), Origin.HTTP, null, Instant.now(), term),
                new QuotaCommand.SetWeights(List.of(Weight.of(role, weight))));
    }

    /** Sets a weight at whoever leads; again when the leader was lost meanwhile, which does no harm. */
    Proposed.Decided set(String role, double weight) throws Exception {
        long until = System.nanoTime() + Wait.LONG.toNanos();
        Proposed last;
        do {
            var leader = leader();
            last = Wait.forIt(leader.member().log().propose(weight(leader.recorder.readyTerm, role, weight)));
            if (last instanceof Proposed.Decided decided && !stale(decided)) {
                return decided;
            }
        } while (System.nanoTime() - until < 0);
        throw new AssertionError("not decided: " + last);
    }

    private static boolean stale(Proposed.Decided decided) {
        return decided.outcome() instanceof Outcome.Rejected rejected && rejected.reason() == Reason.STALE_TERM;
    }

    /** Waits until every open member has applied what the leader has. */
    void settle() {
        long applied = leader().member().registry().at().index();
        Wait.until(
                "all members at " + applied,
                () -> places.stream()
                        .filter(place -> place.member != null)
                        .allMatch(place -> place.member().registry().at().index() >= applied));
    }

    @Override
    public void close() {
        for (var place : places) {
            var member = place.member;
            if (member != null) {
                member.closeNow();
            }
        }
    }
}
