package org.mesolith.master;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;
import org.mesolith.base.Halt;

/**
 * Whether this data directory may be used, by what another master knows of the member it belongs to. Pure.
 *
 * @param memberId this member
 * @param group what this member belongs to
 * @param life how many times the directory was started, this time included
 * @param logEnd newest entry on its disk
 */
record SelfCheck(String memberId, Group group, long life, long logEnd) {
    /** What a member belongs to: a cluster, and in it the group of one epoch. */
    record Group(String clusterId, String groupId, long epoch) {}

    /** Why not, and with what status to end. */
    record Refusal(Halt.Code code, String why) {}

    private static final String EMPTY_IT =
            " The other members are not harmed. Move this data directory away, start the master with an empty one (it"
                    + " takes a new id and waits), and put it in the place of the old member: `meso cluster replace ";

    /**
     * @param starting true before this member takes part: afterwards its own entries have moved on
     * @return null when nothing speaks against it
     */
    @Nullable
    Refusal refusal(String from, JsonNode answer, boolean starting) {
        var other = answer.path("member");
        if (other.path("id").asText().equals(memberId)) {
            return new Refusal(
                    Halt.Code.DATA_IN_USE,
                    "member " + memberId + " runs already, at " + from + ": this data directory is a copy of its."
                            + " Two processes with one identity would vote twice. Stop one of them for good, and give"
                            + " this one an empty work_dir");
        }
        if (!other.path("cluster_id").asText().equals(group.clusterId())) {
            return null;
        }
        if (!other.path("group_id").asText().equals(group.groupId())) {
            return byEpoch(from, other);
        }
        for (var known : answer.path("known")) {
            if (known.path("id").asText().equals(memberId)) {
                var refusal = byRecord(from, known, starting);
                if (refusal != null) {
                    return refusal;
                }
            }
        }
        return starting ? byLog(from, answer) : null;
    }

    /** The cluster went on without this member's group: what that decides among itself counts nowhere. */
    private @Nullable Refusal byEpoch(String from, JsonNode other) {
        long epoch = other.path("epoch").asLong();
        return epoch <= group.epoch()
                ? null
                : new Refusal(
                        Halt.Code.REFUSED,
                        "the cluster " + group.clusterId() + " was restored or recovered and is in epoch " + epoch
                                + " (says " + from + "), and member " + memberId + " belongs to the group of epoch "
                                + group.epoch() + ", which counts no more. To use this machine again start the master"
                                + " with an empty work_dir, then `meso cluster add`");
    }

    private @Nullable Refusal byRecord(String from, JsonNode known, boolean starting) {
        if (known.path("removed").asBoolean()) {
            return new Refusal(
                    Halt.Code.REFUSED,
                    "member " + memberId + " was removed from the cluster " + group.clusterId() + " (says " + from
                            + ") and cannot come back. To use this machine again start the master with an empty"
                            + " work_dir, then `meso cluster add`");
        }
        long life = known.path("life").asLong();
        if (starting ? life < this.life : life <= this.life) {
            return null;
        }
        return new Refusal(
                Halt.Code.CORRUPT_DATA,
                "this data directory of member " + memberId + " was started " + this.life + " times, but " + from
                        + " knows of " + life + " starts: it is an old copy, and it has forgotten votes and entries."
                        + EMPTY_IT + memberId + " HOST:PORT`");
    }

    /** The leader knows which entries this member has confirmed. */
    private @Nullable Refusal byLog(String from, JsonNode answer) {
        if (!answer.path("role").asText().equals("LEADER")) {
            return null;
        }
        for (var member : answer.path("members")) {
            long confirmed = member.path("match_index").asLong(-1);
            if (member.path("id").asText().equals(memberId) && confirmed > logEnd) {
                return new Refusal(
                        Halt.Code.CORRUPT_DATA,
                        "the log of member " + memberId + " ends with entry " + logEnd + ", but the leader " + from
                                + " has its confirmation up to " + confirmed + ": the disk has lost entries, or is an"
                                + " old copy." + EMPTY_IT + memberId + " HOST:PORT`");
            }
        }
        return null;
    }
}
