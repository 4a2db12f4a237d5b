package org.mesolith.raft;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.mesolith.log.ClusterControl;
import org.mesolith.log.ClusterStatus;
import org.mesolith.log.MemberAddress;
import org.mesolith.log.MemberStatus.Role;
import org.mesolith.log.VoterChange;

/** The group of masters as its user sees it. Any thread; futures complete on the housekeeping thread. */
final class Cluster implements ClusterControl {
    private final MemberCore core;
    private final Founding founding;
    private final LeadHandover handover;
    private final SnapshotKeeper snapshots;
    private final VoterChanges voters;

    Cluster(MemberCore core, Founding founding, LeadHandover handover, SnapshotKeeper snapshots) {
        this.core = core;
        this.founding = founding;
        this.handover = handover;
        this.snapshots = snapshots;
        this.voters = new VoterChanges(core, handover);
    }

    @Override
    public ClusterStatus status() {
        var division = core.node().division();
        if (division == null) {
            boolean waits = founding.identity().stage() == Identity.Stage.EMPTY;
            return GroupView.alone(core.self(), waits ? Role.WAITING : Role.STARTING);
        }
        return GroupView.status(core, division, snapshots.newest());
    }

    @Override
    public CompletableFuture<ClusterControl.Handover> transferLeadership(
            @Nullable MemberAddress target, Duration deadline) {
        return handover.to(target, deadline);
    }

    @Override
    public CompletableFuture<Bootstrap> bootstrap(String clusterId, String groupId, List<MemberAddress> founders) {
        var done = new CompletableFuture<Bootstrap>();
        core.housekeeping().run(() -> done.complete(founding.bootstrap(clusterId, groupId, founders)));
        return done;
    }

    @Override
    public CompletableFuture<Bootstrap> join(String clusterId, String groupId) {
        var done = new CompletableFuture<Bootstrap>();
        core.housekeeping().run(() -> done.complete(founding.join(clusterId, groupId)));
        return done;
    }

    @Override
    public CompletableFuture<Changed> change(VoterChange wish) {
        return voters.change(wish);
    }
}
