package org.mesolith.state.rules;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.base.Limits;
import org.mesolith.model.Ids;
import org.mesolith.state.Change;
import org.mesolith.state.MembershipCommand;
import org.mesolith.state.Outcome;
import org.mesolith.state.Reason;
import org.mesolith.state.row.JoinToken;
import org.mesolith.state.row.KnownMember;
import org.mesolith.state.row.MembershipRow;

/** Who may be a master of the cluster. */
final class MembershipRules {
    /** Tokens that wait to be used. */
    static final int TOKENS_MAX = 32;

    /** Members that belong to the cluster, voting or standing by. */
    static final int MEMBERS_MAX = 32;

    /** Removed members that are remembered; the one removed first is forgotten first. */
    static final int REMOVED_MAX = 128;

    static final Duration TOKEN_LIFE_MAX = Duration.ofDays(7);

    private static final int HASH_CHARS = 64;

    private static final int PORT_MAX = 65_535;

    private MembershipRules() {}

    static Outcome decide(Draft draft, MembershipCommand command) {
        return switch (command) {
            case MembershipCommand.AddJoinToken add -> addToken(draft, add);
            case MembershipCommand.AdmitMember admit -> admit(draft, admit);
            case MembershipCommand.RecordMember(var member) -> record(draft, member);
            case MembershipCommand.RetireMember(var member) -> retire(draft, member);
        };
    }

    private static Outcome addToken(Draft draft, MembershipCommand.AddJoinToken add) {
        var row = draft.before().membership();
        if (!isHash(add.hash())) {
            return bad("a token's hash is " + HASH_CHARS + " hexadecimal digits");
        }
        if (!add.expires().isAfter(draft.now())
                || add.expires().isAfter(draft.now().plus(TOKEN_LIFE_MAX))) {
            return bad("a token expires within " + TOKEN_LIFE_MAX.toDays() + " days, not at " + add.expires());
        }
        var tokens = valid(draft, row);
        if (row.token(add.hash()) != null) {
            return bad("this token exists already; draw another one");
        }
        if (tokens.size() >= TOKENS_MAX) {
            return new Outcome.Rejected(
                    Reason.TOO_MANY, TOKENS_MAX + " tokens wait to be used; use one, or wait until one expires");
        }
        tokens.add(new JoinToken(add.hash(), add.expires()));
        return put(draft, row.with(tokens));
    }

    private static Outcome admit(Draft draft, MembershipCommand.AdmitMember admit) {
        var row = draft.before().membership();
        var problem = problem(admit.member());
        if (problem != null) {
            return bad(problem);
        }
        var known = row.member(admit.member().id());
        if (known != null && known.isRemoved()) {
            return removed(known);
        }
        if (known != null && known.token().equals(admit.tokenHash())) {
            // The same call again: its answer was lost.
            return draft.accepted();
        }
        var token = row.token(admit.tokenHash());
        if (token == null) {
            return new Outcome.Rejected(
                    Reason.TOKEN_UNKNOWN,
                    "this token is not known here: it was used before, has expired, or was never made. Make a new"
                            + " one with `meso cluster token`");
        }
        if (!token.expires().isAfter(draft.now())) {
            return new Outcome.Rejected(
                    Reason.TOKEN_UNKNOWN,
                    "this token has expired at " + token.expires() + "; make a new one with `meso cluster token`");
        }
        if (isFull(row, admit.member().id())) {
            return tooMany();
        }
        var tokens = valid(draft, row);
        tokens.removeIf(other -> other.hash().equals(admit.tokenHash()));
        return put(draft, row.with(tokens).with(admit.member().with(admit.tokenHash())));
    }

    private static Outcome record(Draft draft, KnownMember member) {
        var row = draft.before().membership();
        var problem = problem(member);
        if (problem != null) {
            return bad(problem);
        }
        var known = row.member(member.id());
        if (known != null && known.isRemoved()) {
            return removed(known);
        }
        if (known != null && known.life() > member.life()) {
            return new Outcome.Rejected(
                    Reason.MEMBER_STALE,
                    "member " + member.id() + " says that its data directory was started " + member.life()
                            + " times, but it is known to have been started " + known.life()
                            + " times: this is an old copy of it");
        }
        if (known == null && isFull(row, member.id())) {
            return tooMany();
        }
        var next = member.with(known == null ? "" : known.token());
        return next.equals(known) ? draft.accepted() : put(draft, row.with(next));
    }

    private static Outcome retire(Draft draft, String member) {
        var row = draft.before().membership();
        var id = Ids.problem(member);
        if (id != null) {
            return bad("member id: " + id);
        }
        var known = row.member(member);
        if (known != null && known.isRemoved()) {
            return draft.accepted();
        }
        var gone =
                known == null ? new KnownMember(member, "", 0, 0, "", 0, "", draft.now()) : known.removed(draft.now());
        return put(draft, bounded(row.with(gone)));
    }

    private static MembershipRow bounded(MembershipRow row) {
        var removed = row.members().stream()
                .filter(KnownMember::isRemoved)
                .sorted(Comparator.comparing(KnownMember::removedAt).thenComparing(KnownMember::id))
                .toList();
        if (removed.size() <= REMOVED_MAX) {
            return row;
        }
        var members = new ArrayList<>(row.members());
        members.removeAll(removed.subList(0, removed.size() - REMOVED_MAX));
        return new MembershipRow(row.tokens(), members);
    }

    private static List<JoinToken> valid(Draft draft, MembershipRow row) {
        var tokens = new ArrayList<>(row.tokens());
        tokens.removeIf(token -> !token.expires().isAfter(draft.now()));
        return tokens;
    }

    private static boolean isFull(MembershipRow row, String id) {
        long others = row.members().stream()
                .filter(member -> !member.isRemoved() && !member.id().equals(id))
                .count();
        return others >= MEMBERS_MAX;
    }

    private static Outcome tooMany() {
        return new Outcome.Rejected(
                Reason.TOO_MANY,
                MEMBERS_MAX + " masters belong to the cluster already; remove those that are gone with `meso cluster"
                        + " remove`");
    }

    private static Outcome removed(KnownMember known) {
        return new Outcome.Rejected(
                Reason.MEMBER_REMOVED,
                "member " + known.id() + " was removed from the cluster at " + known.removedAt()
                        + " and cannot come back; start that master with an empty data directory");
    }

    private static @Nullable String problem(KnownMember member) {
        var id = Ids.problem(member.id());
        if (id != null) {
            return "member id: " + id;
        }
        if (member.host().isBlank()
                || member.host().length() > Limits.ID_CHARS_MAX
                || member.zone().length() > Limits.ID_CHARS_MAX) {
            return "a member has a host and a zone of at most " + Limits.ID_CHARS_MAX + " characters";
        }
        if (!isPort(member.raftPort()) || !isPort(member.httpPort()) || member.life() < 0 || member.isRemoved()) {
            return "ports of member " + member.id() + " are not from 1 to " + PORT_MAX + ", or its life is negative";
        }
        return null;
    }

    private static boolean isPort(int port) {
        return port > 0 && port <= PORT_MAX;
    }

    private static boolean isHash(String hash) {
        return hash.length() == HASH_CHARS
                && hash.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
    }

    private static Outcome bad(String why) {
        return new Outcome.Rejected(Reason.BAD_COMMAND, why);
    }

    private static Outcome put(Draft draft, MembershipRow row) {
        draft.add(new Change.MembershipPut(row));
        return draft.accepted();
    }
}
