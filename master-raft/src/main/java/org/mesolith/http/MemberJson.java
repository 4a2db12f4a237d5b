package org.mesolith.http;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.mesolith.log.MemberAddress;
import org.mesolith.state.row.KnownMember;
import org.mesolith.state.row.MembershipRow;

/** Names and addresses of masters in JSON, both ways. What cannot be read is an {@link IllegalArgumentException}. */
final class MemberJson {
    /** Members or names in one list of a call. */
    private static final int LIST_MAX = 64;

    private MemberJson() {}

    /** The fields of a member, into an object that is open. */
    static void write(JsonGenerator json, MemberAddress address) throws IOException {
        json.writeStringField("id", address.member());
        json.writeStringField("raft_address", address.raftAuthority());
        json.writeStringField("http_address", address.httpAuthority());
    }

    static void write(JsonGenerator json, String name, List<MemberAddress> members) throws IOException {
        json.writeArrayFieldStart(name);
        for (var member : members) {
            json.writeStartObject();
            write(json, member);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** Everybody who is known, voting, standing by or removed, into an object that is open. */
    static void write(JsonGenerator json, MembershipRow known) throws IOException {
        json.writeArrayFieldStart("known");
        for (var member : known.members()) {
            json.writeStartObject();
            if (member.host().isEmpty()) {
                json.writeStringField("id", member.id());
            } else {
                write(json, new MemberAddress(member.id(), member.host(), member.raftPort(), member.httpPort()));
            }
            json.writeStringField("zone", member.zone());
            json.writeNumberField("life", member.life());
            json.writeBooleanField("removed", member.isRemoved());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** What a master says of itself: addresses, zone, life. */
    static KnownMember known(JsonNode body) {
        var address = read(body);
        var zone = body.path("zone").asText("");
        long life = body.path("life").asLong(0);
        return new KnownMember(
                address.member(), address.host(), address.raftPort(), address.httpPort(), zone, life, "", null);
    }

    static MemberAddress read(JsonNode member) {
        var raft = text(member, "raft_address");
        var http = text(member, "http_address");
        return new MemberAddress(text(member, "id"), host(raft), port(raft), port(http));
    }

    static List<MemberAddress> members(JsonNode body, String field) {
        var members = new ArrayList<MemberAddress>();
        for (var member : list(body, field)) {
            members.add(read(member));
        }
        return members;
    }

    static List<String> texts(JsonNode body, String field) {
        var texts = new ArrayList<String>();
        for (var element : list(body, field)) {
            if (!element.isTextual()) {
                throw new IllegalArgumentException("The list '" + field + "' holds something that is not a text");
            }
            texts.add(element.textValue());
        }
        return texts;
    }

    private static JsonNode list(JsonNode body, String field) {
        var list = body.path(field);
        if (!list.isMissingNode() && (!list.isArray() || list.size() > LIST_MAX)) {
            throw new IllegalArgumentException("The field '" + field + "' is not a list of up to " + LIST_MAX);
        }
        return list;
    }

    static String text(JsonNode node, String field) {
        var value = node.path(field);
        if (!value.isTextual() || value.textValue().isEmpty()) {
            throw new IllegalArgumentException("The field '" + field + "' is missing or not a text");
        }
        return value.textValue();
    }

    private static String host(String authority) {
        int colon = authority.lastIndexOf(':');
        var host = colon < 0 ? authority : authority.substring(0, colon);
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    private static int port(String authority) {
        int port;
        try {
            port = Integer.parseInt(authority.substring(authority.lastIndexOf(':') + 1));
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException("'" + authority + "' is not host:port", notANumber);
        }
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("'" + authority + "' has no port from 1 to 65535");
        }
        return port;
    }
}
