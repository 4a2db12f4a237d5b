package org.mesolith.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mesolith.base.Halt;
import org.mesolith.cli.it.Interruption.Step;
import org.mesolith.process.ClusterProcess;
import org.mesolith.process.Installation;
import org.mesolith.process.Leftovers;
import org.mesolith.process.Member;
import org.mesolith.process.OsProcess;
import org.mesolith.process.Probe;
import org.mesolith.process.Waiting;

/** Every command that changes the members, or makes a cluster, killed at every step that can be seen from outside. */
@Tag("nightly")
@Timeout(value = 30, unit = TimeUnit.MINUTES)
final class KilledEverywhereIT {
    @TempDir
    private Path directory;

    /** Who gets the SIGKILL. */
    enum Victim {
        COMMAND,
        LEADER,
        NEWCOMER;

        @Nullable
        Member of(ClusterProcess cluster, Member newcomer) {
            return switch (this) {
                case COMMAND -> null;
                case LEADER -> cluster.awaitLeader(MembersDesk.LONG);
                case NEWCOMER -> newcomer;
            };
        }
    }

    @ParameterizedTest
    @EnumSource(Victim.class)
    void growthAndRemovalGoOnAfterADeathAtEveryStep(Victim victim) {
        try (var desk = new MembersDesk(directory, ClusterProcess.Settings.of(1, 0));
                var writes = Acknowledged.gently(desk.cluster())) {
            var cluster = desk.cluster();
            var interruption = new Interruption(cluster, directory);
            var fresh = new ArrayList<>(List.of(cluster.startNewMaster(), cluster.startNewMaster()));
            for (int step = 0; step < 6; step++) {
                var first = fresh.getFirst();
                var last = fresh.getLast();
                var steps = List.of(
                        Step.said("step 1 of 2"),
                        Step.belongs(() -> first),
                        Step.votes(cluster, 2),
                        Step.said("done: 1 -> 2"),
                        Step.belongs(() -> last),
                        Step.votes(cluster, 3));
                interruption.at(
                        steps.get(step),
                        victim.of(cluster, step < 4 ? first : last),
                        "cluster",
                        "add",
                        first.address() + "," + last.address());
                whole(desk, writes, 3);

                var leader = cluster.awaitLeader(MembersDesk.LONG);
                fresh.clear();
                cluster.masters().stream()
                        .filter(master -> !master.equals(leader))
                        .forEach(fresh::add);
                var removal = List.of(Step.said("step 1 of 1"), Step.votes(cluster, 1));
                interruption.at(
                        removal.get(step % 2),
                        victim == Victim.LEADER ? leader : null,
                        "cluster",
                        "remove",
                        fresh.getFirst().address(),
                        fresh.getLast().address());
                whole(desk, writes, 1);
                fresh.forEach(KilledEverywhereIT::anew);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Victim.class)
    void aReplacementGoesOnAfterADeathAtEveryStep(Victim victim) throws IOException {
        try (var desk = new MembersDesk(directory, ClusterProcess.Settings.of(3, 0));
                var writes = Acknowledged.gently(desk.cluster())) {
            var cluster = desk.cluster();
            var interruption = new Interruption(cluster, directory);
            var fresh = cluster.startNewMaster();
            for (int number = 0; number < 4; number++) {
                var newcomer = fresh;
                // The leader goes itself in the last round: it hands the lead over first.
                var old = number == 3 ? cluster.awaitLeader(MembersDesk.LONG) : desk.follower();
                var id = desk.of(old).text("id");
                var steps = List.of(
                        Step.said("step 1 of 1"),
                        Step.belongs(() -> newcomer),
                        Step.said("done: 3 -> 3"),
                        Step.said("step 1 of 1"));
                interruption.at(
                        steps.get(number), victim.of(cluster, newcomer), "cluster", "replace", id, newcomer.address());
                whole(desk, writes, 3);
                desk.awaitVerdict(newcomer, "ok");
                anew(old);
                fresh = old;
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Victim.class)
    void aTransferAndTheRemovalOfTheLeaderGoOnAfterADeathAtEveryStep(Victim victim) {
        try (var desk = new MembersDesk(directory, ClusterProcess.Settings.of(3, 0));
                var writes = Acknowledged.gently(desk.cluster())) {
            var cluster = desk.cluster();
            var interruption = new Interruption(cluster, directory);
            for (int number = 0; number < 3; number++) {
                var to = desk.follower();
                var steps = List.of(Step.begun(), Step.leads(() -> to), Step.said("the lead went"));
                interruption.at(steps.get(number), victim.of(cluster, to), "cluster", "transfer", "--to", to.address());
                whole(desk, writes, 3);
            }
            var leader = cluster.awaitLeader(MembersDesk.LONG);
            interruption.at(
                    Step.said("step 1 of 1"),
                    victim.of(cluster, desk.follower()),
                    "cluster",
                    "remove",
                    leader.address(),
                    "--accept-even");
            whole(desk, writes, 2);
        }
    }

    @ParameterizedTest
    @EnumSource(Victim.class)
    void aJoinGoesOnAfterADeathAtEveryStep(Victim victim) {
        try (var desk = new MembersDesk(directory, ClusterProcess.Settings.of(3, 0));
                var writes = Acknowledged.gently(desk.cluster())) {
            var cluster = desk.cluster();
            var interruption = new Interruption(cluster, directory);
            for (int number = 0; number < 2; number++) {
                var fresh = cluster.startNewMaster();
                var token = desk.ok("cluster", "token").out().strip();
                var steps = List.of(Step.begun(), Step.belongs(() -> fresh));
                interruption.at(
                        steps.get(number),
                        victim.of(cluster, fresh),
                        "master",
                        "join",
                        "--token",
                        token,
                        "--this",
                        fresh.address());
                desk.awaitVerdict(fresh, "standby");
                whole(desk, writes, 3);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"COMMAND, ' is in'", "NEWCOMER, ' is in'", "COMMAND, belongs", "NEWCOMER, belongs"})
    void makingAClusterGoesOnAfterADeath(Victim victim, String at) {
        try (var cluster = waiting(directory.resolve("cluster"))) {
            var last = cluster.masters().getLast();
            var line = new String[] {"cluster", "init", "--members", cluster.masterAddresses()};

            new Interruption(cluster, directory).at(step(at, last), victim == Victim.COMMAND ? null : last, line);

            assertThat(Interruption.voters(cluster.awaitLeader(MembersDesk.LONG)))
                    .isEqualTo(3);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "COMMAND, has the backup",
        "NEWCOMER, has the backup",
        "COMMAND, ' is in'",
        "NEWCOMER, ' is in'",
        "COMMAND, belongs",
        "NEWCOMER, belongs"
    })
    void aRestoreGoesOnAfterADeathAtEveryStep(Victim victim, String at) throws IOException {
        var file = directory.resolve("backup").toString();
        try (var desk =
                new MembersDesk(Files.createDirectory(directory.resolve("lost")), ClusterProcess.Settings.of(1, 0))) {
            desk.ok("weight", "set", "kept=5");
            desk.ok("cluster", "backup", "create", file);
        }
        try (var cluster = waiting(directory.resolve("cluster"))) {
            var last = cluster.masters().getLast();
            var line = new String[] {"cluster", "restore", file, "--members", cluster.masterAddresses(), "--yes"};

            new Interruption(cluster, directory).at(step(at, last), victim == Victim.COMMAND ? null : last, line);

            var leader = cluster.awaitLeader(MembersDesk.LONG);
            assertThat(Interruption.voters(leader)).isEqualTo(3);
            assertThat(Probe.ask(
                                    leader.address(),
                                    "/api/v1?consistency=linearizable",
                                    "{\"type\":\"GET_WEIGHTS\"}",
                                    MembersDesk.LONG)
                            .body())
                    .contains("\"kept\"");
        }
    }

    /** The survivor writes down what it is to become, ends, and does it at its next start. */
    @ParameterizedTest
    @ValueSource(strings = {"recovery", "restored"})
    void theSurvivorOfALostQuorumGoesOnAfterADeathAtEveryStep(String file) {
        try (var desk = new MembersDesk(directory, ClusterProcess.Settings.of(3, 0))) {
            var cluster = desk.cluster();
            var survivor = desk.follower();
            var writes = Acknowledged.gently(cluster);
            try (writes) {
                writes.awaitMore(20);
                cluster.masters().forEach(master -> master.process().killNow());
                cluster.masters().forEach(master -> master.process().kill());
            }
            survivor.start();
            survivor.awaitHealth(MembersDesk.LONG);
            recover(survivor, directory, survivor.directory().resolve("data"), file);
            writes.assertNothingIsLost(survivor);
        }
    }

    private static void recover(Member survivor, Path directory, Path data, String file) {
        var command = OsProcess.start(
                "recover",
                Installation.current().command("cluster", "recover-quorum", "--masters", survivor.address(), "--yes"),
                Map.of(),
                directory,
                directory.resolve("recover"));
        Waiting.until(
                "the survivor to end", MembersDesk.LONG, () -> survivor.isAlive() ? "said " + command.tail() : "");
        command.kill();
        assertThat(data.resolve("recovery")).exists();
        // Killed as soon as it has come so far; the note is gone when all is done.
        survivor.start();
        Waiting.until(file, MembersDesk.LONG, () -> {
            boolean reached = file.equals("recovery") || Files.exists(data.resolve(file));
            return reached || !Files.exists(data.resolve("recovery")) || !survivor.isAlive() ? "" : "not yet";
        });
        survivor.process().kill();
        survivor.start();
        Waiting.until("the survivor to lead", MembersDesk.LONG, () -> {
            if (!survivor.isAlive()) {
                assertThat(survivor.process().exitStatus()).isEqualTo(Halt.Code.CONSENSUS_CLOSED.status());
                survivor.start();
            }
            boolean leads = survivor.isServingLeader() && Interruption.voters(survivor) == 1;
            return leads ? "" : "it is " + survivor.role();
        });
    }

    /** The command is typed again after the survivor has done its part: it says that there is nothing left to do. */
    @Test
    void aRecoveryThatIsTypedAgainChangesNothing() {
        try (var desk = new MembersDesk(directory, ClusterProcess.Settings.of(3, 0))) {
            var survivor = desk.follower();
            desk.cluster().masters().forEach(master -> master.process().kill());
            survivor.start();
            survivor.awaitHealth(MembersDesk.LONG);
            recover(survivor, directory, survivor.directory().resolve("data"), "recovery");

            assertThat(desk.refused("cluster", "recover-quorum", "--masters", survivor.address(), "--yes"))
                    .contains("the group has a majority", "nothing was changed");
        }
    }

    private static ClusterProcess waiting(Path directory) {
        var cluster = new ClusterProcess(Installation.current(), directory, ClusterProcess.Settings.of(3, 0));
        cluster.startMasters();
        return cluster;
    }

    private static Step step(String at, Member newcomer) {
        return at.equals("belongs") ? Step.belongs(() -> newcomer) : Step.said(at);
    }

    private static void whole(MembersDesk desk, Acknowledged writes, int voters) {
        writes.awaitMore(5);
        desk.awaitVoters(voters);
        writes.assertNothingIsLost(desk.cluster().awaitLeader(MembersDesk.LONG));
    }

    /** A master that was taken out ends; its machine is used again, with an empty directory. */
    private static void anew(Member removed) {
        if (removed.isAlive()) {
            removed.process().awaitEnd(MembersDesk.LONG);
        }
        Leftovers.delete(removed.directory().resolve("data"));
        removed.start();
        removed.awaitHealth(MembersDesk.LONG);
    }
}
