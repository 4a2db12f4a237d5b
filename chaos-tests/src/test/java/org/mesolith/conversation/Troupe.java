package org.mesolith.conversation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.MasterInfo;
import org.mesolith.base.Check;
import org.mesolith.conversation.Exchanges.Door;
import org.mesolith.leader.LeaderSettings;
import org.mesolith.model.AgentCapability;
import org.mesolith.model.AgentInfo;
import org.mesolith.model.Resources;
import org.mesolith.model.StatusReason;
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

/** Who plays a story of the scheduler API: masters, agents, frameworks and an operator, on a clock that we move. */
final class Troupe {
    final CalmCluster cluster;
    private final Script script;

    Troupe(Script script) {
        this.script = script;
        var self = new MasterInfo("m1", "127.0.0.1", 5_050, "m1", "1.11.0", null);
        this.cluster = new CalmCluster(LeaderSettings.defaults(self), CalmDoors.of(null, new TreeMap<>(), false));
    }

    /** An agent that has joined. */
    CalmAgent agent(String host) {
        script.note("An agent joins on " + host + ".");
        var info = new AgentInfo(
                host,
                5_051,
                Resources.parse("cpus:4;mem:2048;disk:10000;ports:[31000-32000]"),
                List.of(),
                null,
                List.of(AgentCapability.values()),
                "1.11.0");
        var agent = new CalmAgent(cluster, info);
        Check.that(agent.join(info), "the agent is taken");
        cluster.settle();
        return agent;
    }

    static String id(CalmAgent agent) {
        return Check.present(agent.id(), "id of an agent").value();
    }

    /** The agent tells of a task. */
    void reports(CalmAgent agent, String task, TaskState state, @Nullable StatusReason reason) {
        script.note("The agent reports of " + task + ": " + state + ".");
        agent.report(task, state, reason, StatusSource.SOURCE_EXECUTOR);
        cluster.settle();
        cluster.advance(Duration.ofMillis(100));
    }

    void pass(Duration time, String what) {
        script.note(what);
        cluster.advance(time);
    }

    /** An operator calls; the answer must be a success. */
    void operator(String text) {
        var call = Bodies.tree(text);
        script.called("operator", CalmCluster.OPERATOR, call);
        byte[] body = Bodies.bytes(script.encoding(), org.mesolith.proto.gen.v1.master.Call.getDefaultInstance(), call);
        var answer = cluster.ask(
                "POST",
                CalmCluster.OPERATOR,
                Headers.of("Content-Type", script.encoding().contentType()),
                Body.of(body));
        script.answered("operator", Door.MASTER, call.path("type").asText(), answer.status(), CallBed.text(answer));
        Check.that(answer.status() == 200, "the operator's call succeeds");
        cluster.settle();
    }

    /** An operator who has not subscribed. */
    Watcher watcher() {
        return new Watcher(cluster, script);
    }

    /** A framework of this name, which has not subscribed. */
    Framework framework(String name) {
        return new Framework(name);
    }

    /** A framework's scheduler. */
    final class Framework {
        private final String name;
        private final List<JsonNode> heard = new ArrayList<>();
        private String stream = "";
        private Runnable cut = () -> {};

        private Framework(String name) {
            this.name = name;
        }

        /** Subscribes in the role {@code ads}, under this id when it has one. */
        void subscribe(@Nullable String id) {
            var known = id == null ? "" : "'id':{'value':'" + id + "'},";
            var outer = id == null ? "" : "'framework_id':{'value':'" + id + "'},";
            hello("{'type':'SUBSCRIBE'," + outer + "'subscribe':{'framework_info':{'user':'nobody',"
                    + "'name':'ads'," + known + "'roles':['ads'],'principal':'ads','failover_timeout':3600,"
                    + "'capabilities':[{'type':'MULTI_ROLE'},{'type':'PARTITION_AWARE'},"
                    + "{'type':'RESERVATION_REFINEMENT'}]}}}");
        }

