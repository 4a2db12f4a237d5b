package org.mesolith.view;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.model.ReservationKey;
import org.mesolith.model.Resources;
import org.mesolith.state.row.ReservationNote;

/**
 * What one agent has reserved in one way, as it is shown.
 *
 * @param host of the agent
 * @param registered false while the agent is unreachable
 * @param resources all of it, volumes with it; no allocation is set
 * @param used by tasks and executors
 * @param volumes ids of the volumes that are made of it
 * @param users who uses it and what is made of it, in words, the first few
 * @param note what is written down of it, null for nothing
 * @param orphan whether no framework has a role that may use it
 * @param orphanSince since when, as far as that is known
 */
public record ReservationView(
        ReservationKey key,
        String host,
        boolean registered,
        Resources resources,
        Resources used,
        List<String> volumes,
        List<String> users,
        @Nullable ReservationNote note,
        boolean orphan,
        @Nullable Instant orphanSince) {
    public ReservationView {
        volumes = List.copyOf(volumes);
        users = List.copyOf(users);
    }
}
