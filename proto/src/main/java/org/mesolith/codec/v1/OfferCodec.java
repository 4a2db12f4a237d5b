package org.mesolith.codec.v1;

import java.util.List;
import org.mesolith.codec.body.Path;
import org.mesolith.codec.body.ShapeErrors;
import org.mesolith.model.AgentId;
import org.mesolith.model.ExecutorId;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.InverseOffer;
import org.mesolith.model.Offer;
import org.mesolith.model.OfferId;

/** Offers between {@code mesos.v1} and our own. */
public final class OfferCodec {
    /** Where clients expect the agent's pages. */
    private static final String AGENT_PATH = "/slave(1)";

    private OfferCodec() {}

    public static org.mesolith.proto.gen.v1.Offer encode(Offer from, ResourceForm form) {
        var to = org.mesolith.proto.gen.v1.Offer.newBuilder()
                .setHostname(from.hostname())
                .addAllResources(ResourceCodec.encode(from.resources(), form))
                .addAllAttributes(ValueCodec.attributes(from.attributes()));
        to.getIdBuilder().setValue(from.id().value());
        to.getFrameworkIdBuilder().setValue(from.framework().value());
        to.getAgentIdBuilder().setValue(from.agent().value());
        to.getUrlBuilder().setScheme("http").setPath(AGENT_PATH);
        to.getUrlBuilder().getAddressBuilder().setHostname(from.hostname()).setPort(from.port());
        if (!from.ip().isEmpty()) {
            to.getUrlBuilder().getAddressBuilder().setIp(from.ip());
        }
        if (from.domain() != null) {
            to.setDomain(Infos.domain(from.domain()));
        }
        from.executors().forEach(executor -> to.addExecutorIdsBuilder().setValue(executor.value()));
        if (form.allocation()) {
            to.getAllocationInfoBuilder().setRole(from.role());
        }
        if (from.unavailability() != null) {
            to.setUnavailability(Plans.unavailability(from.unavailability()));
        }
        return to.build();
    }

    /** It names no resources, which means everything. */
    public static org.mesolith.proto.gen.v1.InverseOffer encode(InverseOffer from) {
        var to = org.mesolith.proto.gen.v1.InverseOffer.newBuilder()
                .setUnavailability(Plans.unavailability(from.unavailability()));
        to.getIdBuilder().setValue(from.id().value());
        to.getFrameworkIdBuilder().setValue(from.framework().value());
        to.getAgentIdBuilder().setValue(from.agent().value());
        return to.build();
    }

    public static InverseOffer decode(org.mesolith.proto.gen.v1.InverseOffer from) {
        return new InverseOffer(
                new OfferId(from.getId().getValue()),
                new FrameworkId(from.getFrameworkId().getValue()),
                new AgentId(from.getAgentId().getValue()),
                Plans.unavailability(from.getUnavailability()));
    }

    /** The role is the empty string if the offer does not say it. */
    public static Offer decode(org.mesolith.proto.gen.v1.Offer from, Path at, ShapeErrors errors) {
        return new Offer(
                new OfferId(from.getId().getValue()),
                new FrameworkId(from.getFrameworkId().getValue()),
                new AgentId(from.getAgentId().getValue()),
                from.getAllocationInfo().getRole(),
                ResourceCodec.decode(from.getResourcesList(), at.field("resources"), errors),
                from.getHostname(),
                from.getUrl().getAddress().getIp(),
                from.getUrl().getAddress().getPort(),
                ValueCodec.attributes(from.getAttributesList(), at.field("attributes"), errors),
                from.hasDomain() ? Infos.domain(from.getDomain()) : null,
                from.getExecutorIdsList().stream()
                        .map(executor -> new ExecutorId(executor.getValue()))
                        .toList(),
                from.hasUnavailability() ? Plans.unavailability(from.getUnavailability()) : null);
    }

    public static List<org.mesolith.proto.gen.v1.Offer> encode(List<Offer> from, ResourceForm form) {
        return from.stream().map(offer -> encode(offer, form)).toList();
    }
}
