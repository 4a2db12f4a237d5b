package org.mesolith.master;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.jspecify.annotations.Nullable;
import org.mesolith.model.FaultDomain;

/** A fault domain as JSON of a {@code mesos.v1.DomainInfo}, the way Mesos' flag takes it. */
final class DomainText {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private DomainText() {}

    /** Null when the text is no such thing. */
    static @Nullable FaultDomain parse(String text) {
        try {
            var domain = MAPPER.readTree(text).path("fault_domain");
            var region = domain.path("region").path("name").asText();
            var zone = domain.path("zone").path("name").asText();
            return region.isEmpty() || zone.isEmpty() ? null : new FaultDomain(region, zone);
        } catch (JsonProcessingException notJson) {
            return null;
        }
    }
}
