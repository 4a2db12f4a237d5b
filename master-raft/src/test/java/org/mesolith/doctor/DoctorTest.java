package org.mesolith.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mesolith.doctor.Finding.Verdict;
import org.mesolith.log.ClusterStatus;
import org.mesolith.log.MemberAddress;
import org.mesolith.log.MemberStatus;

final class DoctorTest {
    private static final MemberAddress A = new MemberAddress("a", "a", 5060, 5050);
    private static final MemberAddress B = new MemberAddress("b", "b", 5060, 5050);
    private static final MemberAddress C = new MemberAddress("c", "c", 5060, 5050);

    private final HandQueue queue = new HandQueue();
    private final FakeMaster master = new FakeMaster();
    private long clockMovedMillis;
    private final Doctor doctor = new Doctor(master, queue, () -> queue.now().toEpochMilli() + clockMovedMillis);

    /** A leader of three whose machine a test sets. */
    private static final class FakeMaster implements Patient {
        long flush = 1_000;
        long openFiles = 100;
        long freeBytes = 1L << 40;
        boolean leads = true;
        Duration followerSilence = Duration.ofMillis(20);
        int visits;
        final List<String> handovers = new ArrayList<>();

        @Override
        public ClusterStatus status() {
            return new ClusterStatus(
                    A,
                    3,
                    leads,
                    leads ? A : B,
                    List.of(
                            member(A, leads ? MemberStatus.Role.LEADER : MemberStatus.Role.FOLLOWER),
                            member(B, MemberStatus.Role.FOLLOWER),
                            member(C, MemberStatus.Role.FOLLOWER)),
                    null);
        }

        private MemberStatus member(MemberAddress address, MemberStatus.Role role) {
            return new MemberStatus(address, role, 9, 9, 0, Duration.ZERO, followerSilence);
        }

        @Override
        public long flushMicros() {
            return flush;
        }

        @Override
        public Vitals machine() {
            return new Vitals(-1, -1, 0, freeBytes, 1L << 41, openFiles, 65_536, 10, 100, 10, Duration.ZERO);
        }

        @Override
        public Neighbour neighbour(MemberAddress other) {
            visits++;
            return new Neighbour(other.member(), other.httpAuthority(), null, 0L, 1, 900);
        }

        @Override
        public Facts facts() {
            return new Facts(1L << 30, 3, 3, false, new Backup(Duration.ofDays(100_000), Instant.EPOCH, 0), null);
        }

        @Override
        public void handOver(String why) {
            handovers.add(why);
        }
    }

    private Finding finding(String check) {
        return doctor.last().findings().stream()
                .filter(each -> each.check().equals(check))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aHealthyMasterIsFoundWellEveryTenSecondsAndItsNeighboursOnceAMinute() {
        doctor.start();
        var first = doctor.last();
        queue.pass(Duration.ofSeconds(61));

        assertThat(first.findings()).isNotEmpty();
        assertThat(doctor.last().at()).isAfter(first.at());
        assertThat(doctor.last().findings().stream()
                        .filter(each -> each.verdict() != Verdict.OK)
                        .toList())
                .isEmpty();
        assertThat(master.visits).isEqualTo(2 * 2);
    }

    @Test
    void aSlowDiskIsTold() {
        master.flush = 60_000;
        doctor.start();

        assertThat(finding("flush").verdict()).isEqualTo(Verdict.WARN);
        assertThat(finding("flush").what()).contains("median 60.0 ms");
        assertThat(doctor.last().verdict()).isEqualTo(Verdict.WARN);
    }

    @Test
    void aLeaderWhoseDiskIsMuchSlowerThanTheOthersHandsOverOnceInTenMinutes() {
        master.flush = 900_000;
        doctor.start();

        queue.pass(Duration.ofSeconds(30));
        assertThat(master.handovers).isEmpty();
        queue.pass(Duration.ofMinutes(2));
        assertThat(master.handovers).hasSize(1).first().asString().contains("a flush of the disk takes 900 ms");
        queue.pass(Duration.ofMinutes(9));
        assertThat(master.handovers).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void aFollowerWithASlowDiskHasNothingToHandOver() {
        master.flush = 900_000;
        master.leads = false;
        doctor.start();
        queue.pass(Duration.ofMinutes(5));

        assertThat(master.handovers).isEmpty();
        assertThat(finding("flush").verdict()).isEqualTo(Verdict.BAD);
    }

    @Test
    void aDiskThatTakesNoFlushIsBad() {
        master.flush = -1;
        doctor.start();

        assertThat(finding("flush").verdict()).isEqualTo(Verdict.BAD);
    }

    @Test
    void fileHandlesThatRunOutAreToldBeforeTheyHave() {
        master.openFiles = 50_000;
        doctor.start();
        assertThat(finding("open files").verdict()).isEqualTo(Verdict.WARN);

        master.openFiles = 62_000;
        queue.pass(Duration.ofSeconds(10));
        assertThat(finding("open files").verdict()).isEqualTo(Verdict.BAD);
    }

    @Test
    void aLeaderThatNoClientCanReachHandsOver() {
        master.openFiles = 65_000;
        doctor.start();
        queue.pass(Duration.ofSeconds(30));

        assertThat(master.handovers).hasSize(1).first().asString().contains("no client can connect");
    }

    @Test
    void aClockThatWasSetIsTold() {
        doctor.start();
        clockMovedMillis = -90_000;
        queue.pass(Duration.ofSeconds(10));

        assertThat(finding("own clock").verdict()).isEqualTo(Verdict.WARN);
        assertThat(finding("own clock").what()).contains("-90000 ms");
        assertThat(doctor.last().vitals().clockJump()).isEqualTo(Duration.ofSeconds(-90));
    }

    @Test
    void aFollowerThatFellSilentIsBad() {
        master.followerSilence = Duration.ofSeconds(40);
        doctor.start();

        assertThat(finding("pace of b:5050").verdict()).isEqualTo(Verdict.BAD);
        assertThat(finding("pace of b:5050").advice()).contains("meso cluster replace");
    }

    @Test
    void aDiskThatFillsIsToldBeforeAnythingIsRefused() {
        master.freeBytes = 150L << 30;
        doctor.start();
        assertThat(finding("disk space").verdict()).isEqualTo(Verdict.WARN);

        master.freeBytes = 90L << 30;
        queue.pass(Duration.ofSeconds(10));
        assertThat(finding("disk space").verdict()).isEqualTo(Verdict.BAD);
    }
}
