package org.mesolith.raft;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.grpc.GrpcConfigKeys;
import org.apache.ratis.server.RaftServerConfigKeys;
import org.apache.ratis.util.SizeInBytes;
import org.apache.ratis.util.TimeDuration;
import org.mesolith.base.Limits;

/** The properties Ratis is run with. What is not named here stays at Ratis' default. */
final class RatisConfig {
    /** Largest entry: one call at the limit of the HTTP door, with room for what is put around it. */
    static final long ENTRY_BYTES_CEILING = Limits.CALL_BYTES_MAX + (2L << 20);

    /** Largest command: Ratis puts ids and places around an entry. */
    static final long COMMAND_BYTES_CEILING = ENTRY_BYTES_CEILING - (64L << 10);

    /** Snapshots kept: the newest may be on its way to a member while the next is taken. */
    private static final int SNAPSHOTS_KEPT = 2;

    private static final int REQUESTS_PENDING_MAX = 16_384;

    private RatisConfig() {}

    static RaftProperties of(RatisSettings settings) {
        var p = new RaftProperties();
        RaftServerConfigKeys.setStorageDir(p, List.of(settings.raftDir().toFile()));
        RaftServerConfigKeys.setRemovedGroupsDir(p, settings.removedDir().toFile());
        GrpcConfigKeys.Server.setHost(p, settings.bindHost());
        GrpcConfigKeys.Server.setPort(p, settings.bindPort());
        elections(p, settings.elections());
        log(p);
        snapshots(p);
        RaftServerConfigKeys.Write.setElementLimit(p, REQUESTS_PENDING_MAX);
        RaftServerConfigKeys.RetryCache.setExpiryTime(p, TimeDuration.valueOf(15, TimeUnit.SECONDS));
        // A pause beyond this closes the division for good; a suspended laptop must survive it.
        RaftServerConfigKeys.setCloseThreshold(p, TimeDuration.valueOf(300, TimeUnit.SECONDS));
        return p;
    }

    private static void elections(RaftProperties p, RatisSettings.Elections elections) {
        var min = millis(elections.silenceMin());
        var max = millis(elections.silenceMax());
        RaftServerConfigKeys.Rpc.setTimeoutMin(p, min);
        RaftServerConfigKeys.Rpc.setTimeoutMax(p, max);
        // Only the first election after a start; pre-vote keeps it from disturbing a leader.
        RaftServerConfigKeys.Rpc.setFirstElectionTimeoutMin(p, atMost(min, 300));
        RaftServerConfigKeys.Rpc.setFirstElectionTimeoutMax(p, atMost(max, 600));
        RaftServerConfigKeys.Rpc.setSlownessTimeout(p, TimeDuration.valueOf(5, TimeUnit.SECONDS));
        RaftServerConfigKeys.Notification.setNoLeaderTimeout(p, TimeDuration.valueOf(5, TimeUnit.SECONDS));
        RaftServerConfigKeys.LeaderElection.setLeaderStepDownWaitTime(p, millis(elections.afterLead()));
        // A follower that overslept by more than this does not stand. The default, 300 ms, keeps a starved machine from
        // electing anybody; pre-vote keeps a sleepy follower from doing harm.
        RaftServerConfigKeys.setSleepDeviationThreshold(p, min);
        RaftServerConfigKeys.setStagingTimeout(p, TimeDuration.valueOf(30, TimeUnit.SECONDS));
    }

    private static void log(RaftProperties p) {
        // True would write an entry of its own after each quiet moment and double the latency of a lone command.
        RaftServerConfigKeys.Log.setLogMetadataEnabled(p, false);
        RaftServerConfigKeys.Log.setForceSyncNum(p, 1_024);
        RaftServerConfigKeys.Log.setSegmentSizeMax(p, SizeInBytes.valueOf("16MB"));
        RaftServerConfigKeys.Log.setSegmentCacheNumMax(p, 2);
        RaftServerConfigKeys.Log.setSegmentCacheSizeMax(p, SizeInBytes.valueOf("32MB"));
        // False would let one dead member stop all purging, until the disk is full.
        RaftServerConfigKeys.Log.setPurgeUptoSnapshotIndex(p, true);
        RaftServerConfigKeys.Log.setPurgeGap(p, 1);
        RaftServerConfigKeys.Log.setCorruptionPolicy(p, RaftServerConfigKeys.Log.CorruptionPolicy.EXCEPTION);
        RaftServerConfigKeys.Log.setWriteBufferSize(p, SizeInBytes.valueOf(ENTRY_BYTES_CEILING + (1 << 20)));
        RaftServerConfigKeys.Log.Appender.setBufferByteLimit(p, SizeInBytes.valueOf(ENTRY_BYTES_CEILING));
        RaftServerConfigKeys.Log.Appender.setWaitTimeMin(p, TimeDuration.ZERO);
        // The default's last stage sleeps 5 s between tries: a restarted follower would wait that long.
        RaftServerConfigKeys.Log.Appender.setRetryPolicy(p, "1ms,10, 200ms,1000000");
        RaftServerConfigKeys.Log.Appender.setSnapshotChunkSizeMax(p, SizeInBytes.valueOf("4MB"));
        // Eight chunks may be under way, each blocking this long when the follower has just gone.
        GrpcConfigKeys.Server.setInstallSnapshotRequestTimeout(p, TimeDuration.valueOf(1, TimeUnit.SECONDS));
    }

    private static void snapshots(RaftProperties p) {
        // On only so that one is taken at an orderly end; while running the SnapshotKeeper asks for them.
        RaftServerConfigKeys.Snapshot.setAutoTriggerEnabled(p, true);
        RaftServerConfigKeys.Snapshot.setAutoTriggerThreshold(p, Long.MAX_VALUE);
        RaftServerConfigKeys.Snapshot.setRetentionFileNum(p, SNAPSHOTS_KEPT);
        RaftServerConfigKeys.Snapshot.setCreationGap(p, 1);
    }

    private static TimeDuration millis(Duration duration) {
        return TimeDuration.valueOf(duration.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static TimeDuration atMost(TimeDuration duration, long millis) {
        return TimeDuration.valueOf(Math.min(duration.toLong(TimeUnit.MILLISECONDS), millis), TimeUnit.MILLISECONDS);
    }
}
