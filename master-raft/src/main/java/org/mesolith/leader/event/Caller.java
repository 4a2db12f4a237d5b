package org.mesolith.leader.event;

import org.jspecify.annotations.Nullable;

/**
 * Who makes a call.
 *
 * @param principal null when the door does not authenticate
 * @param address of the peer, for the audit
 * @param requestKey makes the call happen at most once however often it is sent; null when the caller gave none
 */
public record Caller(
        @Nullable String principal,
        String address,
        @Nullable String requestKey) {
    /** A caller without any credentials. */
    public static Caller anonymous(String address) {
        return new Caller(null, address, null);
    }
}
