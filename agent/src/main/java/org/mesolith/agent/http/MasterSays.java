package org.mesolith.agent.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mesolith.model.Fence;

/**
 * What a master says about itself before an agent is sent to it.
 *
 * @param address {@code host:port} that was asked
 * @param clusterId empty while it waits to be made a member, and when it does not answer
 * @param epoch of its cluster as far as it has applied; 0 while it waits, and when it does not answer
 * @param trouble why there is no answer; empty when there is one
 */
public record MasterSays(String address, String clusterId, long epoch, String trouble) {
    /** What a master tells everybody who asks, and other masters before all. */
    private static final String PATH = "/raft/record";

    private static final Duration WITHIN = Duration.ofMillis(1_500);
    private static final int BYTES_MAX = 1 << 20;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Asks each, one after the other; blocks up to three seconds for each. */
    public static List<MasterSays> ask(List<String> masters) {
        return masters.stream().map(MasterSays::ask).toList();
    }

    private static MasterSays ask(String address) {
        try {
            var url = URI.create("http://" + address + PATH).toURL();
            if (!(url.openConnection() instanceof HttpURLConnection connection)) {
                throw new IOException("no HTTP connection for " + url);
            }
            connection.setConnectTimeout((int) WITHIN.toMillis());
            connection.setReadTimeout((int) WITHIN.toMillis());
            connection.setInstanceFollowRedirects(false);
            try (var in = connection.getInputStream()) {
                var member = MAPPER.readTree(in.readNBytes(BYTES_MAX)).path("member");
                return said(address, member);
            } finally {
                connection.disconnect();
            }
        } catch (IOException | IllegalArgumentException silent) {
            return new MasterSays(address, "", 0, String.valueOf(silent.getMessage()));
        }
    }

    private static MasterSays said(String address, JsonNode member) {
        var cluster = member.path("cluster_id").asText("");
        long epoch = member.path("epoch").asLong(0);
        if (!member.isObject()) {
            return new MasterSays(address, "", 0, "it is no Mesolith master");
        }
        return !cluster.isEmpty() && epoch == 0
                ? new MasterSays(address, "", 0, "it has just been started and does not know its epoch yet")
                : new MasterSays(address, cluster, epoch, "");
    }

    /**
     * Why an agent must not be sent to these masters; null when it may. At least one has to answer, and all that do
     * have to be of the agent's cluster, in its epoch or a later one.
     *
     * @param newest what the agent has obeyed; null for one that has never joined
     */
    public static @Nullable String refusal(List<MasterSays> masters, @Nullable Fence newest) {
        String cluster = newest == null ? "" : newest.clusterId();
        boolean answered = false;
        for (var master : masters) {
            if (!master.trouble.isEmpty()) {
                continue;
            }
            if (master.clusterId.isEmpty()) {
                return master.address + " belongs to no cluster yet; make it a member first, or leave it out";
            }
            if (!cluster.isEmpty() && !cluster.equals(master.clusterId)) {
                return master.address + " belongs to the cluster " + master.clusterId + ", "
                        + (newest == null ? "another of these" : "the agent") + " to " + cluster
                        + "; an agent does not change its cluster. Give it an empty work_dir if it is to move";
            }
            if (newest != null && master.epoch < newest.epoch()) {
                return master.address + " is in epoch " + master.epoch + ", and the agent has obeyed epoch "
                        + newest.epoch() + ": it is a master of before a restore or a recovery";
            }
            cluster = master.clusterId;
            answered = true;
        }
        return answered
                ? null
                : "no master of the list answers the agent: "
                        + masters.stream()
                                .map(master -> master.address + " (" + master.trouble + ")")
                                .collect(Collectors.joining(", "));
    }
}
