package org.mesolith.conversation;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.Message;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.mesolith.api.MasterInfo;
import org.mesolith.base.Check;
import org.mesolith.codec.body.Encoding;
import org.mesolith.leader.LeaderSettings;
import org.mesolith.model.Acls;
import org.mesolith.model.AgentCapability;
import org.mesolith.model.AgentInfo;
import org.mesolith.model.Resources;
import org.mesolith.model.StatusSource;
import org.mesolith.model.TaskState;
import org.mesolith.proto.gen.v1.scheduler.Call;
import org.mesolith.proto.gen.v1.scheduler.Event;
import org.mesolith.sim.calm.CalmAgent;
import org.mesolith.sim.calm.CalmCluster;
import org.mesolith.sim.calm.CalmDoors;
import org.mesolith.wire.Body;
import org.mesolith.wire.Headers;
import org.mesolith.wire.HttpAnswer;

/**
 * A cluster of one agent on which a framework runs a task and has a reservation, a volume and an open offer: every
 * call of it can be good. Time stands still.
 */
final class CallBed {
    /** The framework, its role and its task. */
    static final String FRAMEWORK = "f1";

    static final String TASK = "t1";

    /** What comes on the stream of an operator. */
    private static final Message WATCHED = org.mesolith.proto.gen.v1.master.Event.getDefaultInstance();

    private static final String HELLO = "{'type':'SUBSCRIBE','framework_id':{'value':'f1'},'subscribe':{"
            + "'framework_info':{'user':'nobody','name':'bed','id':{'value':'f1'},'roles':['r'],'principal':'p',"
            + "'failover_timeout':3600,'capabilities':[{'type':'MULTI_ROLE'},{'type':'PARTITION_AWARE'},"
            + "{'type':'RESERVATION_REFINEMENT'}]}}}";

    /**
     * What an answer was, and what else came of the call.
     *
     * @param noted whether it does so but for the audit, which remembers what was refused
     * @param events on the framework's stream, or on the one that the call opened
     * @param same whether the cluster promises what it did before
     */
    record Seen(int status, String text, List<JsonNode> events, boolean ended, boolean same, boolean noted) {
        @Override
        public String toString() {
            return status + " " + text + " events=" + events + (ended ? " ended" : "") + (same ? "" : " CHANGED");
        }
    }

    /** Ends of the stream that the framework heard. */
    private static final class Ear {
        private final List<JsonNode> heard = new ArrayList<>();
        private boolean ended;
    }

    private final CalmCluster cluster;
    private final CalmAgent agent;
    private final Ear ear = new Ear();
    private final String stream;
    private final String offer;
    private final String uuid;
    private final Runnable cut;

    CallBed() {
        this(CalmDoors.of(null, new TreeMap<>(), false).withLog(log()), Acls.OPEN);
    }

    /** A file with a line, as the log of a master. */
    private static Path log() {
        try {
            var file = Path.of("target", "conversation-master.log");
            Files.createDirectories(file.toAbsolutePath().getParent());
            return Files.writeString(file, "a line\n");
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot write the log of a master", failed);
        }
    }

    /** One in which these rules hold; they must let the framework, whose principal is {@code p}, do what it does. */
    static CallBed under(Acls acls) {
        return new CallBed(
                CalmDoors.of(null, new TreeMap<>(), false).withLog(log()).withAcls(acls), acls);
    }

    private CallBed(CalmDoors doors, Acls acls) {
        var self = new MasterInfo("m1", "127.0.0.1", 5_050, "m1", "1.11.0", null);
        cluster = new CalmCluster(LeaderSettings.defaults(self).withAcls(acls), doors);
        var info = new AgentInfo(
                "host1",
                5_051,
                Resources.parse("cpus:8;mem:8192;disk:20000;ports:[31000-32000]"),
                List.of(),
                null,
                List.of(AgentCapability.values()),
                "1.11.0");
        agent = new CalmAgent(cluster, info);
        Check.that(agent.join(info), "the agent is taken");
        var answer = post(Encoding.JSON, Headers.NONE, Bodies.bytes(Bodies.tree(HELLO)));
        stream = answer.headers().first("Mesos-Stream-Id").orElse("");
        cut = open(answer, ear);
        prepare();
        offer = offer();
        uuid = ear.heard.stream()
                .filter(event -> event.path("type").asText().equals("UPDATE"))
                .map(event -> event.at("/update/status/uuid").asText())
                .reduce((first, last) -> last)
                .orElseThrow();
        ear.heard.clear();
    }

    private void prepare() {
        cluster.advance(Duration.ofSeconds(1));
        var reserved = "'reservations':[{'type':'DYNAMIC','role':'r','principal':'p'}]";
        say("{'type':'ACCEPT','accept':{'offer_ids':[{'value':'" + offer() + "'}],'filters':{'refuse_seconds':0},"
                + "'operations':[{'type':'RESERVE','reserve':{'resources':[{'name':'disk','type':'SCALAR',"
                + "'scalar':{'value':4000}," + reserved + "}]}},"
                + "{'type':'CREATE','create':{'volumes':[{'name':'disk','type':'SCALAR','scalar':{'value':1000},"
                + reserved + ",'disk':{'persistence':{'id':'v1','principal':'p'},"
                + "'volume':{'mode':'RW','container_path':'data'}}}]}},"
                + "{'type':'LAUNCH','launch':{'task_infos':[{'name':'t','task_id':{'value':'t1'},"
                + "'agent_id':{'value':'" + agentId() + "'},'command':{'value':'sleep 1000'},"
                + "'resources':[{'name':'cpus','type':'SCALAR','scalar':{'value':1}},"
                + "{'name':'mem','type':'SCALAR','scalar':{'value':64}}]}]}}]}}");
        ear.heard.clear();
        agent.report(TASK, TaskState.TASK_RUNNING, null, StatusSource.SOURCE_EXECUTOR);
        cluster.advance(Duration.ofSeconds(2));
    }

