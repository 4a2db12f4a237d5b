package org.mesolith.http;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.mesolith.doctor.Examination;
import org.mesolith.log.ClusterControl;
import org.mesolith.log.ClusterStatus;
import org.mesolith.log.CommandLog;
import org.mesolith.log.MemberAddress;
import org.mesolith.log.MemberStatus;
import org.mesolith.state.FeatureLevel;
import org.mesolith.state.row.MembershipRow;
import org.mesolith.wire.HttpAnswer;
import org.mesolith.wire.HttpRequest;

/** {@code /raft}: the group of masters as this one sees it; {@code POST /raft/init}: makes the group, once. */
public final class RaftPage {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    static final String PATH = "/raft";

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

        /** Numbers of this member. */
        Facts facts();

        /**
         * What another member says of its software. Blocks for seconds at most.
         *
         * @throws IOException when it gives no answer
         */
        Software software(MemberAddress other) throws IOException;

        /** The time that this master goes by, and that it writes into entries when it leads. */
        Instant now();

        /** What this member thinks of itself. */
        Examination examination();

        /** A member says that it is here now. */
        void meet(MemberAddress member);

        /** Membership and handover; null where there is no group. */
        @Nullable
        ClusterControl control();

        /** The log; null where there is no group. */
        @Nullable
        CommandLog log();

        /**
         * Null when done (or done before with the same content); else why not.
         *
         * @throws TimeoutException it is still under way; the same call again waits for it
         */
        @Nullable
        String initialise(String clusterId, String groupId, List<MemberAddress> members)
                throws InterruptedException, TimeoutException;
    }

    /**
     * The software of a member.
     *
     * @param level the cluster's feature level as far as the member has applied
     * @param levelMax the newest that it knows
     */
    public record Software(String version, int level, int levelMax) {}

    /**
     * What a member says of itself beside its place in the group.
     *
     * @param freeBytes on the disk of its data; -1 when not known yet
     * @param featureLevel what the cluster agreed on, as far as this member has applied; 0 before there is a cluster
     * @param epoch of the cluster, in the same way
     * @param life how many times its data directory was started
     * @param zone where it stands; empty when nobody said
     * @param known the masters as far as this member has applied
     */
    public record Facts(long freeBytes, int featureLevel, long epoch, long life, String zone, MembershipRow known) {
        /** Of one who knows nothing. */
        public static final Facts UNKNOWN = new Facts(-1, 0, 0, 0, "", MembershipRow.NONE);
    }

    RaftPage(Group group, String version) {
        this.group = group;
        this.version = version;
    }

    Group group() {
        return group;
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
            MemberJson.write(json, status.self());
            json.writeStringField("version", version);
            json.writeBooleanField("bootstrapped", group.clusterId() != null);
            JsonText.text(json, "cluster_id", group.clusterId());
            JsonText.text(json, "group_id", group.groupId());
            var facts = group.facts();
            json.writeNumberField("free_disk_bytes", facts.freeBytes());
            json.writeNumberField("feature_level", facts.featureLevel());
            json.writeNumberField("feature_level_max", FeatureLevel.NEWEST.number());
            json.writeNumberField("epoch", facts.epoch());
            json.writeNumberField("life", facts.life());
            json.writeStringField("zone", facts.zone());
            // Whoever asks compares it with the own clock, half of the time of the call away.
            json.writeNumberField("clock_ms", System.currentTimeMillis());
            json.writeNumberField("process_clock_ms", group.now().toEpochMilli());
            var found = group.examination();
            json.writeStringField("doctor", found.verdict().word());
            json.writeNumberField("flush_micros", found.vitals().flushMicros());
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
                MemberJson.write(json, leader);
                json.writeEndObject();
            }
            json.writeArrayFieldStart("members");
            for (var member : status.members()) {
                member(json, member);
            }
            json.writeEndArray();
            MemberJson.write(json, facts.known());
        });
    }

    private static void member(JsonGenerator json, MemberStatus member) throws IOException {
        json.writeStartObject();
        MemberJson.write(json, member.address());
        json.writeStringField("role", member.role().name());
        json.writeNumberField("commit_index", member.commitIndex());
        json.writeNumberField("match_index", member.appliedIndex());
        json.writeNumberField("lag_entries", member.lag());
        millis(json, "lag_ms", member.behind());
        millis(json, "last_contact_ms", member.silence());
        json.writeEndObject();
    }

    private static void millis(JsonGenerator json, String name, @Nullable Duration span) throws IOException {
        if (span == null) {
            json.writeNullField(name);
        } else {
            json.writeNumberField(name, span.toMillis());
        }
    }

    /** True for what only a member can do that takes part, while this one has just been started. */
    boolean mustWait(String path) {
        return path.startsWith(PATH + "/")
                && !path.equals(AdmissionDoor.RECORD)
                && group.status().role() == MemberStatus.Role.STARTING;
    }

    HttpAnswer.Full initialise(HttpRequest request) throws InterruptedException {
        if (!request.method().equals("POST")) {
            return HttpAnswer.text(405, "Expecting POST").with("Allow", "POST");
        }
        try {
            var body = MAPPER.readTree(request.body().bytes());
            var members = new ArrayList<MemberAddress>();
            for (var member : body.path("members")) {
                members.add(MemberJson.read(member));
            }
            var refusal =
                    group.initialise(MemberJson.text(body, "cluster_id"), MemberJson.text(body, "group_id"), members);
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
}
