package org.mesolith.state.row;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The masters of the cluster, and who may become one.
 *
 * @param tokens by hash
 * @param members by id, those that were removed among them
 */
public record MembershipRow(List<JoinToken> tokens, List<KnownMember> members) {
    /** Nobody is known yet. */
    public static final MembershipRow NONE = new MembershipRow(List.of(), List.of());

    public MembershipRow {
        tokens = tokens.stream().sorted(Comparator.comparing(JoinToken::hash)).toList();
        members = members.stream().sorted(Comparator.comparing(KnownMember::id)).toList();
    }

    /** host:port of every master that belongs to the cluster, voting or not: one without a vote names the leader. */
    public List<String> masters() {
        return members.stream()
                .filter(member -> !member.isRemoved() && !member.host().isEmpty())
                .map(KnownMember::httpAuthority)
                .toList();
    }

    /** The member of this id, null when it is not known. */
    public @Nullable KnownMember member(String id) {
        return members.stream()
                .filter(member -> member.id().equals(id))
                .findFirst()
                .orElse(null);
    }

    /** The token with this hash, null when there is none (any more). */
    public @Nullable JoinToken token(String hash) {
        return tokens.stream()
                .filter(token -> token.hash().equals(hash))
                .findFirst()
                .orElse(null);
    }

    /** The same with this member, in place of an older row of it. */
    public MembershipRow with(KnownMember member) {
        var others = new ArrayList<>(members);
        others.removeIf(other -> other.id().equals(member.id()));
        others.add(member);
        return new MembershipRow(tokens, others);
    }

    /** The same with other tokens. */
    public MembershipRow with(List<JoinToken> otherTokens) {
        return new MembershipRow(otherTokens, members);
    }
}
