package org.mesolith.model;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a framework says of itself: the fields that the master decides on, and the whole message as it came.
 *
 * @param id null until the framework has one
 * @param roles the roles that count: the list with MULTI_ROLE, else the one old-style role (default "*"); as given
 * @param failoverTimeout time after a disconnection until the framework is removed; zero removes at once
 * @param raw the whole {@code mesos.v1.FrameworkInfo}, for what is only shown or passed on
 */
public record FrameworkInfo(
        @Nullable FrameworkId id,
        String user,
        String name,
        List<String> roles,
        List<FrameworkCapability> capabilities,
        Duration failoverTimeout,
        boolean checkpoint,
        @Nullable String principal,
        @Nullable String hostname,
        Opaque raw) {
    public FrameworkInfo {
        roles = List.copyOf(roles);
        capabilities = List.copyOf(capabilities);
    }

    public boolean has(FrameworkCapability capability) {
        return capabilities.contains(capability);
    }

    /** The same framework under its id; the raw message is given its id by the codec when it is shown. */
    public FrameworkInfo withId(FrameworkId given) {
        return new FrameworkInfo(
                given, user, name, roles, capabilities, failoverTimeout, checkpoint, principal, hostname, raw);
    }

    /** The same framework with the principal that the master fills in for it. */
    public FrameworkInfo withPrincipal(@Nullable String given) {
        return new FrameworkInfo(
                id, user, name, roles, capabilities, failoverTimeout, checkpoint, given, hostname, raw);
    }
}
