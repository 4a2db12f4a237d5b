package org.mesolith.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.mesolith.agent.core.AgentEffect;
import org.mesolith.agent.core.KillOrder;
import org.mesolith.agent.http.ExecutorDoor;
import org.mesolith.api.ExecutorEvent;
import org.mesolith.api.LinkMessage;
import org.mesolith.codec.body.Encoding;
import org.mesolith.model.TaskId;
import org.mesolith.proto.gen.v1.executor.Call;
import org.mesolith.wire.Headers;
import org.mesolith.wire.HttpAnswer;

/** Every executor call with every fault and every value that means nothing, at the door of an agent. */
final class WrongExecutorCallsTest {
    private static final String IDS = ",'executor_id':{'value':'e1'},'framework_id':{'value':'f1'}";
    private static final String STATUS = "{'status':{'task_id':{'value':'t1'},'state':'TASK_RUNNING',"
            + "'source':'SOURCE_EXECUTOR','reason':'REASON_TASK_CHECK_STATUS_UPDATED',"
            + "'uuid':'AAAAAAAAAAEAAAAAAAAABg==',"
            + "'timestamp':1893456000.0,'executor_id':{'value':'e1'},'agent_id':{'value':'a1'},"
            + "'check_status':{'type':'COMMAND','command':{'exit_code':0}}}}";
    private static final List<String> GOOD = List.of(
            "{'type':'SUBSCRIBE'" + IDS + ",'subscribe':{'unacknowledged_tasks':[{'name':'t','task_id':{'value':'t1'},"
                    + "'agent_id':{'value':'a1'}}],'unacknowledged_updates':[" + STATUS + "]}}",
            "{'type':'UPDATE'" + IDS + ",'update':" + STATUS + "}",
            "{'type':'MESSAGE'" + IDS + ",'message':{'data':'AAAA'}}",
            "{'type':'HEARTBEAT'" + IDS + "}");

    private final List<String> wrong = new ArrayList<>();
    private int tried;

    /** An agent with this executor, which is subscribed. */
    private static CalmHost host() {
        var host = new CalmHost();
        host.hears(Launches.one("t1", 1));
        var answer =
                ask(host, Encoding.JSON, Bodies.bytes(Bodies.tree("{'type':'SUBSCRIBE'" + IDS + ",'subscribe':{}}")));
        ((HttpAnswer.Streaming) answer).onOpen().accept(new SilentOutbox());
        host.done();
        return host;
    }

    private static HttpAnswer ask(CalmHost host, Encoding encoding, byte[] body) {
        return host.ask("POST", ExecutorDoor.PATH, Headers.of("Content-Type", encoding.contentType()), body);
    }

    private void refused(CalmHost host, String what, Encoding encoding, byte[] body, String place) {
        var answer = ask(host, encoding, body);
        var done = host.done();
        if (answer.status() != 400 || !CallBed.text(answer).contains(place) || !done.isEmpty()) {
            note(what + " → " + answer.status() + " " + CallBed.text(answer) + " " + done);
        }
    }

    private void note(String problem) {
        if (wrong.size() < 40) {
            wrong.add(problem.substring(0, Math.min(problem.length(), 400)));
        }
    }

    @Test
    void whatCannotBeReadIsRefusedWithItsPlaceAndTheAgentDoesNothing() {
        var host = host();
        for (var text : GOOD) {
            var good = Bodies.message(Call.getDefaultInstance(), Bodies.tree(text));
            new WrongShapes(good, 8, made -> {
                        tried++;
                        refused(host, made.toString(), made.encoding(), made.body(), made.place());
                    })
                    .make(Set.of(
                            "executor_id",
                            "framework_id",
                            "type",
                            good.getType().name().toLowerCase(Locale.ROOT)));
        }

        System.out.println(tried + " executor calls that cannot be read");
        assertThat(wrong).isEmpty();
        assertThat(tried).isGreaterThan(1_000);
    }

    @Test
    void everyValueThatMeansNothingIsAnsweredByTheRules() {
        for (var text : GOOD) {
            var good = Bodies.tree(text);
            new WrongValues(good, made -> {
                        for (var encoding : Encoding.values()) {
                            tryOut(good.path("type").asText(), made, encoding);
                        }
                    })
                    .make(Call.getDescriptor());
        }

        System.out.println(tried + " executor calls with a value that means nothing");
        assertThat(wrong).isEmpty();
        assertThat(tried).isGreaterThan(150);
    }

    private void tryOut(String call, WrongValues.Case made, Encoding encoding) {
        if (encoding == Encoding.PROTOBUF && made.kind() == WrongValues.Kind.REQUIRED_NAME) {
            return;
        }
        tried++;
        int expected = ExecutorRules.of(call, made);
        var host = host();
        var answer = ask(host, encoding, Bodies.bytes(encoding, Call.getDefaultInstance(), made.call()));
        var done = host.done();
        if (answer.status() != expected) {
            note(call + " with " + made + " in " + encoding + " should be " + expected + " → " + answer.status() + " "
                    + CallBed.text(answer));
        } else if (expected == 400 && !(done.isEmpty() && names(CallBed.text(answer), made))) {
            note(call + " with " + made + " in " + encoding + " → " + CallBed.text(answer) + " " + done);
        }
    }

    private static boolean names(String text, WrongValues.Case made) {
        var steps = made.plain().split("\\.");
        var last = steps[steps.length - 1];
        var field = last.equals("value") || last.equals("type") ? steps[steps.length - 2] : last;
        return text.toLowerCase(Locale.ROOT).contains(field.replace("_id", ""));
    }

    @Test
    void aDrainWithTheLongestGraceThereIsReachesTheExecutorAndTheDisk() {
        var host = host();
        var longest = Duration.ofNanos(Long.MAX_VALUE);

        host.hears(new LinkMessage.Drain(Launches.FENCE, longest, false));

        assertThat(host.done())
                .anySatisfy(effect -> assertThat(effect)
                        .isInstanceOfSatisfying(
                                AgentEffect.TellExecutor.class,
                                tell -> assertThat(tell.event())
                                        .isEqualTo(new ExecutorEvent.Kill(new TaskId("t1"), longest))))
                .anySatisfy(effect -> assertThat(effect)
                        .isInstanceOfSatisfying(
                                AgentEffect.WriteRun.class,
                                write -> assertThat(write.run().progress().kill())
                                        .extracting(KillOrder::grace)
                                        .isEqualTo(longest)));
    }

    @Test
    void anUpdateOfATaskThatTheExecutorDoesNotHaveIsConfirmedAndPassedOnToNobody() {
        var host = host();
        JsonNode call = Bodies.tree(GOOD.get(1).replace("'t1'", "'another'"));

        var answer = ask(host, Encoding.JSON, Bodies.bytes(call));

        assertThat(answer.status()).isEqualTo(202);
        assertThat(host.done()).noneMatch(AgentEffect.Send.class::isInstance);
    }
}
