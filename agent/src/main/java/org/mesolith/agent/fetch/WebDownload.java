package org.mesolith.agent.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Gets files over HTTP. Any thread; an interrupt ends a transfer. */
final class WebDownload implements AutoCloseable {
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(FetchSettings.CONNECT_MAX)
            .followRedirects(HttpClient.Redirect.NEVER)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();
    private final Duration answerMax;

    /**
     * @param answerMax until a server begins to answer
     */
    WebDownload(Duration answerMax) {
        this.answerMax = answerMax;
    }

    /**
     * A file that a server has begun to send.
     *
     * @param length in bytes; -1 when the server did not say
     */
    record Opened(InputStream body, long length) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            body.close();
        }
    }

    /**
     * Asks for the file and follows redirects.
     *
     * @throws FetchException when the server says no, or nothing
     */
    Opened open(Source.Remote from) throws IOException, InterruptedException {
        var at = from;
        for (int step = 0; step <= FetchSettings.REDIRECTS_MAX; step++) {
            var answer = ask(at);
            int status = answer.statusCode();
            if (status == 200) {
                long length =
                        answer.headers().firstValueAsLong("Content-Length").orElse(-1);
                return new Opened(answer.body(), length);
            }
            answer.body().close();
            var next = answer.headers().firstValue("Location").orElse(null);
            if (status / 100 != 3 || next == null) {
                throw new FetchException(at.uri().getAuthority() + " answered with HTTP status " + status);
            }
            at = redirected(at, next);
        }
        throw new FetchException("more than " + FetchSettings.REDIRECTS_MAX + " redirects");
    }

    private HttpResponse<InputStream> ask(Source.Remote at) throws IOException, InterruptedException {
        var server = at.uri().getAuthority();
        var request = HttpRequest.newBuilder(at.uri()).timeout(answerMax).header("User-Agent", "mesolith-fetcher");
        var credentials = at.credentials();
        if (credentials != null) {
            request.header(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)));
        }
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        } catch (HttpConnectTimeoutException slow) {
            throw new FetchException(
                    "no connection to " + server + " in " + FetchSettings.CONNECT_MAX.toSeconds() + " s");
        } catch (HttpTimeoutException slow) {
            throw new FetchException(server + " did not answer in " + answerMax.toMillis() + " ms");
        } catch (ConnectException refused) {
            throw new FetchException(
                    refused.getCause() instanceof UnresolvedAddressException
                            ? "there is no host " + at.uri().getHost()
                            : "no connection to " + server + because(refused));
        } catch (javax.net.ssl.SSLException untrusted) {
            throw new FetchException("no trusted connection to " + server + because(untrusted));
        }
    }

    private static String because(Exception e) {
        var why = e.getMessage();
        return why == null ? "" : ": " + why;
    }

    /** A password is for the server that it was given for only, and what was asked for in secret stays secret. */
    private static Source.Remote redirected(Source.Remote from, String location) throws FetchException {
        URI next;
        try {
            next = from.uri().resolve(location);
        } catch (IllegalArgumentException wrong) {
            throw new FetchException("a redirect to what is no URI: " + location);
        }
        boolean secret = "https".equalsIgnoreCase(from.uri().getScheme());
        boolean web = "https".equalsIgnoreCase(next.getScheme()) || "http".equalsIgnoreCase(next.getScheme());
        if (!web || next.getHost() == null || (secret && !"https".equalsIgnoreCase(next.getScheme()))) {
            throw new FetchException("a redirect to " + next.getScheme() + "://" + next.getAuthority()
                    + ", which is not followed from " + from.uri().getScheme());
        }
        boolean same = next.getAuthority().equals(from.uri().getAuthority());
        return new Source.Remote(next, same ? credentials(from) : null);
    }

    private static @Nullable String credentials(Source.Remote from) {
        return from.credentials();
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