        /** Subscribes in the role {@code *}, and with no capability at all. */
        void subscribeAsOfOld() {
            hello("{'type':'SUBSCRIBE','subscribe':{'framework_info':{'user':'nobody','name':'old',"
                    + "'failover_timeout':3600}}}");
        }

        private void hello(String text) {
            var call = Bodies.tree(text);
            script.called(name, CalmCluster.SCHEDULER, call);
            var answer = post(call, Headers.of("Accept", script.encoding().contentType()));
            stream = answer.headers().first("Mesos-Stream-Id").orElse("");
            script.answered(name, Door.SCHEDULER, "SUBSCRIBE", answer.status(), CallBed.text(answer));
            if (answer instanceof HttpAnswer.Streaming streaming) {
                cut = cluster.open(streaming, this::hear, () -> script.ended(name));
            }
            cluster.advance(Duration.ofMillis(100));
        }

        private void hear(byte[] record) {
            var event = Bodies.tree(script.encoding(), Event.getDefaultInstance(), record);
            heard.add(event);
            script.heard(name, Door.SCHEDULER, event);
        }

        /** Calls, and looks what comes of it in the next moment; the id of the framework is put in. */
        int call(String text) {
            var call = (ObjectNode) Bodies.tree(text);
            call.putObject("framework_id").put("value", id());
            script.called(name, CalmCluster.SCHEDULER, call);
            var answer = post(call, Headers.of("Mesos-Stream-Id", stream));
            script.answered(name, Door.SCHEDULER, call.path("type").asText(), answer.status(), CallBed.text(answer));
            cluster.advance(Duration.ofMillis(100));
            return answer.status();
        }

        private HttpAnswer post(JsonNode call, Headers headers) {
            byte[] body = Bodies.bytes(script.encoding(), Call.getDefaultInstance(), call);
            var all = headers.with("Content-Type", script.encoding().contentType());
            return cluster.ask("POST", CalmCluster.SCHEDULER, all, Body.of(body));
        }

        /** The connection breaks. */
        void goes() {
            script.note(name + " breaks its connection.");
            cut.run();
        }

        String id() {
            return first("SUBSCRIBED").at("/subscribed/framework_id/value").asText();
        }

        String offer() {
            return last("OFFERS").at("/offers/offers/0/id/value").asText();
        }

        /** Confirms the newest update. */
        void acknowledge() {
            var status = last("UPDATE").at("/update/status");
            call("{'type':'ACKNOWLEDGE','acknowledge':{'agent_id':" + status.path("agent_id") + ",'task_id':"
                    + status.path("task_id") + ",'uuid':" + status.path("uuid") + "}}");
        }

        /** Confirms what became of an operation. */
        void confirm(String operation) {
            var status = heard.stream()
                    .map(event -> event.at("/update_operation_status/status"))
                    .filter(told -> told.at("/operation_id/value").asText().equals(operation))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("nothing of " + operation + " in " + heard));
            call("{'type':'ACKNOWLEDGE_OPERATION_STATUS','acknowledge_operation_status':{'agent_id':"
                    + status.path("agent_id") + ",'operation_id':" + status.path("operation_id") + ",'uuid':"
                    + status.at("/uuid/value") + "}}");
        }

        JsonNode last(String type) {
            return heard.stream()
                    .filter(event -> event.path("type").asText().equals(type))
                    .reduce((earlier, later) -> later)
                    .orElseThrow(() -> new IllegalStateException("no " + type + " among " + heard));
        }

        private JsonNode first(String type) {
            return heard.stream()
                    .filter(event -> event.path("type").asText().equals(type))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no " + type + " among " + heard));
        }

        /** Accepts the newest offer. */
        int accept(String operations) {
            return call("{'type':'ACCEPT','accept':{'offer_ids':[{'value':'" + offer() + "'}],'operations':["
                    + operations + "],'filters':{'refuse_seconds':0}}}");
        }
    }
}
