package org.mesolith.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class JoinTokensTest {
    @Test
    void aTokenNamesItsClusterAndIsNeverDrawnTwice() {
        var token = JoinTokens.draw("c1:with:colons");

        assertThat(JoinTokens.cluster(token)).isEqualTo("c1:with:colons");
        assertThat(JoinTokens.draw("c1:with:colons")).isNotEqualTo(token);
    }

    @Test
    void whatIsKeptOfATokenIsItsHash() {
        assertThat(JoinTokens.hash("mjt1:c:00")).matches("[0-9a-f]{64}").isNotEqualTo(JoinTokens.hash("mjt1:c:01"));
    }

    @Test
    void anyOtherTextIsNoToken() {
        assertThat(JoinTokens.cluster("")).isNull();
        assertThat(JoinTokens.cluster("mjt1:")).isNull();
        assertThat(JoinTokens.cluster("mjt1::00")).isNull();
        assertThat(JoinTokens.cluster("x:c:00")).isNull();
        assertThat(JoinTokens.cluster("mjt1:" + "c".repeat(2_000) + ":00")).isNull();
    }
}
