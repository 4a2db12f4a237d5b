package org.mesolith.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.UnknownFieldSet;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mesolith.codec.body.Encoding;
import org.mesolith.conversation.CallBed.Seen;
import org.mesolith.proto.gen.v1.scheduler.Call;
import org.mesolith.wire.Headers;

/** Every scheduler call with a wrong head, and with a body that lacks what every call has, or is none. */
final class WrongHeadsTest {
    private static final String STREAM = "Mesos-Stream-Id";

    /** Calls that mean something without a body of their own. */
    private static final Set<String> BARE = Set.of("TEARDOWN", "REVIVE", "SUPPRESS");

    private final CallBed bed = new CallBed();
    private final List<String> wrong = new ArrayList<>();
    private int tried;

    private void each(BiConsumer<String, Encoding> test) {
        for (var name : GoodCalls.all().keySet()) {
            for (var encoding : Encoding.values()) {
                test.accept(name, encoding);
            }
        }
    }

    private JsonNode good(String name) {
        return bed.call(GoodCalls.of(name));
    }

    private static String type(String name) {
        return name.split(" ")[0];
    }

    private static boolean subscribes(String name) {
        return name.equals("SUBSCRIBE");
    }

    private void refused(String what, Seen seen, int status, String text) {
        tried++;
        boolean good = seen.status() == status
                && seen.text().contains(text)
                && seen.events().isEmpty()
                && seen.same();
        if (!good) {
            wrong.add(what + " should be " + status + " " + text + " → " + seen);
        }
    }

    @AfterEach
    void nothingWasWrong() {
        assertThat(wrong).isEmpty();
        assertThat(tried).isGreaterThan(GoodCalls.all().size());
    }

    @Test
    void anotherMethodThanPostIsRefused() {
        for (var method : List.of("GET", "PUT", "DELETE", "PATCH")) {
            refused(method, bed.ask(method, Headers.NONE, new byte[0]), 405, "POST");
        }
        each((name, encoding) -> {
            var head = Headers.of("Content-Type", encoding.contentType());
            refused("GET " + name, bed.ask("GET", head, CallBed.encoded(encoding, good(name))), 405, "POST");
        });
    }

    @Test
    void theContentTypeIsOneOfTwoAndExactlyThat() {
        each((name, encoding) -> {
            byte[] body = CallBed.encoded(encoding, good(name));
            refused(name, bed.ask("POST", Headers.NONE, body), 400, "Content-Type");
            for (var other : List.of("", "text/plain", "application/json; charset=utf-8", "APPLICATION/JSON")) {
                refused(name, bed.ask("POST", Headers.of("Content-Type", other), body), 415, "Content-Type");
            }
        });
    }

    @Test
    void onlyCallsWithAnAnswerAskWhatTheClientCanRead() {
        each((name, encoding) -> {
            byte[] body = CallBed.encoded(encoding, good(name));
            var head = Headers.of("Content-Type", encoding.contentType(), "Accept", "text/html");
            if (subscribes(name) || name.equals("RECONCILE_OPERATIONS")) {
                refused(name, bed.send(head.with(STREAM, bed.stream()), body), 406, "Accept");
            } else {
                // No further than the next check: this stream is not the framework's.
                refused(name, bed.send(head.with(STREAM, "another"), body), 400, "stream ID");
            }
        });
    }

    @Test
    void theStreamIsNamedByAllCallsButSubscribe() {
        each((name, encoding) -> {
            byte[] body = CallBed.encoded(encoding, good(name));
            var head = Headers.of("Content-Type", encoding.contentType());
            if (subscribes(name)) {
                refused(name, bed.send(head.with(STREAM, bed.stream()), body), 400, STREAM);
            } else {
                refused(name, bed.send(head, body), 400, STREAM);
                refused(name, bed.send(head.with(STREAM, "x"), body), 400, "stream ID");
            }
        });
    }

    @Test
    void aFrameworkThatIsNotSubscribedMayOnlySubscribe() {
        bed.leave();
        each((name, encoding) -> {
            if (!subscribes(name)) {
                var seen = bed.send(encoding, CallBed.encoded(encoding, good(name)), false);
                refused(name, seen, 403, "not subscribed");
            }
        });
    }

