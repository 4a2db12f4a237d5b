package org.mesolith.agent.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.mesolith.codec.legacy.JsonText;
import org.mesolith.model.Fence;
import org.mesolith.wire.Headers;
import org.mesolith.wire.HttpAnswer;
import org.mesolith.wire.HttpRequest;

/**
 * {@code /masters}: GET shows whom the agent tries, POST brings it over to others. Tasks notice nothing of it.
 *
 * <p>An agent that has a credential takes the order from those only who know it: it would tell it to the next masters.
 */
public final class MastersDoor {
    static final String PATH = "/masters";

    /** As many as a cluster may have. */
    private static final int MASTERS_MAX = 9;

    private static final Pattern ADDRESS = Pattern.compile("(\\[[0-9a-fA-F:.]+\\]|[A-Za-z0-9._-]{1,253}):[0-9]{1,5}");
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** The agent's masters. Any thread. */
    public interface Masters {
        /** Those that are tried, in order. */
        CompletableFuture<List<String>> known();

        /** Only these from now on; done when it is on disk. {@link IOException} when the disk refuses. */
        CompletableFuture<List<String>> repoint(List<String> masters);
    }

    private final Masters masters;
    private final Headers credential;

    /**
     * @param credential what the agent says of itself to masters; none when it says nothing
     */
    public MastersDoor(Masters masters, Headers credential) {
        this.masters = masters;
        this.credential = credential;
    }

    /**
     * @param newest whose orders the agent has obeyed; null for nobody's
     */
    HttpAnswer answer(HttpRequest request, @Nullable Fence newest) throws InterruptedException {
        try {
            return switch (request.method()) {
                case "GET", "HEAD" -> json(Map.of("masters", await(masters.known(), request)), request);
                case "POST" -> isKnown(request) ? order(request, newest) : stranger();
                default -> HttpAnswer.text(405, "Expecting GET or POST\n").with("Allow", "GET, HEAD, POST");
            };
        } catch (JsonProcessingException notJson) {
            return HttpAnswer.text(400, "The body is not JSON: " + notJson.getOriginalMessage() + "\n");
        } catch (IOException failed) {
            return HttpAnswer.text(500, "The masters cannot be written down: " + failed.getMessage() + "\n");
        } catch (TimeoutException late) {
            return HttpAnswer.text(504, "The agent is too busy to answer in time; the same call again does no harm\n");
        }
    }

    private boolean isKnown(HttpRequest request) {
        var own = credential.first("Authorization");
        return own.isEmpty()
                || MessageDigest.isEqual(
                        own.get().getBytes(StandardCharsets.UTF_8),
                        request.headers().first("Authorization").orElse("").getBytes(StandardCharsets.UTF_8));
    }

    private static HttpAnswer stranger() {
        return HttpAnswer.text(
                        401,
                        "This agent is brought over to other masters by those only who know its --credential: `meso"
                                + " agent repoint --credential FILE`\n")
                .with("WWW-Authenticate", "Basic realm=\"mesolith-agent\"");
    }

    private HttpAnswer order(HttpRequest request, @Nullable Fence newest)
            throws IOException, InterruptedException, TimeoutException {
        // A page of a browser cannot send that to another machine without asking.
        if (!request.headers().first("Content-Type").orElse("").startsWith("application/json")) {
            return HttpAnswer.text(415, "Expecting 'Content-Type' of application/json\n");
        }
        var body = MAPPER.readTree(request.body().bytes());
        var wanted = new ArrayList<String>();
        body.path("masters").forEach(master -> wanted.add(master.asText()));
        if (wanted.isEmpty() || wanted.size() > MASTERS_MAX) {
            return HttpAnswer.text(400, wanted.size() + " masters are named; name 1 to " + MASTERS_MAX + "\n");
        }
        var wrong = wanted.stream()
                .filter(master -> !ADDRESS.matcher(master).matches())
                .findFirst();
        if (wrong.isPresent()) {
            return HttpAnswer.text(400, "'" + wrong.get() + "' is not host:port\n");
        }
        var said = MasterSays.ask(wanted);
        var refusal = MasterSays.refusal(said, newest);
        if (refusal != null) {
            return HttpAnswer.text(409, refusal + "; nothing was changed\n");
        }
        boolean dryRun = body.path("dry_run").asBoolean(false);
        var before = await(masters.known(), request);
        var after = dryRun ? wanted : await(masters.repoint(wanted), request);
        var answer = new LinkedHashMap<String, Object>();
        answer.put("before", before);
        answer.put("masters", after);
        answer.put("dry_run", dryRun);
        answer.put(
                "silent",
                said.stream()
                        .filter(master -> !master.trouble().isEmpty())
                        .map(MasterSays::address)
                        .toList());
        return json(answer, request);
    }

    private static HttpAnswer json(Map<String, Object> fields, HttpRequest request) {
        return Answers.json(JsonText.of(fields), request.query());
    }

    private static List<String> await(CompletableFuture<List<String>> answer, HttpRequest request)
            throws IOException, InterruptedException, TimeoutException {
        try {
            return answer.get(request.deadline().remaining().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            throw new IOException(String.valueOf(failed.getCause()), failed);
        }
    }
}
