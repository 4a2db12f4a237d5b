package org.mesolith.http;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.mesolith.log.ClusterStatus;
import org.mesolith.log.MemberAddress;
import org.mesolith.log.MemberStatus;
import org.mesolith.wire.HttpAnswer;
import org.mesolith.wire.HttpRequest;

/** {@code /raft}: the group of masters as this one sees it; {@code POST /raft/init}: makes the group, once. */
public final class RaftPage {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Group group;
    private final String version;

    /** The group of masters. Any thread. */
    public interface Group {
        ClusterStatus status();

        /** Null until the member was told its cluster. */
        @Nullable
        String clusterId();

        /** Null before the bootstrap; an interrupted `meso cluster init` is taken up again with it. */
        @Nullable
        String groupId();

        /**
         * Null when done (or done before with the same content); else why not.
         *
         * @throws TimeoutException it is still under way; the same call again waits for it
         */
        @Nullable
        String initialise(String clusterId, String groupId, List<MemberAddress> members)
                throws InterruptedException, TimeoutException;
    }

    RaftPage(Group group, String version) {
        this.group = group;
        this.version = version;
    }

    HttpAnswer.Full show() {
        var status = group.status();
        return JsonText.page(200, json -> {
            var self = status.members().stream()
                    .filter(member ->
                            member.address().member().equals(status.self().member()))
                    .findFirst()
                    .orElse(null);
            json.writeObjectFieldStart("member");
            address(json, status.self());
            json.writeStringField("version", version);
            json.writeBooleanField("bootstrapped", group.clusterId() != null);
            JsonText.text(json, "cluster_id", group.clusterId());
            JsonText.text(json, "group_id", group.groupId());
            json.writeEndObject();
            json.writeStringField("role", self == null ? "WAITING" : self.role().name());
            json.writeNumberField("term", status.term());
            json.writeBooleanField("ready", status.ready());
            json.writeNumberField("commit_index", self == null ? -1 : self.commitIndex());
            json.writeNumberField("applied_index", self == null ? -1 : self.appliedIndex());
            var snapshot = status.lastSnapshot();
            json.writeNumberField("last_snapshot_index", snapshot == null ? -1 : snapshot.index());
            var leader = status.leader();
            if (leader == null) {
                json.writeNullField("leader");
            } else {
                json.writeObjectFieldStart("leader");
                address(json, leader);
                json.writeEndObject();
            }
            json.writeArrayFieldStart("members");
            for (var member : status.members()) {
                member(json, member);
            }
            json.writeEndArray();
        });
    }

    private static void member(JsonGenerator json, MemberStatus member) throws IOException {
        json.writeStartObject();
        address(json, member.address());
        json.writeStringField("role", member.role().name());
        json.writeNumberField("commit_index", member.commitIndex());
        json.writeNumberField("match_index", member.appliedIndex());
        json.writeNumberField("lag_entries", member.lag());
        var silence = member.silence();
        if (silence == null) {
            json.writeNullField("last_contact_ms");
        } else {
            json.writeNumberField("last_contact_ms", silence.toMillis());
        }
        json.writeEndObject();
    }

    private static void address(JsonGenerator json, MemberAddress address) throws IOException {
        json.writeStringField("id", address.member());
        json.writeStringField("raft_address", address.raftAuthority());
        json.writeStringField("http_address", address.httpAuthority());
    }

    HttpAnswer.Full initialise(HttpRequest request) throws InterruptedException {
        if (!request.method().equals("POST")) {
            return HttpAnswer.text(405, "Expecting POST").with("Allow", "POST");
        }
        try {
            var body = MAPPER.readTree(request.body().bytes());
            var members = new ArrayList<MemberAddress>();
            for (var member : body.path("members")) {
                members.add(address(member));
            }
            var refusal = group.initialise(text(body, "cluster_id"), text(body, "group_id"), members);
            return refusal == null ? show() : HttpAnswer.text(409, refusal);
        } catch (TimeoutException underWay) {
            return HttpAnswer.text(503, String.valueOf(underWay.getMessage())).with("Retry-After", "1");
        } catch (JsonProcessingException notJson) {
            return Problems.badRequest("The body is not JSON: " + notJson.getOriginalMessage());
        } catch (IllegalArgumentException wrong) {
            return Problems.badRequest(String.valueOf(wrong.getMessage()));
        } catch (IOException unreadable) {
            return Problems.badRequest("The body cannot be read: " + unreadable.getMessage());
        }
    }

    private static MemberAddress address(JsonNode member) {
        var raft = text(member, "raft_address");
        var http = text(member, "http_address");
        return new MemberAddress(text(member, "id"), host(raft), port(raft), port(http));
    }

    private static String text(JsonNode node, String field) {
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
        try {
            return Integer.parseInt(authority.substring(authority.lastIndexOf(':') + 1));
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException("'" + authority + "' is not host:port", notANumber);
        }
    }
}
