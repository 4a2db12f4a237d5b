package org.mesolith.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.mesolith.base.Halt;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.process.ClusterProcess;
import org.mesolith.process.Member;

/** The members of a cluster over its life, with real processes and by the operator's pages: one story, in order. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class MembersIT {
    @TempDir
    private static Path directory;

    private static MembersDesk desk;
    private static ClusterProcess cluster;

    @BeforeAll
    static void start() {
        desk = new MembersDesk(directory, ClusterProcess.Settings.of(1, 1));
        cluster = desk.cluster();
    }

    @AfterAll
    static void stop() {
        if (desk != null) {
            desk.close();
        }
    }

    @Test
    @Order(1)
    void oneMasterGrowsToThreeAndAFourthJoinsWithATokenAsThePageSays() throws IOException {
        var second = cluster.startNewMaster();
        var third = cluster.startNewMaster();
        var fourth = cluster.startNewMaster();
        var both = second.address() + "," + third.address();
        assertThat(desk.refused("cluster", "add", second.address())).contains("--accept-even");
        assertThat(desk.ok("cluster", "add", both, "--dry-run").err())
                .contains("step 1 of 2: 1 -> 2 voters: + " + second.address())
                .contains("step 2 of 2: 2 -> 3 voters: + " + third.address());
        assertThat(second.role()).isEqualTo("WAITING");

        desk.page("add", Map.of("NEW", both, "THIS", fourth.address()));

        assertThat(desk.ok("cluster", "add", both).err()).contains("nothing to do");
        desk.awaitVoters(3);
        for (var master : List.of(cluster.masters().getFirst(), second, third)) {
            desk.awaitVerdict(master, "ok");
        }
        desk.awaitVerdict(fourth, "standby");
        desk.page("members", Map.of());
        assertThat(desk.ok("cluster", "members").out().lines().toList())
                .hasSize(5)
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
    }

    @Test
    @Order(2)
    void theLeadGoesWhereTheOperatorWantsIt() throws IOException {
        var next = desk.follower();

        var said = desk.page("transfer", Map.of("TO", next.address()));

        // On a starved machine it may have become the leader by itself in the meantime.
        assertThat(said).containsAnyOf("would hand the lead", "leads already").contains(next.address());
    }

    @Test
    @Order(3)
    void aDeadMemberIsReplacedInOneChangeAndItsOldDiskNeverComesBack() throws IOException {
        var dead = desk.follower();
        var id = desk.of(dead).text("id");
        dead.process().kill();
        desk.awaitVerdict(dead, "silent");
        assertThat(desk.refused("cluster", "remove", desk.follower().address(), "--accept-even"))
                .contains("it would leave 1 healthy of 2 voters");
        var fresh = cluster.masters().getLast();

        desk.page("replace", Map.of("OLD", id, "NEW", fresh.address()));

        assertThat(desk.ok("cluster", "replace", id, fresh.address()).err()).contains("nothing to do");
        desk.awaitVoters(3);
        desk.awaitVerdict(fresh, "ok");
        dead.start();
        assertThat(dead.process().awaitEnd(MembersDesk.LONG))
                .as(dead.process().tail())
                .isEqualTo(Halt.Code.REFUSED.status());
        assertThat(dead.process().tail()).contains("was removed from the cluster");
    }

    @Test
    @Order(4)
    void aTokenLetsOneMasterJoinOnce() {
        var fresh = cluster.startNewMaster();
        var late = cluster.startNewMaster();
        var token = desk.ok("cluster", "token", "--expires", "10m").out().strip();
        assertThat(desk.refused("master", "join", "--token", "mjt1:other:00", "--this", fresh.address()))
                .contains("for the cluster other");

        desk.ok("master", "join", "--token", token, "--this", fresh.address());

        desk.awaitVerdict(fresh, "standby");
        desk.ok("master", "join", "--token", token, "--this", fresh.address());
        assertThat(desk.refused("master", "join", "--token", token, "--this", late.address()))
                .contains("used before");
        assertThat(late.role()).isEqualTo("WAITING");
        late.process().kill();
    }

    @Test
    @Order(5)
    void aLeaderThatIsRemovedHandsTheLeadOverFirst() throws IOException {
        var leader = cluster.awaitLeader(MembersDesk.LONG);
        var standby = cluster.masters().stream()
                .filter(Member::isAlive)
                .filter(member -> member.role().equals("STANDBY"))
                .findFirst()
                .orElseThrow();
        assertThat(desk.refused("cluster", "remove", leader.address())).contains("--accept-even");

        desk.page("remove", Map.of("MEMBER", leader.address()));

        cluster.awaitLeaderOtherThan(leader, MembersDesk.LONG);
        desk.awaitVoters(2);
        desk.ok("cluster", "add", standby.address());
        desk.awaitVerdict(standby, "ok");
    }

    /** It was told of the first master only; those of now it has heard of from leaders. */
    @Test
    @Order(6)
    void anAgentThatWasToldOfTheFirstMasterOnlyKnowsTheOthers() {
        var first = cluster.masters().getFirst();
        if (first.isAlive()) {
            first.process().kill();
        }
        var agent = cluster.agents().getFirst();
        agent.process().kill();
        agent.start();
        desk.awaitAgents(1);
    }

    /** All that was done in this story, with who did it, from where, and what it changed. */
    @Test
    @Order(7)
    void theAuditTellsEveryChangeOfTheVotersAndEveryHandover() throws IOException {
        var rows = desk.audit();
        var changes = rows.stream()
                .filter(row -> row.text("call").equals("CHANGE_VOTERS"))
                .toList();
        var handovers = rows.stream()
                .filter(row -> row.text("call").equals("TRANSFER_LEADERSHIP"))
                .toList();

        // Growth in two steps, a replacement, a removal, and one added again; each begins where the one before ended.
        assertThat(changes).extracting(row -> names(row, "after").size()).containsExactly(2, 3, 3, 2, 3);
        assertThat(changes.subList(1, changes.size()).stream().map(row -> names(row, "before")))
                .containsExactlyElementsOf(changes.subList(0, changes.size() - 1).stream()
                        .map(row -> names(row, "after"))
                        .toList());
        assertThat(names(changes.getFirst(), "before"))
                .singleElement()
                .asString()
                .startsWith(cluster.masters().getFirst().address() + " (");
        assertThat(handovers).isNotEmpty().allSatisfy(row -> {
            assertThat(row.text("before")).endsWith(" (" + row.text("subject") + ")");
            assertThat(row.text("arguments")).containsAnyOf("asked", "failed: ");
            assertThat(row.text("after")).isNotEmpty();
        });
        assertThat(Stream.concat(changes.stream(), handovers.stream())).allSatisfy(row -> {
            assertThat(row.text("actor")).isEqualTo("operator");
            assertThat(row.text("address")).isEqualTo("127.0.0.1");
            assertThat(row.text("outcome")).isEqualTo("accepted");
        });
    }

    private static Set<String> names(JsonObject row, String field) {
        return new TreeSet<>(List.of(row.text(field).split(", ", -1)));
    }
}