    private void say(String call) {
        var tree = Bodies.tree(call.replaceFirst("\\{", "{'framework_id':{'value':'f1'},"));
        var answer = post(Encoding.JSON, Headers.of("Mesos-Stream-Id", stream), Bodies.bytes(tree));
        Check.that(answer.status() == 202, "the bed is made: " + text(answer));
    }

    private String offer() {
        return ear.heard.stream()
                .filter(event -> event.path("type").asText().equals("OFFERS"))
                .map(event -> event.at("/offers/offers/0/id/value").asText())
                .reduce((first, last) -> last)
                .orElseThrow(() -> new IllegalStateException("no offer among " + ear.heard));
    }

    String agentId() {
        return Check.present(agent.id(), "id of the agent").value();
    }

    /** A call of the framework, with the names of what is there. */
    JsonNode call(String text) {
        return Bodies.tree(text.replace("$FRAMEWORK", FRAMEWORK)
                .replace("$AGENT", agentId())
                .replace("$OFFER", offer)
                .replace("$TASK", TASK)
                .replace("$UUID", uuid));
    }

    /** Sends these bytes as the framework. */
    Seen send(Encoding encoding, byte[] body, boolean subscribes) {
        var headers = subscribes ? Headers.NONE : Headers.of("Mesos-Stream-Id", stream);
        return send(headers.with("Content-Type", encoding.contentType()), body);
    }

    /** Sends these bytes with exactly these headers. */
    Seen send(Headers headers, byte[] body) {
        return ask("POST", headers, body);
    }

    /** A call of an operator. */
    Seen operator(Headers headers, byte[] body) {
        return ask("POST", CalmCluster.OPERATOR, headers, body);
    }

    /** The framework goes away. */
    void leave() {
        cut.run();
    }

    /** The name of the framework's stream. */
    String stream() {
        return stream;
    }

    /** Any request to the frameworks' door. */
    Seen ask(String method, Headers headers, byte[] body) {
        return ask(method, CalmCluster.SCHEDULER, headers, body);
    }

    /** Any request. */
    Seen ask(String method, String path, Headers headers, byte[] body) {
        long before = cluster.registry().digest();
        long aside = besidesAudit();
        ear.heard.clear();
        var answer = cluster.ask(method, path, headers, Body.of(body));
        var own = answer instanceof HttpAnswer.Streaming ? new Ear() : ear;
        if (own != ear) {
            var _ = open(answer, own, path.equals(CalmCluster.OPERATOR) ? WATCHED : Event.getDefaultInstance());
        }
        cluster.settle();
        boolean same = cluster.registry().digest() == before;
        boolean noted = besidesAudit() == aside;
        return new Seen(answer.status(), text(answer), List.copyOf(own.heard), own.ended, same, noted);
    }

    private long besidesAudit() {
        return cluster.registry().digest() - cluster.registry().journal().hash();
    }

    /** How many calls and messages were dropped so far, as the counters tell. */
    double dropped() {
        var numbers = cluster.metrics();
        return numbers.getOrDefault("master/dropped_messages", 0.0)
                + numbers.getOrDefault("master/invalid_status_update_acknowledgements", 0.0)
                + numbers.getOrDefault("master/invalid_framework_to_executor_messages", 0.0);
    }

    private HttpAnswer post(Encoding encoding, Headers headers, byte[] body) {
        return cluster.ask(
                "POST", CalmCluster.SCHEDULER, headers.with("Content-Type", encoding.contentType()), Body.of(body));
    }

    private Runnable open(HttpAnswer answer, Ear hears) {
        return open(answer, hears, Event.getDefaultInstance());
    }

    private Runnable open(HttpAnswer answer, Ear hears, Message event) {
        if (!(answer instanceof HttpAnswer.Streaming streaming)) {
            throw new IllegalStateException("no stream: " + answer.status() + " " + text(answer));
        }
        var encoding = Check.present(
                Encoding.ofContentType(streaming.headers().first("Content-Type").orElse("")), "type of the stream");
        return cluster.open(
                streaming, bytes -> hears.heard.add(Bodies.tree(encoding, event, bytes)), () -> hears.ended = true);
    }

    /** The body, empty for a stream. */
    static String text(HttpAnswer answer) {
        return answer instanceof HttpAnswer.Full full ? new String(full.body().bytes(), StandardCharsets.UTF_8) : "";
    }

    /** The tree of a call in an encoding. */
    static byte[] encoded(Encoding encoding, JsonNode call) {
        return Bodies.bytes(encoding, Call.getDefaultInstance(), call);
    }
}
