package org.mesolith.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.ratis.server.protocol.TermIndex;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.mesolith.log.MemberAddress;

/** The order in which the members that are left stand, with hands that only take note. */
final class DeadProcessWatchdogTest {
    private static final MemberAddress SELF = new MemberAddress("m", "127.0.0.1", 1, 2);
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    /** A group of which this member sees what the test says. */
    private static final class Hands implements DeadProcessWatchdog.Hands {
        final AtomicInteger stood = new AtomicInteger();
        final AtomicInteger stoodAgain = new AtomicInteger();
        final AtomicInteger asked = new AtomicInteger();
        final List<String> greeted = new CopyOnWriteArrayList<>();
        volatile @Nullable MemberAddress leader;
        volatile List<DeadProcessWatchdog.Rival> rivals = List.of();
        volatile boolean firstWins;
        final AtomicLong term = new AtomicLong(3);
        /** Whether each look at the term finds that somebody else has stood in between. */
        volatile boolean anotherStands;

        @Override
        public long term() {
            return anotherStands ? term.incrementAndGet() : term.get();
        }

        @Override
        public @Nullable MemberAddress leader() {
            return leader;
        }

        @Override
        public TermIndex lastEntry() {
            return TermIndex.valueOf(3, 100);
        }

        @Override
        public List<DeadProcessWatchdog.Rival> rivals(MemberAddress dead) {
            asked.incrementAndGet();
            return rivals;
        }

        @Override
        public void greet(MemberAddress leader) {
            greeted.add(leader.member());
        }

        @Override
        public boolean stand(MemberAddress dead) {
            stood.incrementAndGet();
            leader = firstWins ? SELF : null;
            return true;
        }

        @Override
        public boolean standAgain() {
            stoodAgain.incrementAndGet();
            leader = SELF;
            return true;
        }
    }

    /** A leader's process: a port that listens until it is closed. */
    private static ServerSocket process() throws IOException {
        return new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
    }

    private static MemberAddress at(ServerSocket process) {
        return new MemberAddress("leader", "127.0.0.1", process.getLocalPort(), 9);
    }

    /** Dies as a process does: the port is closed first, so that a connection tried at once is refused. */
    private static void kill(ServerSocket process) throws IOException {
        var connection = process.accept();
        process.close();
        connection.close();
    }

    @Test
    void theOnlyOneLeftStandsAsSoonAsTheLeadersProcessIsDead() throws Exception {
        var hands = new Hands();
        hands.firstWins = true;
        var process = process();
        hands.leader = at(process);
        try (var watchdog = new DeadProcessWatchdog(SELF, hands, TIMEOUT)) {
            watchdog.start();
            assertThat(hands.stood).hasValue(0);
            kill(process);

            Wait.until("it stands", () -> hands.stood.get() == 1);
            Wait.until("counted", () -> watchdog.elections() == 1);
            assertThat(hands.stoodAgain).hasValue(0);
        }
    }

    @Test
    void followersGreetEachOtherWhileTheLeaderLives() throws Exception {
        var hands = new Hands();
        var process = process();
        hands.leader = at(process);
        try (var watchdog = new DeadProcessWatchdog(SELF, hands, TIMEOUT)) {
            watchdog.start();
            Wait.until("a greeting", () -> !hands.greeted.isEmpty());

            assertThat(hands.greeted).containsOnly(at(process).member());
            assertThat(hands.stood).hasValue(0);
        } finally {
            kill(process);
        }
    }

    @Test
    void oneWithALongerLogGoesFirstAndWinsWithoutARival() throws Exception {
        var hands = new Hands();
        hands.rivals = List.of(new DeadProcessWatchdog.Rival("z", TermIndex.valueOf(3, 101)));
        var process = process();
        hands.leader = at(process);
        try (var watchdog = new DeadProcessWatchdog(SELF, hands, TIMEOUT)) {
            watchdog.start();
            kill(process);
            hands.leader = new MemberAddress("z", "127.0.0.1", 1, 2);

            assertThat(watchdog.elections()).isZero();
            assertThat(hands.stood).hasValue(0);
        }
    }

    @Test
    void aRivalThatDoesNotTakeItsTurnIsOvertaken() throws Exception {
        var hands = new Hands();
        hands.firstWins = true;
        hands.rivals = List.of(new DeadProcessWatchdog.Rival("a", TermIndex.valueOf(3, 100)));
        var process = process();
        hands.leader = at(process);
        try (var watchdog = new DeadProcessWatchdog(SELF, hands, TIMEOUT)) {
            watchdog.start();
            kill(process);

            Wait.until("it stands after all", () -> hands.stood.get() == 1);
        }
    }

