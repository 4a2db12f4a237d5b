package org.mesolith.sim.calm;

import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.mesolith.http.About;
import org.mesolith.http.Authenticator;
import org.mesolith.http.EventStreams;
import org.mesolith.http.RaftPage;
import org.mesolith.http.Routes;
import org.mesolith.leader.LeaderCalls;
import org.mesolith.log.ClusterStatus;
import org.mesolith.log.MemberAddress;
import org.mesolith.wire.HttpAnswer;
import org.mesolith.wire.HttpHandler;

/**
 * What the HTTP doors of a calm master are made with.
 *
 * @param roles the only roles that may be used, null for any
 */
public record CalmDoors(@Nullable List<String> roles) {
    HttpHandler routes(LeaderCalls calls, EventStreams streams) {
        var about = new About("calm", "1.11.0", "127.0.0.1:5050", new TreeMap<>(), roles);
        return Routes.of(
                calls,
                streams,
                about,
                within -> List.of(),
                new NoGroup(),
                new Routes.Access(Authenticator.OPEN, () -> HttpAnswer.empty(503)));
    }

    /** A calm cluster has no group to look at. */
    private static final class NoGroup implements RaftPage.Group {
        @Override
        public ClusterStatus status() {
            throw new IllegalStateException("a calm cluster has no group");
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
        public @Nullable String initialise(String clusterId, String groupId, List<MemberAddress> members) {
            return "a calm cluster has no group";
        }
    }
}
