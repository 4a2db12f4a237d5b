package org.mesolith.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class MemberAddressTest {
    @Test
    void anAuthorityIsHostAndPort() {
        var address = new MemberAddress("m1", "10.0.0.1", 5052, 5050);

        assertThat(address.httpAuthority()).isEqualTo("10.0.0.1:5050");
        assertThat(address.raftAuthority()).isEqualTo("10.0.0.1:5052");
    }

    @Test
    void anIpv6HostStandsInBrackets() {
        assertThat(new MemberAddress("m1", "::1", 5052, 5050).httpAuthority()).isEqualTo("[::1]:5050");
    }
}
