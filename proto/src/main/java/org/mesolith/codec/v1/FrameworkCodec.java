package org.mesolith.codec.v1;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.mesolith.model.FrameworkCapability;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.FrameworkInfo;
import org.mesolith.model.Roles;

/** What frameworks say of themselves, between {@code mesos.v1} and our own. */
public final class FrameworkCodec {
    private FrameworkCodec() {}

    /** Takes it as it is; what is wrong with it says {@link FrameworkShape}. */
    public static FrameworkInfo decode(org.mesolith.proto.gen.v1.FrameworkInfo from) {
        var capabilities = capabilities(from);
        var old = OldRole.given(from);
        List<String> roles = capabilities.contains(FrameworkCapability.MULTI_ROLE)
                ? from.getRolesList()
                : List.of(old == null ? Roles.STAR : old);
        return new FrameworkInfo(
                from.getId().getValue().isEmpty()
                        ? null
                        : new FrameworkId(from.getId().getValue()),
                from.getUser(),
                from.getName(),
                roles,
                capabilities,
                Times.ofSeconds(from.getFailoverTimeout())
                        .filter(duration -> !duration.isNegative())
                        .orElse(Duration.ZERO),
                from.getCheckpoint(),
                from.getPrincipal().isEmpty() ? null : from.getPrincipal(),
                from.hasHostname() ? from.getHostname() : null,
                Opaques.of(from));
    }

    static List<FrameworkCapability> capabilities(org.mesolith.proto.gen.v1.FrameworkInfo from) {
        return from.getCapabilitiesList().stream()
                .filter(capability -> capability.hasType())
                .map(capability -> FrameworkCapability.of(capability.getType().getNumber()))
                .filter(Objects::nonNull)
                .toList();
    }

    /** The message as it came, under the id and principal that the record has now; made of the record if none came. */
    public static org.mesolith.proto.gen.v1.FrameworkInfo encode(FrameworkInfo from) {
        var to = Opaques.read(org.mesolith.proto.gen.v1.FrameworkInfo.getDefaultInstance(), from.raw()).toBuilder();
        if (from.raw().isEmpty()) {
            writeFields(from, to);
        }
        if (from.id() != null) {
            to.getIdBuilder().setValue(from.id().value());
        }
        if (from.principal() != null) {
            to.setPrincipal(from.principal());
        }
        if (from.checkpoint() != to.getCheckpoint()) {
            // A framework that subscribes again with another value keeps its first one.
            to.setCheckpoint(from.checkpoint());
        }
        return to.setUser(from.user()).setName(from.name()).build();
    }

    private static void writeFields(FrameworkInfo from, org.mesolith.proto.gen.v1.FrameworkInfo.Builder to) {
        to.setFailoverTimeout(Times.seconds(from.failoverTimeout())).setCheckpoint(from.checkpoint());
        if (from.hostname() != null) {
            to.setHostname(from.hostname());
        }
        if (from.has(FrameworkCapability.MULTI_ROLE)) {
            to.addAllRoles(from.roles());
        } else {
            from.roles().forEach(role -> OldRole.set(to, role));
        }
        for (var capability : from.capabilities()) {
            to.addCapabilitiesBuilder()
                    .setType(org.mesolith.proto.gen.v1.FrameworkInfo.Capability.Type.forNumber(capability.number()));
        }
    }
}
