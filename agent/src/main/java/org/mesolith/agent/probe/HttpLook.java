package org.mesolith.agent.probe;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.TaskProbe;

/**
 * A GET that reads no more of the answer than its head. Redirects are followed; any certificate will do: what is looked
 * at is the task on this machine, and it proves nothing but that it answers.
 */
final class HttpLook {
    private static final int REDIRECTS_MAX = 5;
    private static final int HEAD_BYTES_MAX = 16 * 1024;
    private static final int CERTAIN_PORT = 443;
    private static final int PLAIN_PORT = 80;

    /** The head of an answer. */
    private record Head(int status, @Nullable String location) {}

    private HttpLook() {}

    /**
     * The status of the answer behind all redirects.
     *
     * @throws java.net.SocketTimeoutException when the time is over
     * @throws IOException when there is no answer, or none that is HTTP
     */
    static int status(TaskProbe.Http target, Look look) throws IOException {
        var host = target.ipv6() ? "[::1]" : "127.0.0.1";
        var path = target.path().isEmpty() ? "/" : target.path();
        var at = uri((target.encrypted() ? "https://" : "http://") + host + ":" + target.port() + path);
        for (int step = 0; step <= REDIRECTS_MAX; step++) {
            var head = ask(at, look);
            if (head.status() / 100 != 3 || head.location() == null) {
                return head.status();
            }
            at = next(at, head.location());
        }
        throw new IOException("more than " + REDIRECTS_MAX + " redirects");
    }

    private static URI uri(String text) throws IOException {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException wrong) {
            throw new IOException("the path is no URI: " + wrong.getMessage(), wrong);
        }
    }

    private static URI next(URI from, String location) throws IOException {
        try {
            var next = from.resolve(location);
            var scheme = next.getScheme();
            if (next.getHost() != null && ("http".equals(scheme) || "https".equals(scheme))) {
                return next;
            }
        } catch (IllegalArgumentException wrong) {
            throw new IOException("a redirect to what is no URI: " + location, wrong);
        }
        throw new IOException("a redirect to what is not HTTP: " + location);
    }

    private static Head ask(URI at, Look look) throws IOException {
        boolean encrypted = "https".equals(at.getScheme());
        var host = at.getHost().replaceAll("[\\[\\]]", "");
        int port = at.getPort() >= 0 ? at.getPort() : encrypted ? CERTAIN_PORT : PLAIN_PORT;
        var plain = look.connect(new InetSocketAddress(host, port));
        plain.setSoTimeout(look.leftMillis());
        var socket = encrypted ? encrypted(plain, host, port) : plain;
        var path = at.getRawPath().isEmpty() ? "/" : at.getRawPath();
        var query = at.getRawQuery() == null ? "" : "?" + at.getRawQuery();
        var request = "GET " + path + query + " HTTP/1.1\r\nHost: " + at.getRawAuthority()
                + "\r\nUser-Agent: mesolith-agent\r\nAccept: */*\r\nConnection: close\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
        return head(socket.getInputStream(), socket, look);
    }

    private static Head head(InputStream in, Socket socket, Look look) throws IOException {
        var lines = new ArrayList<String>();
        var line = new StringBuilder();
        for (int count = 0; count < HEAD_BYTES_MAX; count++) {
            socket.setSoTimeout(look.leftMillis()); // each byte may be the last one for long
            int letter = in.read();
            if (letter < 0) {
                throw new IOException("the answer ends within its head");
            }
            if (letter != '\n') {
                line.append((char) letter);
                continue;
            }
            var text = line.toString().strip();
            line.setLength(0);
            if (text.isEmpty() && !lines.isEmpty()) {
                var head = head(lines);
                if (head.status() >= 200) {
                    return head;
                }
                lines.clear(); // "continue", and the like
            } else {
                lines.add(text);
            }
        }
        throw new IOException("the head of the answer is longer than " + HEAD_BYTES_MAX + " bytes");
    }

    private static Head head(List<String> lines) throws IOException {
        var first = lines.getFirst().split(" +", 3);
        if (first.length < 2 || !first[0].startsWith("HTTP/1.") || !first[1].matches("[1-9][0-9]{2}")) {
            throw new IOException("the answer is not HTTP");
        }
        var location = lines.stream()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("location:"))
                .map(line -> line.substring("location:".length()).strip())
                .findFirst();
        return new Head(Integer.parseInt(first[1]), location.orElse(null));
    }

    private static Socket encrypted(Socket plain, String host, int port) throws IOException {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Anybody()}, null);
            return context.getSocketFactory().createSocket(plain, host, port, true);
        } catch (GeneralSecurityException everyJavaHasIt) {
            throw new IOException(everyJavaHasIt);
        }
    }

    /** Trusts whoever answers. */
    private static final class Anybody extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, javax.net.ssl.SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, javax.net.ssl.SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
