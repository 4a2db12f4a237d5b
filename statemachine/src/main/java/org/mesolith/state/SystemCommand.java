package org.mesolith.state;

import org.mesolith.model.Position;
import org.mesolith.state.journal.JournalRow;

/** The cluster about itself. */
public sealed interface SystemCommand extends Command {
    /**
     * The first command of a cluster: before it every other one is refused.
     *
     * @param featureLevel what every member of the new cluster understands
     */
    record InitCluster(String clusterId, long epoch, long epochId, int featureLevel) implements SystemCommand {
        /** With everything that this software understands. */
        public InitCluster(String clusterId, long epoch, long epochId) {
            this(clusterId, epoch, epochId, FeatureLevel.NEWEST.number());
        }
    }

    /**
     * From here on the cluster understands what the level adds; every member's software must.
     *
     * @param needs the oldest version of the software that knows the level; empty when nobody said
     */
    record RaiseFeatureLevel(int level, String needs) implements SystemCommand {
        /** As this software knows it. */
        public RaiseFeatureLevel(int level) {
            this(level, new FeatureLevel(level).version());
        }
    }

    /** After a restore or a quorum recovery: orders and tokens of older epochs are refused. */
    record RaiseEpoch(long epoch, long epochId) implements SystemCommand {}

    /**
     * Each master notes its fingerprint here, and compares its note of the check before with what the leader noted
     * then. Accepted with {@link Result.DigestChecked}, the one result that may differ between members.
     *
     * @param noted place of the check before, {@link Position#NONE} for the first
     * @param digest what the leader noted there
     */
    record DigestCheck(Position noted, long digest) implements SystemCommand {}

    /**
     * Forgets old events and audit rows. The proposer has looked in its store, which is the same on every master.
     */
    record PruneJournal(JournalRow.Forgotten forgotten) implements SystemCommand {}

    /**
     * Somebody did something that no command says: it changes nothing, and is here for the audit.
     *
     * @param call its name
     * @param subject what it was done to
     * @param before what was; empty where nothing is to be compared
     * @param after what is now
     */
    record NoteDeed(String call, String subject, String arguments, String before, String after)
            implements SystemCommand {}
}
