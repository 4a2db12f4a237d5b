package org.mesolith.raft;

import org.mesolith.base.ThreadQueue;
import org.mesolith.log.MemberAddress;

/**
 * What the parts of a member share.
 *
 * @param self this member's name and addresses
 * @param lags when the log reached which index
 * @param housekeeping one thread for everything that may take a moment
 */
record MemberCore(
        RatisSettings settings,
        MemberAddress self,
        MemberFiles files,
        Replica replica,
        Leading leading,
        RatisLog log,
        RatisNode node,
        LagClock lags,
        ThreadQueue housekeeping,
        ExpectedEnd ending) {}
