package org.mesolith.state;

import java.time.Instant;
import org.mesolith.state.row.KnownMember;

/** Who may be a master of the cluster. Understood from {@link FeatureLevel#MEMBERSHIP} on. */
public sealed interface MembershipCommand extends Command {
    /** Leave for one master to join; the token itself is not in the log. */
    record AddJoinToken(String hash, Instant expires) implements MembershipCommand {}

    /** A master has shown a token: the token is used up, the master is known from now on. */
    record AdmitMember(String tokenHash, KnownMember member) implements MembershipCommand {}

    /** A member was started, or has moved: what it says of itself. An older life than the known one is refused. */
    record RecordMember(KnownMember member) implements MembershipCommand {}

    /** A member was taken out, for good. */
    record RetireMember(String member) implements MembershipCommand {}
}
