package org.mesolith.raft;

/** What a member does about Ratis' events. Any thread, possibly under Ratis' locks; no method blocks. */
interface MemberEvents {
    /** The first entry of this member's own term is applied, so all older ones are. Only the apply thread. */
    void ready(long term);

    /** The registry went on. Only the apply thread. */
    void applied();

    void notLeader();

    void leaderChanged();

    /** The division is gone, for whatever reason: the process must end, or is ending. */
    void closed();
}