    /** At first nobody said how long its log is: answers may come too late on a starved machine. */
    @Test
    void whoIsBehindLeavesTheNextRoundsToTheLongerLogAndStandsAllTheSameWhenNobodyDoes() throws Exception {
        var hands = new Hands();
        hands.rivals = List.of(new DeadProcessWatchdog.Rival("z", TermIndex.valueOf(3, 101)));
        var process = process();
        hands.leader = at(process);
        try (var watchdog = new DeadProcessWatchdog(SELF, hands, TIMEOUT)) {
            watchdog.start();
            kill(process);
            long asked = hands.asked.get();
            Wait.until("it has asked in three rounds", () -> hands.asked.get() >= asked + 3);
            assertThat(hands.stood).hasValue(0);

            Wait.until("it stands after all", () -> hands.stood.get() == 1);
            assertThat(hands.asked.get()).isGreaterThanOrEqualTo(4);
        }
    }

    @Test
    void aLostElectionIsTriedAgain() throws Exception {
        var hands = new Hands();
        var process = process();
        hands.leader = at(process);
        try (var watchdog = new DeadProcessWatchdog(SELF, hands, TIMEOUT)) {
            watchdog.start();
            kill(process);

            Wait.until("it stands again", () -> hands.stoodAgain.get() == 1);
            assertThat(hands.stood).hasValue(1);
        }
    }

    @Test
    void anElectionThatAnotherHasBegunIsNotDisturbed() throws Exception {
        var hands = new Hands();
        hands.anotherStands = true;
        var process = process();
        hands.leader = at(process);
        try (var watchdog = new DeadProcessWatchdog(SELF, hands, TIMEOUT)) {
            watchdog.start();
            kill(process);
            long before = hands.term.get();
            Wait.until("it has looked several times", () -> hands.term.get() > before + 6);

            assertThat(hands.stood).hasValue(0);
            assertThat(hands.stoodAgain).hasValue(0);
            hands.anotherStands = false;
            Wait.until("it stands when the other has given up", () -> hands.stoodAgain.get() == 1);
        }
    }

    /** The rival's election is heard of first. If its log is the shorter one, only this member can win. */
    @Test
    void aLeaderThatARivalsElectionMadeForgottenIsStillWatched() throws Exception {
        var hands = new Hands();
        var process = process();
        hands.leader = at(process);
        try (var watchdog = new DeadProcessWatchdog(SELF, hands, TIMEOUT)) {
            watchdog.start();
            var connection = process.accept();
            hands.leader = null;
            process.close();
            connection.close();

            Wait.until("it stands", () -> hands.stoodAgain.get() == 1);
            // What was forgotten cannot be named as the leader that asks for it.
            assertThat(hands.stood).hasValue(0);
        }
    }

    /** Killed before there was a connection to it. */
    @Test
    void aForgottenLeaderThatRefusesWithoutHavingBeenMetIsDead() throws Exception {
        var hands = new Hands();
        var process = process();
        hands.leader = at(process);
        process.close();
        try (var watchdog = new DeadProcessWatchdog(SELF, hands, TIMEOUT)) {
            watchdog.start();
            Wait.until("it looked", () -> !hands.greeted.isEmpty());
            assertThat(hands.stoodAgain).hasValue(0);
            hands.leader = null;

            Wait.until("it stands", () -> hands.stoodAgain.get() == 1);
        }
    }

    /** Another stood at the same time, with a shorter log: its term ends this lead, and it cannot win itself. */
    @Test
    void aLeadThatIsLostAtOnceIsSoughtAgain() throws Exception {
        var hands = new Hands();
        hands.firstWins = true;
        var process = process();
        hands.leader = at(process);
        try (var watchdog = new DeadProcessWatchdog(SELF, hands, TIMEOUT)) {
            watchdog.start();
            kill(process);
            Wait.until("it leads", () -> SELF.equals(hands.leader));
            hands.leader = null;

            Wait.until("it stands again", () -> hands.stoodAgain.get() == 1);
        }
    }

    @Test
    void aForgottenLeaderWhoseProcessLivesIsNotReplaced() throws Exception {
        var hands = new Hands();
        try (var process = process();
                var watchdog = new DeadProcessWatchdog(SELF, hands, TIMEOUT)) {
            hands.leader = at(process);
            watchdog.start();
            try (var connection = process.accept()) {
                hands.leader = null;
                long greeted = hands.greeted.size();
                Wait.until("it looked on", () -> hands.greeted.size() > greeted + 1);
                assertThat(connection.isConnected()).isTrue();
            }

            assertThat(hands.stood).hasValue(0);
            assertThat(hands.stoodAgain).hasValue(0);
        }
    }

    @Test
    void aProcessThatIsOnlySilentIsNotDead() throws Exception {
        var hands = new Hands();
        try (var process = process();
                var watchdog = new DeadProcessWatchdog(SELF, hands, TIMEOUT)) {
            hands.leader = at(process);
            watchdog.start();
            try (var connection = process.accept()) {
                assertThat(connection.isConnected()).isTrue();
            }
            // Closed, but the port still listens: it connects once more.
            process.accept().close();

            assertThat(hands.stood).hasValue(0);
        }
    }
}
