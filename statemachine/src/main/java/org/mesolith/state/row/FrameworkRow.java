package org.mesolith.state.row;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.mesolith.base.Check;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.FrameworkInfo;

/**
 * A framework that has not ended.
 *
 * @param info with its id
 * @param reregisteredAt when it last subscribed again, null when never
 * @param disconnectedSince null while it is connected, or was when the last leader saw it
 */
public record FrameworkRow(
        FrameworkInfo info,
        Instant registeredAt,
        @Nullable Instant reregisteredAt,
        @Nullable Instant disconnectedSince) {
    public FrameworkId id() {
        return Check.present(info.id(), "id of a framework's row");
    }

    public FrameworkRow withInfo(FrameworkInfo changed) {
        return new FrameworkRow(changed, registeredAt, reregisteredAt, disconnectedSince);
    }

    public FrameworkRow withReregisteredAt(Instant at) {
        return new FrameworkRow(info, registeredAt, at, null);
    }

    public FrameworkRow withDisconnectedSince(Instant since) {
        return new FrameworkRow(info, registeredAt, reregisteredAt, since);
    }
}
