package org.mesolith.cli.chaos.fault.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mesolith.check.history.HistoryWriter;
import org.mesolith.cli.chaos.fault.Aim;
import org.mesolith.cli.chaos.fault.Fault;
import org.mesolith.cli.chaos.fault.Framework;
import org.mesolith.cli.chaos.fault.Ground;
import org.mesolith.cli.chaos.fault.Hurt;
import org.mesolith.cli.chaos.fault.Site;
import org.mesolith.cli.chaos.fault.Victims;
import org.mesolith.process.ClusterProcess;
import org.mesolith.process.Installation;
import org.mesolith.process.Member;
import org.mesolith.process.OsProcess;
import org.mesolith.process.Way;
import org.mesolith.process.fault.OwnNetwork;

/** On clusters that are not started: who would not hear whom. */
final class WireFaultsTest {
    private static final List<String> FIVE = List.of("master-1", "master-2", "master-3", "master-4", "master-5");

    @TempDir
    private Path directory;

    /** What is looked at. */
    private interface Look {
        void at(Site site);
    }

    private void with(int masters, Set<Ground.Need> needs, Look look) throws IOException {
        // Nothing is started.
        Path launcher = directory.resolve("home/bin/meso");
        Files.createDirectories(launcher.getParent());
        if (!Files.exists(launcher)) {
            Files.createFile(
                    launcher, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        var installation = new Installation(directory.resolve("home"));
        try (var history = HistoryWriter.begin(directory.resolve("history"), Map.of());
                var ground = Ground.lay(directory, needs, installation, null);
                var cluster = new ClusterProcess(
                        installation,
                        directory.resolve("cluster"),
                        ground.on(ClusterProcess.Settings.of(masters, 2)))) {
            look.at(new Site(cluster, List.of(), ground, history, directory));
        }
    }

    private static Fault fault(String word) {
        return Stream.of(
                        WireFaults.PARTITIONS,
                        WireFaults.PARTITIONS_OF_FIVE,
                        WireFaults.FRAMEWORKS,
                        WireFaults.CONNECTIONS,
                        WireFaults.PACKETS)
                .flatMap(List::stream)
                .filter(fault -> fault.word().equals(word))
                .findFirst()
                .orElseThrow();
    }

    private static Hurt hurt(Site site, String word, Member victim, int die) {
        return fault(word).hurt(site, new Victims(Aim.LEADER, List.of(victim), die));
    }

    private static Member master(Site site, int number) {
        return site.cluster().masters().get(number - 1);
    }

    /** The masters that this one reaches in both directions. */
    private static List<String> reached(Hurt hurt, String master) {
        return FIVE.stream()
                .filter(other -> !other.equals(master))
                .filter(other -> !hurt.cut().contains(new Way(master, other))
                        && !hurt.cut().contains(new Way(other, master)))
                .toList();
    }

    @Test
    void inARingEachMasterReachesAMajorityWithItselfAndEachAnotherOne() throws IOException {
        with(5, Set.of(Ground.Need.WIRES), site -> {
            Hurt hurt = hurt(site, "majority-ring", master(site, 1), 0);

            assertThat(FIVE)
                    .allSatisfy(master -> assertThat(reached(hurt, master)).hasSize(2));
            assertThat(FIVE.stream().map(master -> reached(hurt, master))).doesNotHaveDuplicates();
        });
    }

    @Test
    void halvesAreTwoWithTheVictimAndThree() throws IOException {
        with(5, Set.of(Ground.Need.WIRES), site -> {
            for (int die = 0; die < 8; die++) {
                Hurt hurt = hurt(site, "halves", master(site, 2), die);

                assertThat(reached(hurt, "master-2")).hasSize(1);
                assertThat(FIVE.stream().filter(master -> reached(hurt, master).size() == 2))
                        .hasSize(3);
            }
        });
    }

    @Test
    void aBridgeReachesAllAndTheOthersOnlyTheirHalfBesides() throws IOException {
        with(5, Set.of(Ground.Need.WIRES), site -> {
            Hurt hurt = hurt(site, "bridge", master(site, 3), 1);

            assertThat(reached(hurt, "master-3")).hasSize(4);
            assertThat(FIVE.stream().filter(master -> !master.equals("master-3")))
                    .allSatisfy(master ->
                            assertThat(reached(hurt, master)).hasSize(2).contains("master-3"));
        });
    }

    @Test
    void whoIsDeafSendsAndWhoIsMuteHears() throws IOException {
        with(3, Set.of(Ground.Need.WIRES), site -> {
            Member victim = master(site, 1);

            assertThat(hurt(site, "master-deaf", victim, 0).cut())
                    .containsExactlyInAnyOrder(new Way("master-2", "master-1"), new Way("master-3", "master-1"));
            assertThat(hurt(site, "master-mute", victim, 0).cut())
                    .containsExactlyInAnyOrder(new Way("master-1", "master-2"), new Way("master-1", "master-3"));
            assertThat(hurt(site, "answers-lost", victim, 0).cut()).containsExactly(new Way("master-1", "operators"));
        });
    }

    @Test
    void aLeaderWithItsAgentsLeavesTheOthersNone() throws IOException {
        with(3, Set.of(Ground.Need.WIRES), site -> {
            Hurt with = hurt(site, "leader-with-agents", master(site, 1), 0);
            Hurt without = hurt(site, "leader-without-agents", master(site, 1), 0);

            assertThat(with.cut())
                    .contains(new Way("agent-1", "master-2"), new Way("master-3", "agent-2"))
                    .doesNotContain(new Way("agent-1", "master-1"), new Way("master-2", "master-3"));
            assertThat(without.cut())
                    .containsExactlyInAnyOrderElementsOf(Way.between("master-1", List.of("agent-1", "agent-2")));
        });
    }

    @Test
    void aFrameworkIsCutOffAloneAndALeaderFromEachOfThem() throws IOException {
        with(3, Set.of(Ground.Need.WIRES), bare -> {
            assertThat(fault("framework-partition").unmet(bare)).contains("a process of its own");
            Framework one = new NamedFramework("framework-1");
            Framework other = new NamedFramework("framework-2");
            var site = new Site(bare.cluster(), List.of(one, other), bare.ground(), bare.history(), bare.directory());

            assertThat(fault("framework-partition").unmet(site)).isEmpty();
            assertThat(fault("framework-partition")
                            .hurt(site, new Victims(Aim.FRAMEWORK, List.of(), List.of(other), 0))
                            .cut())
                    .containsExactlyInAnyOrderElementsOf(
                            Way.between("framework-2", List.of("master-1", "master-2", "master-3")));
            assertThat(hurt(site, "leader-without-frameworks", master(site, 1), 0)
                            .cut())
                    .containsExactlyInAnyOrderElementsOf(
                            Way.between("master-1", List.of("frameworks", "framework-1", "framework-2")));
        });
    }

    /** One that is never started. */
    private record NamedFramework(String name) implements Framework {
        @Override
        public OsProcess process() {
            throw new IllegalStateException("not started");
        }

        @Override
        public void kill() {
            throw new IllegalStateException("not started");
        }

        @Override
        public void startAgain() {
            throw new IllegalStateException("not started");
        }

        @Override
        public boolean awaitLaunch(Duration max) {
            return false;
        }
    }

    @Test
    void whatIsOnlySlowOrBrokenTakesNothingAway() throws IOException {
        with(3, Set.of(Ground.Need.WIRES), site -> {
            for (String word : List.of("slow-network", "narrow-network", "broken-connection")) {
                assertThat(hurt(site, word, master(site, 1), 0)).isEqualTo(Hurt.NONE);
            }
        });
    }

    @Test
    void lostPacketsTakeAwayAllWaysOfTheirVictimOrOneDirectionAndNarrowOnesNothing() throws IOException {
        with(3, Set.of(Ground.Need.WIRES), site -> {
            Member victim = master(site, 1);
            List<String> others = List.of("master-2", "master-3", "agent-1", "agent-2", "frameworks", "operators");

            assertThat(hurt(site, "master-loss", victim, 0).cut())
                    .containsExactlyInAnyOrderElementsOf(Way.between("master-1", others));
            assertThat(hurt(site, "master-one-way", victim, 2).cut())
                    .containsExactlyInAnyOrderElementsOf(others.stream()
                            .map(other -> new Way(other, "master-1"))
                            .toList());
            assertThat(hurt(site, "master-one-way", victim, 3).cut())
                    .containsExactlyInAnyOrderElementsOf(others.stream()
                            .map(other -> new Way("master-1", other))
                            .toList());
            assertThat(hurt(site, "master-rate", victim, 0)).isEqualTo(Hurt.NONE);
            assertThat(hurt(site, "agent-loss", site.cluster().agents().getFirst(), 0)
                            .cut())
                    .containsExactlyInAnyOrderElementsOf(
                            Way.between("agent-1", List.of("master-1", "master-2", "master-3")));
        });
    }

    @Test
    void nothingIsOwedWhileALeaderLosesPacketsByChance() throws IOException {
        with(3, Set.of(Ground.Need.WIRES), site -> {
            var leader = new Victims(Aim.LEADER, List.of(master(site, 1)), 7);
            var follower = new Victims(Aim.FOLLOWER, List.of(master(site, 2)), 7);

            assertThat(fault("master-loss").majorityStays(leader)).isFalse();
            assertThat(fault("master-loss").majorityStays(follower)).isTrue();
            assertThat(fault("master-one-way").majorityStays(leader)).isTrue();
            assertThat(fault("master-rate").majorityStays(leader)).isTrue();
            assertThat(fault("master-partition").majorityStays(leader)).isTrue();
        });
    }

    @Test
    void packetsNeedANetworkOfTheRun() throws IOException {
        with(
                3,
                Set.of(Ground.Need.PACKETS),
                site -> assertThat(fault("master-loss").unmet(site))
                        .isNotEmpty()
                        .isEqualTo(OwnNetwork.unmet()));
        with(3, Set.of(), site -> assertThat(fault("agent-loss").unmet(site)).contains("no ground"));
    }

    @Test
    void whatCannotBeDoneSaysWhy() throws IOException {
        with(3, Set.of(Ground.Need.WIRES), site -> {
            assertThat(fault("master-partition").unmet(site)).isEmpty();
            assertThat(fault("halves").unmet(site)).isEqualTo("it takes 5 masters and this run has 3");
        });
        with(5, Set.of(), site -> {
            assertThat(fault("halves").unmet(site)).contains("no ground");
            assertThat(fault("broken-connection").unmet(site)).contains("no ground");
        });
    }
}
