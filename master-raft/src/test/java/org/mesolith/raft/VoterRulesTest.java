package org.mesolith.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mesolith.log.MemberAddress;
import org.mesolith.log.VoterChange;

/** Members are letters; one that is dead is named in the column {@code dead}. */
final class VoterRulesTest {
    private static MemberAddress member(String name) {
        int port = 5_000 + name.charAt(0);
        return new MemberAddress(name, "host-" + name, port, port + 1_000);
    }

    private static List<String> names(@Nullable String text) {
        return text == null ? List.of() : Arrays.asList(text.split(""));
    }

    private static List<MemberAddress> members(@Nullable String text) {
        return names(text).stream().map(VoterRulesTest::member).toList();
    }

    private static String refusal(
            String now, @Nullable String add, @Nullable String remove, @Nullable String dead, boolean even) {
        Set<String> silent = new TreeSet<>(names(dead));
        var wish = new VoterChange(names(now), members(add), names(remove), even, false);
        var refusal = VoterRules.refusal(members(now), wish, member -> !silent.contains(member.member()));
        return refusal == null ? "" : refusal;
    }

    @ParameterizedTest
    @CsvSource({
        "a,   b,  ,   ,  true",
        "ab,  c,  ,   ,  false",
        "abc, d,  c,  ,  false",
        "abc, d,  c,  c, false",
        "abc, d,  a,  ,  false",
        "abc, de, ,   ,  false",
        "abcde, ,  de, ,  false",
        "abcde, ,  de, de, false",
        "abcde, fg, de, de, false",
        "abc, ,   c,  ,  true",
        "ab,  ,   b,  ,  false",
        "abc, ,   bc, ,  false",
    })
    void whatKeepsAHealthyMajorityIsAllowed(String now, String add, String remove, String dead, boolean even) {
        assertThat(refusal(now, add, remove, dead, even)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "a,   b,  ,   ,   false, --accept-even",
        "abc, d,  ,   ,   false, --accept-even",
        "abc, ,   c,  ,   false, --accept-even",
        "abc, de, ab, ,   false, would make 2 of 3 voters new ones",
        "abc, de, bc, c,  false, would make 2 of 3 voters new ones",
        "a,   bc, ,   ,   false, would make 2 of 3 voters new ones",
        "a,   b,  a,  ,   false, would make 1 of 1 voters new ones",
        "abc, ,   a,  c,  true,  it would leave 1 healthy of 2 voters",
        "abc, d,  a,  bc, false, only 1 of 3 members are healthy",
        "abcde, , ab, de, false, it would leave 1 healthy of 3 voters",
        "abc, ,   abc, ,  false, would be no cluster",
        "abc, ,   x,  ,   false, does not vote in this cluster",
        "a,   bcdefghij, , , true, more than the 9",
    })
    void whatWouldNotIsRefusedWithTheReasonAndAWayOut(
            String now, String add, String remove, String dead, boolean even, String why) {
        assertThat(refusal(now, add, remove, dead, even)).contains(why);
    }

    @Test
    void aListThatHasChangedSinceTheOperatorSawItIsRefused() {
        var wish = new VoterChange(names("ab"), members("d"), List.of(), true, false);

        assertThat(VoterRules.refusal(members("abc"), wish, member -> true))
                .contains("has changed since it was looked at: now a, b, c, then a, b")
                .contains("meso cluster members");
    }

    @Test
    void twoMembersMayNotHaveOneAddress() {
        var twin = new MemberAddress("z", "host-a", member("a").raftPort(), 7_777);
        var wish = new VoterChange(names("ab"), List.of(twin), List.of(), false, false);

        assertThat(VoterRules.refusal(members("ab"), wish, member -> true)).contains("give every master addresses");
    }

    @Test
    void aNewMemberMayHaveTheAddressOfTheOneItReplaces() {
        var reborn = new MemberAddress(
                "z", "host-c", member("c").raftPort(), member("c").httpPort());
        var wish = new VoterChange(names("abc"), List.of(reborn), List.of("c"), false, false);

        assertThat(VoterRules.refusal(members("abc"), wish, member -> true)).isNull();
    }

    @Test
    void aChangeThatWasMadeBeforeIsDone() {
        var again = new VoterChange(names("abc"), members("d"), List.of("c"), false, false);

        assertThat(VoterRules.isDone(members("abd"), again)).isTrue();
        assertThat(VoterRules.isDone(members("abc"), again)).isFalse();
    }
}
