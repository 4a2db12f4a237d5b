package org.mesolith.state.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mesolith.state.MembershipCommand.AddJoinToken;
import org.mesolith.state.MembershipCommand.AdmitMember;
import org.mesolith.state.MembershipCommand.RecordMember;
import org.mesolith.state.MembershipCommand.RetireMember;
import org.mesolith.state.Reason;
import org.mesolith.state.SystemCommand.InitCluster;
import org.mesolith.state.TestCluster;
import org.mesolith.state.row.KnownMember;

final class MembershipRulesTest {
    private static final String HASH = "ab".repeat(32);
    private static final Instant SOON = TestCluster.START.plus(Duration.ofHours(1));

    private final TestCluster cluster = TestCluster.made();

    private static KnownMember member(String id, long life) {
        return new KnownMember(id, "10.0.0.1", 5060, 5050, "", life, "", null);
    }

    @Test
    void aTokenAdmitsOneMemberAndIsUsedUp() {
        cluster.accepted(new AddJoinToken(HASH, SOON));

        cluster.accepted(new AdmitMember(HASH, member("m4", 1)));

        assertThat(cluster.registry().membership().tokens()).isEmpty();
        assertThat(cluster.registry().membership().member("m4"))
                .isEqualTo(member("m4", 1).with(HASH));
        assertThat(cluster.rejected(new AdmitMember(HASH, member("m5", 1)))).isEqualTo(Reason.TOKEN_UNKNOWN);
    }

    @Test
    void aMemberWhoseAnswerWasLostMayShowItsTokenAgain() {
        cluster.accepted(new AddJoinToken(HASH, SOON));
        cluster.accepted(new AdmitMember(HASH, member("m4", 1)));

        cluster.accepted(new AdmitMember(HASH, member("m4", 1)));

        assertThat(cluster.registry().membership().members()).hasSize(1);
    }

    @Test
    void aTokenThatHasExpiredAdmitsNobody() {
        cluster.accepted(new AddJoinToken(HASH, SOON));

        cluster.later(Duration.ofHours(2));

        assertThat(cluster.rejected(new AdmitMember(HASH, member("m4", 1)))).isEqualTo(Reason.TOKEN_UNKNOWN);
    }

    @Test
    void aTokenNeedsAHashAndATimeThatIsNotFarAway() {
        assertThat(cluster.rejected(new AddJoinToken("secret", SOON))).isEqualTo(Reason.BAD_COMMAND);
        assertThat(cluster.rejected(new AddJoinToken(HASH, TestCluster.START.minusSeconds(1))))
                .isEqualTo(Reason.BAD_COMMAND);
        assertThat(cluster.rejected(new AddJoinToken(HASH, TestCluster.START.plus(Duration.ofDays(8)))))
                .isEqualTo(Reason.BAD_COMMAND);
    }

    @Test
    void tokensAreLimitedAndThoseThatExpiredDoNotCount() {
        IntStream.range(0, MembershipRules.TOKENS_MAX)
                .forEach(number -> cluster.accepted(new AddJoinToken("%064x".formatted(number), SOON)));
        assertThat(cluster.rejected(new AddJoinToken(HASH, SOON))).isEqualTo(Reason.TOO_MANY);

        cluster.later(Duration.ofHours(2));
        cluster.accepted(new AddJoinToken(HASH, SOON.plus(Duration.ofHours(3))));

        assertThat(cluster.registry().membership().tokens()).hasSize(1);
    }

    @Test
    void aMemberThatIsStartedAgainIsKnownByItsNewestLifeAndAddress() {
        cluster.accepted(new RecordMember(member("m1", 3)));
        var moved = new KnownMember("m1", "10.0.0.9", 5060, 5050, "east", 4, "", null);

        cluster.accepted(new RecordMember(moved));

        assertThat(cluster.registry().membership().members()).containsExactly(moved);
    }

    @Test
    void anOldCopyOfAMembersDiskIsRefused() {
        cluster.accepted(new RecordMember(member("m1", 7)));

        assertThat(cluster.rejected(new RecordMember(member("m1", 6)))).isEqualTo(Reason.MEMBER_STALE);
    }

    @Test
    void aMemberThatWasRemovedCannotComeBack() {
        cluster.accepted(new RecordMember(member("m1", 7)));

        cluster.accepted(new RetireMember("m1"));

        assertThat(cluster.rejected(new RecordMember(member("m1", 8)))).isEqualTo(Reason.MEMBER_REMOVED);
        cluster.accepted(new AddJoinToken(HASH, SOON));
        assertThat(cluster.rejected(new AdmitMember(HASH, member("m1", 8)))).isEqualTo(Reason.MEMBER_REMOVED);
    }

    @Test
    void aMemberThatWasNeverHeardCanBeRemovedToo() {
        cluster.accepted(new RetireMember("m9"));
        cluster.accepted(new RetireMember("m9"));

        assertThat(cluster.rejected(new RecordMember(member("m9", 1)))).isEqualTo(Reason.MEMBER_REMOVED);
    }

    @Test
    void removedMembersAreRememberedUpToALimit() {
        IntStream.rangeClosed(0, MembershipRules.REMOVED_MAX)
                .forEach(number -> cluster.accepted(new RetireMember("m" + number)));

        assertThat(cluster.registry().membership().members()).hasSize(MembershipRules.REMOVED_MAX);
    }

    @Test
    void aClusterOfAnOlderLevelKeepsNoMembers() {
        var older = TestCluster.empty();
        older.accepted(new InitCluster("c0ffee00-cafe", 1, 77, 2));

        assertThat(older.rejected(new RecordMember(member("m1", 1)))).isEqualTo(Reason.LEVEL_TOO_LOW);
    }
}
