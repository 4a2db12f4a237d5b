package org.mesolith.codec.v1;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.mesolith.api.MasterInfo;
import org.mesolith.model.FaultDomain;
import org.mesolith.proto.gen.v1.Address;
import org.mesolith.proto.gen.v1.DomainInfo;

/** Who a master is and where a machine stands, in the words of {@code mesos.v1}. */
public final class Infos {
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

    private Infos() {}

    public static FaultDomain domain(DomainInfo from) {
        return new FaultDomain(
                from.getFaultDomain().getRegion().getName(),
                from.getFaultDomain().getZone().getName());
    }

    public static DomainInfo domain(FaultDomain from) {
        var to = DomainInfo.newBuilder();
        to.getFaultDomainBuilder().getRegionBuilder().setName(from.region());
        to.getFaultDomainBuilder().getZoneBuilder().setName(from.zone());
        return to.build();
    }

    public static org.mesolith.proto.gen.v1.MasterInfo master(MasterInfo from) {
        var to = org.mesolith.proto.gen.v1.MasterInfo.newBuilder()
                .setId(from.id())
                .setIp(inNetworkOrder(from.ip()))
                .setPort(from.port())
                .setPid(from.pid())
                .setHostname(from.hostname())
                .setVersion(from.version())
                .setAddress(Address.newBuilder()
                        .setHostname(from.hostname())
                        .setIp(from.ip())
                        .setPort(from.port()));
        if (from.domain() != null) {
            to.setDomain(domain(from.domain()));
        }
        for (var capability : from.capabilities()) {
            to.addCapabilitiesBuilder()
                    .setType(org.mesolith.proto.gen.v1.MasterInfo.Capability.Type.forNumber(capability.number()));
        }
        return to.build();
    }

    public static MasterInfo master(org.mesolith.proto.gen.v1.MasterInfo from) {
        return new MasterInfo(
                from.getId(),
                from.getAddress().getIp(),
                from.getPort(),
                from.getHostname(),
                from.getVersion(),
                from.hasDomain() ? domain(from.getDomain()) : null,
                capabilities(from));
    }

    /** Those that this version knows. */
    private static List<MasterInfo.Capability> capabilities(org.mesolith.proto.gen.v1.MasterInfo from) {
        var known = new ArrayList<MasterInfo.Capability>();
        for (var capability : from.getCapabilitiesList()) {
            for (var candidate : MasterInfo.Capability.values()) {
                if (candidate.number() == capability.getType().getNumber()) {
                    known.add(candidate);
                }
            }
        }
        return known;
    }

    /** The first part of the address is the lowest byte, as old drivers expect; 0 for what is no IPv4 address. */
    public static int inNetworkOrder(String ip) {
        if (!IPV4.matcher(ip).matches()) {
            return 0;
        }
        int number = 0;
        int shift = 0;
        for (var part : ip.split("\\.", -1)) {
            number |= (Integer.parseInt(part) & 0xFF) << shift;
            shift += Byte.SIZE;
        }
        return number;
    }
}
