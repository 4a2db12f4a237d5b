package org.mesolith.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.mesolith.backup.BackupRefusedException;
import org.mesolith.log.MemberAddress;
import org.mesolith.log.Recovering;
import org.mesolith.wire.HttpAnswer;
import org.mesolith.wire.HttpRequest;

/** {@code /raft/recovery}: how far the log of this master reaches, and the order to go on with it alone. */
final class RecoveryDoor {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Duration STEP_MAX = Duration.ofSeconds(10);

    private final Recovering recovering;

    RecoveryDoor(Recovering recovering) {
        this.recovering = recovering;
    }

    HttpAnswer.Full show() throws BackupRefusedException {
        var now = recovering.standing();
        if (now == null) {
            throw new BackupRefusedException("this master belongs to no cluster yet");
        }
        return JsonText.page(200, json -> {
            json.writeStringField("id", now.self().member());
            json.writeStringField("cluster_id", now.clusterId());
            json.writeStringField("group_id", now.groupId());
            json.writeNumberField("epoch", now.epoch());
            json.writeNumberField("last_term", now.lastTerm());
            json.writeNumberField("last_index", now.lastIndex());
            json.writeNumberField("commit_index", now.commitIndex());
            var leader = now.leader();
            JsonText.text(json, "leader", leader == null ? null : leader.member());
            json.writeArrayFieldStart("members");
            for (MemberAddress member : now.members()) {
                json.writeStartObject();
                json.writeStringField("id", member.member());
                json.writeStringField("http_address", member.httpAuthority());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    HttpAnswer.Full recover(HttpRequest request) throws IOException, InterruptedException, TimeoutException {
        var answer = recovering.recover(plan(json(request)));
        try {
            return switch (answer.get(STEP_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
                case Recovering.Answer.Accepted() -> HttpAnswer.empty(202);
                case Recovering.Answer.Refused(var why) -> throw new BackupRefusedException(why);
            };
        } catch (ExecutionException failed) {
            throw new IOException(failed.getCause());
        }
    }

    private static JsonNode json(HttpRequest request) throws IOException {
        try {
            return MAPPER.readTree(request.body().bytes());
        } catch (JsonProcessingException notJson) {
            throw new IllegalArgumentException("The body is not JSON: " + notJson.getOriginalMessage(), notJson);
        }
    }

    private static Recovering.Plan plan(JsonNode json) {
        return new Recovering.Plan(
                json.path("former_group").asText(),
                json.path("group").asText(),
                Long.parseUnsignedLong(json.path("epoch_id").asText(), 16),
                json.path("last_term").asLong(-1),
                json.path("last_index").asLong(-1));
    }
}
