package org.mesolith.codec.legacy;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import org.mesolith.api.OperatorReply.Roles.RoleView;
import org.mesolith.codec.v1.Plans;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Quota;

/** Roles with what is theirs, and quotas. */
final class RoleTrees {
    private RoleTrees() {}

    static void write(JsonGenerator json, RoleView role) throws IOException {
        var sums = role.sums();
        json.writeStartObject();
        json.writeStringField("name", role.name());
        json.writeNumberField("weight", role.weight().value());
        json.writeObjectFieldStart("quota");
        json.writeStringField("role", role.name());
        Amounts.quantities(json, "guarantee", sums.quota().guarantees());
        json.writeObjectFieldStart("limit");
        for (var limit : sums.quota().limits().milliByName().entrySet()) {
            Amounts.number(json, limit.getKey(), limit.getValue());
        }
        json.writeEndObject();
        Amounts.quantities(json, "consumed", sums.consumed());
        json.writeEndObject();
        Amounts.quantities(json, "resources", sums.allocated().plus(sums.offered()));
        Amounts.quantities(json, "allocated", sums.allocated());
        Amounts.quantities(json, "offered", sums.offered());
        Amounts.quantities(json, "reserved", sums.reserved());
        json.writeArrayFieldStart("frameworks");
        for (FrameworkId framework : role.frameworks()) {
            json.writeString(framework.value());
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    static void quotas(JsonGenerator json, List<Quota> quotas) throws IOException {
        json.writeStartObject();
        if (!quotas.isEmpty()) {
            json.writeArrayFieldStart("infos");
            for (var quota : quotas) {
                info(json, quota);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("configs");
            for (var quota : quotas) {
                Messages.write(json, Plans.quota(quota));
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    /** The oldest form: guarantees only. */
    private static void info(JsonGenerator json, Quota quota) throws IOException {
        json.writeStartObject();
        json.writeStringField("role", quota.role());
        json.writeArrayFieldStart("guarantee");
        for (var name : quota.guarantees().names()) {
            json.writeStartObject();
            json.writeStringField("name", name);
            json.writeStringField("type", "SCALAR");
            json.writeObjectFieldStart("scalar");
            Amounts.number(json, "value", quota.guarantees().milli(name));
            json.writeEndObject();
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
