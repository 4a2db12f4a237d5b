package org.mesolith.master;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import org.mesolith.http.AdmissionDoor;
import org.mesolith.http.RaftPage;
import org.mesolith.log.MemberAddress;

/** Small calls to other masters' HTTP doors. Blocks up to the given time; any thread. */
final class OtherMasters {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int BYTES_MAX = 1 << 20;
    private static final Duration ASK_MAX = Duration.ofSeconds(2);

    private OtherMasters() {}

    /** What the master at {@code host:port} says about itself and the others. */
    static JsonNode ask(String authority, Duration within) throws IOException {
        var connection = open(authority, AdmissionDoor.RECORD, within);
        try (var in = connection.getInputStream()) {
            return MAPPER.readTree(in.readNBytes(BYTES_MAX));
        } finally {
            connection.disconnect();
        }
    }

    /**
     * What a member runs.
     *
     * @throws IOException when it gives no answer, or another member answers there
     */
    static RaftPage.Software software(MemberAddress other) throws IOException {
        var answer = ask(other.httpAuthority(), ASK_MAX).path("member");
        if (!answer.path("id").asText().equals(other.member())) {
            throw new IOException("at " + other.httpAuthority() + " answers "
                    + answer.path("id").asText() + " and not member " + other.member());
        }
        return new RaftPage.Software(
                answer.path("version").asText(),
                answer.path("feature_level").asInt(),
                answer.path("feature_level_max").asInt());
    }

    /** The status of the answer to a JSON body; redirects are not followed. */
    static int post(String authority, String path, byte[] json, Duration within) throws IOException {
        var connection = open(authority, path, within);
        try {
            connection.setRequestMethod("POST");
            connection.setDoOutput(true);
            connection.setRequestProperty("Content-Type", "application/json");
            try (var out = connection.getOutputStream()) {
                out.write(json);
            }
            return connection.getResponseCode();
        } finally {
            connection.disconnect();
        }
    }

    private static HttpURLConnection open(String authority, String path, Duration within) throws IOException {
        var url = URI.create("http://" + authority + path).toURL();
        if (!(url.openConnection() instanceof HttpURLConnection connection)) {
            throw new IOException("no HTTP connection for " + url);
        }
        connection.setConnectTimeout((int) within.toMillis());
        connection.setReadTimeout((int) within.toMillis());
        connection.setInstanceFollowRedirects(false);
        return connection;
    }
}
