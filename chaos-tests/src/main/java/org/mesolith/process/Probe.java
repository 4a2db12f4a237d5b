package org.mesolith.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * The answer of a process to one short question, or why there was none.
 *
 * @param status the status code; 0 if nobody answered
 * @param location of a redirect, else empty
 * @param body text, at most 1 MiB
 */
public record Probe(int status, String location, String body) {

    private static final int BODY_BYTES_MAX = 1 << 20;

    /** GET; never follows a redirect, never throws: silence is an answer too. */
    public static Probe get(String address, String path, Duration max) {
        return ask(address, path, "", max);
    }

    /** POST of JSON; an empty text means GET. */
    public static Probe ask(String address, String path, String json, Duration max) {
        HttpURLConnection connection = null;
        try {
            connection = (HttpURLConnection)
                    URI.create("http://" + address + path).toURL().openConnection();
            connection.setInstanceFollowRedirects(false);
            connection.setConnectTimeout((int) max.toMillis());
            connection.setReadTimeout((int) max.toMillis());
            connection.setRequestProperty("Accept", "application/json");
            if (!json.isEmpty()) {
                connection.setDoOutput(true);
                connection.setRequestProperty("Content-Type", "application/json");
                try (OutputStream out = connection.getOutputStream()) {
                    out.write(json.getBytes(StandardCharsets.UTF_8));
                }
            }
            int status = connection.getResponseCode();
            String location = connection.getHeaderField("Location");
            return new Probe(status, location == null ? "" : location, text(connection, status));
        } catch (IOException silent) {
            return new Probe(0, "", String.valueOf(silent.getMessage()));
        } finally {
            if (connection != null) {
                connection.disconnect();
            }
        }
    }

    /** True for 200. */
    public boolean isOk() {
        return status == 200;
    }

    private static String text(HttpURLConnection connection, int status) throws IOException {
        try (InputStream in = status >= 400 ? connection.getErrorStream() : connection.getInputStream()) {
            return in == null ? "" : new String(in.readNBytes(BODY_BYTES_MAX), StandardCharsets.UTF_8);
        }
    }
}
