package org.mesolith.http;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.doctor.Examination;
import org.mesolith.log.ClusterControl;
import org.mesolith.log.ClusterStatus;
import org.mesolith.log.CommandLog;
import org.mesolith.log.MemberAddress;

/** The group of a master that belongs to none. */
final class NoGroup implements RaftPage.Group {
    private static final MemberAddress SELF = new MemberAddress("m1", "127.0.0.1", 5060, 5050);

    @Override
    public ClusterStatus status() {
        return new ClusterStatus(SELF, 7, false, null, List.of(), null);
    }

    @Override
    public @Nullable String clusterId() {
        return null;
    }

    @Override
    public @Nullable String groupId() {
        return null;
    }

    @Override
    public RaftPage.Facts facts() {
        return RaftPage.Facts.UNKNOWN;
    }

    @Override
    public Instant now() {
        return Instant.EPOCH;
    }

    @Override
    public Examination examination() {
        return Examination.NONE;
    }

    @Override
    public RaftPage.Software software(MemberAddress other) throws IOException {
        throw new IOException(other + " is not here");
    }

    @Override
    public void meet(MemberAddress member) {}

    @Override
    public @Nullable ClusterControl control() {
        return null;
    }

    @Override
    public @Nullable CommandLog log() {
        return null;
    }

    @Override
    public @Nullable String initialise(String clusterId, String groupId, List<MemberAddress> members) {
        return "not here";
    }
}
