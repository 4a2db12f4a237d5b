package org.mesolith.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mesolith.codec.body.Encoding;
import org.mesolith.wire.Headers;

/** Every operator call that is built, with every fault that keeps it from being read: 400 with the place. */
final class WrongOperatorCallsTest {
    private static final Message MASTER = org.mesolith.proto.gen.v1.master.Call.getDefaultInstance();
    private static final Message AGENT = org.mesolith.proto.gen.v1.agent.Call.getDefaultInstance();
    private static final int DEPTH_MAX = 8;

    private final List<String> wrong = new ArrayList<>();
    private int tried;

    private void judge(WrongShapes.Case made, int status, String text, boolean same) {
        tried++;
        if ((status != 400 || !text.contains(made.place()) || !same) && wrong.size() < 40) {
            wrong.add(made + " → " + status + " " + text + (same ? "" : " CHANGED"));
        }
    }

    private static Headers head(WrongShapes.Case made) {
        return Headers.of("Content-Type", made.encoding().contentType());
    }

    @AfterEach
    void nothingWasWrong() {
        assertThat(wrong).isEmpty();
    }

    @Test
    void mastersRefuseWhatTheyCannotRead() {
        var bed = new CallBed();
        OperatorCalls.masters().forEach((type, calls) -> {
            var good = Bodies.message(MASTER, bed.call(calls.getLast()));
            new WrongShapes(good, DEPTH_MAX, made -> {
                        var seen = bed.operator(head(made), made.body());
                        judge(made, seen.status(), seen.text(), seen.same());
                    })
                    .make(Set.of("type", type.toLowerCase(Locale.ROOT)));
        });

        System.out.println(tried + " calls of operators to masters that cannot be read");
        assertThat(tried).isGreaterThan(2_000);
    }

    @Test
    void mastersAnswerEveryValueThatMeansNothingByTheRules() {
        OperatorCalls.masters().forEach((type, calls) -> {
            var good = new CallBed().call(calls.getLast());
            new WrongValues(good, made -> {
                        for (var encoding : Encoding.values()) {
                            tryOut(type, calls, made, encoding);
                        }
                    })
                    .make(MASTER.getDescriptorForType());
        });

        System.out.println(tried + " calls of operators to masters with a value that means nothing");
        assertThat(tried).isGreaterThan(500);
    }

    private void tryOut(String type, List<String> calls, WrongValues.Case made, Encoding encoding) {
        if (encoding == Encoding.PROTOBUF && made.kind() == WrongValues.Kind.REQUIRED_NAME) {
            return;
        }
        tried++;
        int expected = OperatorRules.of(type, made);
        var bed = new CallBed();
        var head = Headers.of("Content-Type", encoding.contentType());
        calls.subList(0, calls.size() - 1)
                .forEach(before -> bed.operator(head, Bodies.bytes(encoding, MASTER, bed.call(before))));
        var seen = bed.operator(head, Bodies.bytes(encoding, MASTER, made.call()));
        // What the log refuses is remembered in the audit.
        boolean kept = expected == 409 ? seen.noted() : seen.same();
        boolean good = seen.status() == expected
                && (expected < 400 || (kept && !seen.text().isBlank()));
        if (!good && wrong.size() < 60) {
            var shown = type + " with " + made + " in " + encoding + " should be " + expected + " → " + seen;
            wrong.add(shown.substring(0, Math.min(shown.length(), 300)));
        }
    }

    @Test
    void agentsRefuseWhatTheyCannotRead() {
        var host = new CalmHost();
        OperatorCalls.agents().forEach((type, body) -> {
            var name = type.toLowerCase(Locale.ROOT);
            var good = Bodies.message(AGENT, Bodies.tree("{'type':'" + type + "','" + name + "':{" + body + "}}"));
            new WrongShapes(good, DEPTH_MAX, made -> {
                        var answer = host.ask("POST", "/api/v1", head(made), made.body());
                        judge(made, answer.status(), CallBed.text(answer), true);
                    })
                    .make(Set.of("type", name));
        });

        System.out.println(tried + " calls of operators to agents that cannot be read");
        assertThat(tried).isGreaterThan(500);
    }
}
