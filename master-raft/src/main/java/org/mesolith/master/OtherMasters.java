package org.mesolith.master;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import org.mesolith.http.AdmissionDoor;

/** Small calls to other masters' HTTP doors. Blocks up to the given time; any thread. */
final class OtherMasters {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int BYTES_MAX = 1 << 20;

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
