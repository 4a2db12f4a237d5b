package org.mesolith.cli.client;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;

/**
 * The operator API of the masters ({@code POST /api/v1}) in JSON. A refusal becomes a {@link Failure} with its reason.
 */
public final class Operator {

    private static final String PATH = "/api/v1";
    private static final int MADE_BYTES_MAX = 64 * 1024;

    private final MasterClient client;

    /** Calls through this client. */
    public Operator(MasterClient client) {
        this.client = client;
    }

    /** A call that only looks, for example {@code GET_MASTER}; the whole answer. */
    public JsonObject get(String type) {
        return get(JsonObject.of("type", type));
    }

    /** A call that only looks; the whole answer. */
    public JsonObject get(JsonObject call) {
        try (var answer = client.read(HttpRequest.post(PATH, Json.bytes(call)))) {
            return Json.readObject(accepted(answer, call.text("type")));
        } catch (IOException broken) {
            throw brokenAnswer(broken);
        }
    }

    /** A page beside the API that the leader answers, for example {@code /explain/offers?framework=F}. */
    public JsonObject page(String target) {
        return document(HttpRequest.get(target), target);
    }

    /** A question beside the API that needs a body and changes nothing. */
    public JsonObject question(String target, JsonObject body) {
        return document(HttpRequest.post(target, Json.bytes(body)), target);
    }

    private JsonObject document(HttpRequest request, String target) {
        int query = target.indexOf('?');
        try (var answer = client.read(request)) {
            return Json.readObject(accepted(answer, query < 0 ? target : target.substring(0, query)));
        } catch (IOException broken) {
            throw brokenAnswer(broken);
        }
    }

    /** Walks through the lists of an answer, row by row. Returns who answered. */
    public HostPort rows(String type, String section, Map<String, Consumer<JsonObject>> rowsByList) {
        try (var answer = client.read(HttpRequest.post(PATH, Json.bytes(JsonObject.of("type", type))))) {
            Json.readRows(accepted(answer, type), section, rowsByList);
            return answer.answeredBy();
        } catch (IOException broken) {
            throw brokenAnswer(broken);
        }
    }

    /**
     * A call with an effect and an empty answer; carried out once however often it has to be sent. Returns who
     * answered.
     */
    public HostPort write(JsonObject call) {
        try (var answer = client.writeOnce(once(HttpRequest.post(PATH, Json.bytes(call))))) {
            accepted(answer, call.text("type"));
            return answer.answeredBy();
        } catch (IOException broken) {
            throw brokenAnswer(broken);
        }
    }

    /**
     * What a call shows, and the tag by which it is known.
     *
     * @param tag empty when the master gives none
     */
    public record Tagged(JsonObject answer, String tag) {}

    /** A call that only looks, with the tag of what it shows. */
    public Tagged tagged(String type) {
        try (var answer = client.read(HttpRequest.post(PATH, Json.bytes(JsonObject.of("type", type))))) {
            return new Tagged(
                    Json.readObject(accepted(answer, type)), answer.reply().header("ETag"));
        } catch (IOException broken) {
            throw brokenAnswer(broken);
        }
    }

    /**
     * A call that changes what has this tag and nothing else; carried out once however often it has to be sent.
     *
     * @return false when it has another tag by now, and nothing was changed
     */
    public boolean replace(JsonObject call, String tag) {
        var request = once(HttpRequest.post(PATH, Json.bytes(call))).with("If-Match: " + tag);
        try (var answer = client.writeOnce(request)) {
            if (answer.reply().status() == 412) {
                return false;
            }
            accepted(answer, call.text("type"));
            return true;
        } catch (IOException broken) {
            throw brokenAnswer(broken);
        }
    }

    /** A change beside the API; carried out once however often it has to be sent. What was made, empty if nothing. */
    public JsonObject order(String target, JsonObject body) {
        try (var answer = client.writeOnce(once(HttpRequest.post(target, Json.bytes(body))))) {
            byte[] made = accepted(answer, target).readNBytes(MADE_BYTES_MAX);
            return made.length == 0 ? JsonObject.EMPTY : Json.readObject(new ByteArrayInputStream(made));
        } catch (IOException broken) {
            throw brokenAnswer(broken);
        }
    }

    /** With a key by which masters know it when it comes again: it may then be sent as often as a read. */
    private static HttpRequest once(HttpRequest request) {
        return request.with("Idempotency-Key: " + UUID.randomUUID());
    }

    private static InputStream accepted(MasterClient.Answer answer, String name) throws IOException {
        HttpReply reply = answer.reply();
        if (reply.status() == 200 || reply.status() == 202) {
            return reply.body();
        }
        String text = reply.text();
        String refused = name + " was refused by " + answer.answeredBy() + " (" + reply.status() + "): "
                + (text.isEmpty() ? "no reason given" : text);
        if (answer.afterLoss()) {
            throw new Failure(
                    ExitCode.UNKNOWN_OUTCOME,
                    refused + "; it was sent before and that answer never came: it may have been carried out then; look"
                            + " before you repeat it");
        }
        throw new Failure(reply.status() == 404 ? ExitCode.NOT_FOUND : ExitCode.FAILED, refused);
    }

    private static Failure brokenAnswer(IOException broken) {
        return new Failure(
                ExitCode.FAILED, "the answer of the master broke off or is not JSON: " + broken.getMessage(), broken);
    }
}
