package org.mesolith.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mesolith.base.Halt;
import org.mesolith.cli.client.Json;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.process.ClusterProcess;
import org.mesolith.process.Installation;
import org.mesolith.process.Member;
import org.mesolith.process.OsProcess;
import org.mesolith.process.Probe;
import org.mesolith.process.Waiting;

/** Masters whose disk was damaged, cut short or wiped while they were dead. Each test leaves the cluster whole. */
final class DamagedMasterIT {

    private static final Duration LONG = Duration.ofSeconds(90);
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Pattern APPLIED = Pattern.compile("\"applied_index\"\\s*:\\s*(\\d+)");

    @TempDir
    private static Path directory;

    private static ClusterProcess cluster;
    private static int writes;
    private static int runs;

    @BeforeAll
    static void start() {
        cluster = new ClusterProcess(
                Installation.current(), directory.resolve("cluster"), ClusterProcess.Settings.of(3, 0));
        cluster.start();
        for (int number = 0; number < 5; number++) {
            write();
        }
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Test
    void aLogThatAPowerCutToreIsCutWithAWarningAndTheMemberComesBack() throws IOException {
        Member victim = killedFollower();
        LogFile.newest(data(victim)).tear();
        write();
        victim.start();
        awaitCaughtUp(victim);
        assertThat(victim.process().tail())
                .contains("it was never synced, so never acknowledged. Cut ")
                .contains("is incomplete");
    }

    @Test
    void aLogWithAHoleOfZerosIsCutThereAndTheMemberComesBack() throws IOException {
        Member victim = killedFollower();
        LogFile.newest(data(victim)).tearHole();
        write();
        victim.start();
        awaitCaughtUp(victim);
        assertThat(victim.process().tail()).contains("has a sector of zeros; it was never synced");
    }

    @Test
    void aLogThatWasDamagedAfterItsSyncRefusesToStartAndSaysHowToReplaceTheMember() throws IOException {
        Member victim = killedFollower();
        LogFile log = LogFile.newest(data(victim));
        long middle = log.middle();
        log.flipBit(middle);
        refusesToStart(victim, "the Raft log is damaged: " + log.file());
        write(); // Two of three go on.

        log.flipBit(middle);
        victim.start();
        awaitCaughtUp(victim);
    }

    @Test
    void aWipedDiskUnderItsOldIdentityRefusesToStartWhileTheOthersGoOn() throws IOException {
        Member victim = killedFollower();
        Path aside = wipeKeepingIdentity(victim);
        refusesToStart(victim, "an empty log under an old identity could erase the others");
        write();

        putBack(victim, aside);
        victim.start();
        awaitCaughtUp(victim);
    }

    @Test
    void aWipedMemberWithoutAnyIdentityWaitsAndChangesNothing() throws IOException {
        Member victim = killedFollower();
        Path aside = wipe(victim);
        victim.start();
        victim.awaitHealth(LONG);
        assertThat(victim.role()).isEqualTo("WAITING");
        write();
        OsProcess init = init(cluster.masterAddresses());
        assertThat(init.exitStatus()).as(init.tail()).isEqualTo(1);
        assertThat(init.tail()).contains("nothing was changed");

        victim.process().kill();
        putBack(victim, aside);
        victim.start();
        awaitCaughtUp(victim);
    }

    @Test
    void twoWipedMembersThatStartFirstDoNotEraseTheThird() throws IOException {
        Member third = cluster.awaitLeader(LONG);
        List<Member> wiped = cluster.masters().stream()
                .filter(member -> !member.equals(third))
                .toList();
        cluster.masters().forEach(member -> member.process().kill());
        Path firstAside = wipeKeepingIdentity(wiped.getFirst());
        Path lastAside = wipe(wiped.getLast());

        refusesToStart(wiped.getFirst(), "an empty log under an old identity could erase the others");
        Path identityAside = wipe(wiped.getFirst());
        for (Member member : wiped) {
            member.start();
            member.awaitHealth(LONG);
        }
        third.start();
        third.awaitHealth(LONG);
        awaitCandidate(third);
        OsProcess init = init(cluster.masterAddresses());
        assertThat(init.exitStatus()).as(init.tail()).isEqualTo(1);
        assertThat(init.tail()).contains("nothing was changed");
        assertThat(wiped).allSatisfy(member -> assertThat(member.role()).isEqualTo("WAITING"));
        assertThat(third.isServingLeader()).isFalse();

        wiped.forEach(member -> member.process().kill());
        putBack(wiped.getFirst(), identityAside);
        putBack(wiped.getFirst(), firstAside);
        putBack(wiped.getLast(), lastAside);
        wiped.forEach(Member::start);
        Member leader = cluster.awaitLeader(LONG);
        String weights = Probe.ask(leader.address(), "/api/v1", "{\"type\":\"GET_WEIGHTS\"}", SOON)
                .body();
        for (int number = 1; number <= writes; number++) {
            assertThat(weights).contains("\"role-" + number + "\"");
        }
        cluster.masters().forEach(DamagedMasterIT::awaitCaughtUp);
    }

    private static Member killedFollower() {
        Member leader = cluster.awaitLeader(LONG);
        Member victim = cluster.masters().stream()
                .filter(member -> !member.equals(leader))
                .findFirst()
                .orElseThrow();
        awaitCaughtUp(victim);
        victim.process().kill();
        return victim;
    }

    /** A start that ends with the documented status and says what to do. */
    private static void refusesToStart(Member victim, String why) {
        victim.start();
        assertThat(victim.process().awaitEnd(LONG)).isEqualTo(Halt.Code.CORRUPT_DATA.status());
        assertThat(victim.process().tail())
                .contains("meso master: cannot start: ")
                .contains(why)
                .contains("The other members are not harmed. Replace this one: move its data directory away");
    }

    /** One more weight, acknowledged. */
    private static void write() {
        String role = "role-" + (writes + 1);
        Waiting.until("a write of " + role, LONG, () -> {
            JsonObject call = JsonObject.of(
                    "type",
                    "UPDATE_WEIGHTS",
                    "update_weights",
                    JsonObject.of("weight_infos", List.of(JsonObject.of("role", role, "weight", 2))));
            Probe answer = Probe.ask(
                    cluster.awaitLeader(LONG).address(),
                    "/api/v1",
                    new String(Json.bytes(call), StandardCharsets.UTF_8),
                    SOON);
            return answer.isOk() ? "" : answer.status() + " " + answer.body();
        });
        writes++;
    }

    private static void awaitCaughtUp(Member member) {
        long wanted =
                applied(cluster.awaitLeader(LONG)); // Each read is an entry, so this moves when it is asked again.
        Waiting.until(member.name() + " to catch up", LONG, () -> {
            if (!member.isAlive()) {
                throw new IllegalStateException(
                        member.name() + " is dead: " + member.process().tail());
            }
            String role = member.role();
            boolean takesPart = role.equals("FOLLOWER") || role.equals("LEADER");
            return takesPart && applied(member) >= wanted ? "" : role + " at " + applied(member) + " of " + wanted;
        });
    }

    /** It has its log, asks for votes, and gets none. */
    private static void awaitCandidate(Member member) {
        Waiting.until(member.name() + " to stand for election", LONG, () -> {
            String role = member.role();
            return role.equals("CANDIDATE") ? "" : "it is " + role;
        });
    }

    private static long applied(Member member) {
        Matcher found = APPLIED.matcher(member.get("/raft").body());
        return found.find() ? Long.parseLong(found.group(1)) : -1;
    }

    private static OsProcess init(String members) {
        OsProcess init = OsProcess.start(
                "init",
                Installation.current().command("cluster", "init", "--timeout", "5s", "--members", members),
                Map.of(),
                directory,
                directory.resolve("init-" + ++runs));
        init.awaitEnd(LONG);
        return init;
    }

    private static Path data(Member member) {
        return member.directory().resolve("data");
    }

    /** Moves everything away. */
    private static Path wipe(Member member) throws IOException {
        Path aside = member.directory().resolve("aside-" + ++runs);
        Files.move(data(member), aside);
        return aside;
    }

    /** Moves the Raft storage and the database away: as if a new disk had been given the old identity file. */
    private static Path wipeKeepingIdentity(Member member) throws IOException {
        Path aside = Files.createDirectory(member.directory().resolve("aside-" + ++runs));
        for (String part : List.of("raft", "db")) {
            Files.move(data(member).resolve(part), aside.resolve(part));
        }
        return aside;
    }

    /** Puts back what was moved away, in place of what has grown there since. */
    private static void putBack(Member member, Path aside) throws IOException {
        try (var parts = Files.list(aside)) {
            Files.createDirectories(data(member));
            for (Path part : parts.toList()) {
                Path place = data(member).resolve(part.getFileName());
                org.mesolith.process.Leftovers.delete(place);
                Files.move(part, place);
            }
        }
    }
}