    @Test
    void theTypeTheFrameworkAndTheBodyAreMissed() {
        each((name, encoding) -> {
            var body = type(name).toLowerCase(Locale.ROOT);
            refused(name, without(name, encoding, "type"), 400, "type");
            if (!subscribes(name)) {
                refused(name, without(name, encoding, "framework_id"), 400, "framework_id");
            }
            if (!BARE.contains(name)) {
                refused(name, without(name, encoding, body), 400, body);
            }
        });
        var operation = (ObjectNode) good("ACKNOWLEDGE_OPERATION_STATUS");
        ((ObjectNode) operation.get("acknowledge_operation_status")).remove("agent_id");
        for (var encoding : Encoding.values()) {
            var seen = bed.send(encoding, CallBed.encoded(encoding, operation), false);
            refused("no agent", seen, 400, "acknowledge_operation_status.agent_id");
        }
    }

    private Seen without(String name, Encoding encoding, String field) {
        var call = (ObjectNode) good(name);
        call.remove(field);
        return bed.send(encoding, CallBed.encoded(encoding, call), subscribes(name));
    }

    @Test
    void aTypeThatNobodyKnowsIsRefusedAndUnknownIsNotBuilt() {
        each((name, encoding) -> {
            var call = (ObjectNode) good(name);
            call.put("type", "UNKNOWN");
            var known = Bodies.tree("{'value':'" + CallBed.FRAMEWORK + "'}");
            call.set("framework_id", known);
            refused(name, bed.send(encoding, CallBed.encoded(encoding, call), false), 501, "UNKNOWN");
        });
        each((name, encoding) -> {
            var call = (ObjectNode) good(name);
            call.put("type", "NO_SUCH_CALL");
            refused(name, bed.send(encoding, CallBed.encoded(encoding, call), false), 400, "type");
        });
    }

    @Test
    void whatIsNoMessageIsRefused() {
        each((name, encoding) -> {
            byte[] body = CallBed.encoded(encoding, good(name));
            byte[] half = Arrays.copyOf(body, body.length - 1);
            refused(name + " cut", bed.send(encoding, half, subscribes(name)), 400, "body");
            refused(name + " empty", bed.send(encoding, new byte[0], subscribes(name)), 400, "");
        });
        each((name, encoding) -> {
            var twice = good(name).toString().replaceFirst("\\{", "{\"type\":\"REVIVE\",");
            refused(name + " twice", json(twice), 400, "type");
            refused(name + " listed", json("[" + good(name) + "]"), 400, "object");
            refused(name + " and more", json(good(name) + "{}"), 400, "follows");
            refused(name + " deep", json("{\"x\":" + "[".repeat(1_000) + "]".repeat(1_000) + "}"), 400, "nested");
            refused(
                    name + " no text",
                    bed.send(Encoding.JSON, new byte[] {'{', (byte) 0xff, '}'}, false),
                    400,
                    "UTF-8");
        });
    }

    private Seen json(String text) {
        return bed.send(Encoding.JSON, text.getBytes(StandardCharsets.UTF_8), false);
    }

    @Test
    void whatANewerClientSaysBesidesIsPassedOver() {
        each((name, encoding) -> {
            tried++;
            var fresh = new CallBed();
            var call = fresh.call(GoodCalls.of(name));
            byte[] body = encoding == Encoding.JSON ? Bodies.bytes(stuffed(call)) : stuffedMessage(call);
            var seen = fresh.send(encoding, body, subscribes(name));
            if (seen.status() != 202 && seen.status() != 200) {
                wrong.add(name + " with more in it → " + seen);
            }
        });
    }

    /** Every object of it gets a key that nobody knows. */
    private static JsonNode stuffed(JsonNode tree) {
        tree.forEach(WrongHeadsTest::stuffed);
        if (tree instanceof ObjectNode object && !isMap(object)) {
            object.put("no_such_field", 7);
        }
        return tree;
    }

    /** The keys of a map are no fields. */
    private static boolean isMap(ObjectNode object) {
        return object.has("r") || object.has("s") || object.has("cpus");
    }

    private static byte[] stuffedMessage(JsonNode call) {
        var more = UnknownFieldSet.newBuilder()
                .addField(9_999, UnknownFieldSet.Field.newBuilder().addVarint(7).build())
                .build();
        return Bodies.message(Call.getDefaultInstance(), call).toBuilder()
                .setUnknownFields(more)
                .build()
                .toByteArray();
    }
}
