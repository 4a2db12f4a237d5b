package org.mesolith.conversation;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.function.Consumer;
import org.mesolith.api.LinkMessage;
import org.mesolith.base.Check;
import org.mesolith.model.ExecutorId;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.StatusReason;
import org.mesolith.model.TaskState;

/** The stories of the guide to the scheduler API, each a short conversation. */
final class SchedulerStories {
    private static final String DISK = "{'name':'disk','type':'SCALAR','scalar':{'value':1000},"
            + "'reservations':[{'type':'DYNAMIC','role':'ads','principal':'ads'}]";

    private static final String VOLUME = DISK
            + ",'disk':{'persistence':{'id':'v1','principal':'ads'},'volume':{'mode':'RW','container_path':'data'}}}";

    private SchedulerStories() {}

    /** By name, in the order in which one learns them. */
    static SequencedMap<String, Consumer<Troupe>> all() {
        var all = new LinkedHashMap<String, Consumer<Troupe>>();
        all.put("subscribe", SchedulerStories::subscribe);
        all.put("decline", SchedulerStories::decline);
        all.put("launch", SchedulerStories::launch);
        all.put("group", SchedulerStories::group);
        all.put("failover", SchedulerStories::failover);
        all.put("takeover", SchedulerStories::takeover);
        all.put("reconcile", SchedulerStories::reconcile);
        all.put("partition", SchedulerStories::partition);
        all.put("drain", SchedulerStories::drain);
        all.put("volumes", SchedulerStories::volumes);
        all.put("inverse-offers", SchedulerStories::inverseOffers);
        all.put("errors", SchedulerStories::errors);
        all.put("old-framework", SchedulerStories::oldFramework);
        return all;
    }

    private static void subscribe(Troupe troupe) {
        var ads = troupe.framework("ads");
        ads.subscribe(null);
        troupe.agent("host1");
        troupe.pass(Duration.ofSeconds(15), "15 s pass.");
        ads.call("{'type':'UPDATE_FRAMEWORK','update_framework':{'framework_info':{'user':'nobody','name':'ads too',"
                + "'id':{'value':'" + ads.id() + "'},'roles':['ads'],'failover_timeout':7200,"
                + "'capabilities':[{'type':'MULTI_ROLE'},{'type':'PARTITION_AWARE'},"
                + "{'type':'RESERVATION_REFINEMENT'}]}}}");
        ads.call("{'type':'TEARDOWN'}");
    }

    private static void decline(Troupe troupe) {
        troupe.agent("host1");
        var ads = troupe.framework("ads");
        ads.subscribe(null);
        ads.call("{'type':'DECLINE','decline':{'offer_ids':[{'value':'" + ads.offer()
                + "'}],'filters':{'refuse_seconds':3600}}}");
        troupe.pass(Duration.ofSeconds(5), "5 s pass.");
        ads.call("{'type':'SUPPRESS','suppress':{'roles':['ads']}}");
        ads.call("{'type':'REQUEST','request':{'requests':[]}}");
        ads.call("{'type':'REVIVE','revive':{'roles':['ads']}}");
        troupe.pass(Duration.ofSeconds(1), "A second passes.");
    }

    private static String task(String name, String agent) {
        return "{'name':'" + name + "','task_id':{'value':'" + name + "'},'agent_id':{'value':'" + agent + "'},"
                + "'command':{'value':'sleep 1000'},'resources':[{'name':'cpus','type':'SCALAR','scalar':{'value':1}},"
                + "{'name':'mem','type':'SCALAR','scalar':{'value':64}}]}";
    }

    private static String launch(String task) {
        return "{'type':'LAUNCH','launch':{'task_infos':[" + task + "]}}";
    }

    private static void launch(Troupe troupe) {
        var agent = troupe.agent("host1");
        var ads = troupe.framework("ads");
        ads.subscribe(null);
        ads.accept(launch(task("t1", Troupe.id(agent))));
        troupe.reports(agent, "t1", TaskState.TASK_RUNNING, null);
        ads.acknowledge();
        ads.call("{'type':'KILL','kill':{'task_id':{'value':'t1'}}}");
        troupe.reports(agent, "t1", TaskState.TASK_KILLED, null);
        ads.acknowledge();
    }

    private static void group(Troupe troupe) {
        var agent = troupe.agent("host1");
        var ads = troupe.framework("ads");
        ads.subscribe(null);
        ads.accept("{'type':'LAUNCH_GROUP','launch_group':{'executor':{'type':'CUSTOM','executor_id':{'value':'e1'},"
                + "'command':{'value':'./executor'},'resources':["
                + "{'name':'cpus','type':'SCALAR','scalar':{'value':0.1}},"
                + "{'name':'mem','type':'SCALAR','scalar':{'value':32}},"
                + "{'name':'disk','type':'SCALAR','scalar':{'value':10}}]},'task_group':{'tasks':["
                + task("t1", Troupe.id(agent)) + "," + task("t2", Troupe.id(agent)) + "]}}}");
        troupe.reports(agent, "t1", TaskState.TASK_RUNNING, null);
        ads.acknowledge();
        troupe.reports(agent, "t2", TaskState.TASK_RUNNING, null);
        ads.acknowledge();
        ads.call("{'type':'MESSAGE','message':{'agent_id':{'value':'" + Troupe.id(agent)
                + "'},'executor_id':{'value':'e1'},'data':'aGVsbG8='}}");
        var framework = new FrameworkId(ads.id());
        agent.say(new LinkMessage.ExecutorSaid(framework, new ExecutorId("e1"), new byte[] {1, 2, 3}));
        ads.call("{'type':'SHUTDOWN','shutdown':{'executor_id':{'value':'e1'},'agent_id':{'value':'" + Troupe.id(agent)
                + "'}}}");
        troupe.reports(agent, "t1", TaskState.TASK_KILLED, null);
        ads.acknowledge();
        troupe.reports(agent, "t2", TaskState.TASK_KILLED, null);
        ads.acknowledge();
        var row = troupe.cluster
                .registry()
                .executor(framework, Check.present(agent.id(), "id of the agent"), new ExecutorId("e1"));
        var run = new LinkMessage.ExecutorRun(
                framework, new ExecutorId("e1"), Check.present(row, "executor").launchedAt());
        agent.say(new LinkMessage.ExecutorEnded(run, 0, "The executor has ended"));
        troupe.pass(Duration.ofSeconds(1), "The executor has ended; a second passes.");
    }

    private static void failover(Troupe troupe) {
        var agent = troupe.agent("host1");
        var ads = troupe.framework("ads");
        ads.subscribe(null);
        ads.accept(launch(task("t1", Troupe.id(agent))));
        troupe.reports(agent, "t1", TaskState.TASK_RUNNING, null);
        ads.acknowledge();
        troupe.pass(Duration.ZERO, "The leading master dies; another one leads. All streams are gone.");
        troupe.cluster.failOver();
        ads.subscribe(ads.id());
        agent.join(agent.info());
        ads.call("{'type':'RECONCILE','reconcile':{'tasks':[]}}");
        troupe.pass(Duration.ofSeconds(1), "A second passes.");
    }

    private static void takeover(Troupe troupe) {
        troupe.agent("host1");
        var old = troupe.framework("first");
        old.subscribe(null);
        var fresh = troupe.framework("second");
        fresh.subscribe(old.id());
        old.call("{'type':'REVIVE'}");
        fresh.goes();
        troupe.pass(Duration.ofHours(1), "The failover timeout passes.");
        fresh.subscribe(old.id());
    }

    private static void reconcile(Troupe troupe) {
        var agent = troupe.agent("host1");
        var ads = troupe.framework("ads");
        ads.subscribe(null);
        ads.accept(launch(task("t1", Troupe.id(agent))));
        troupe.reports(agent, "t1", TaskState.TASK_RUNNING, null);
        ads.acknowledge();
        ads.call("{'type':'RECONCILE','reconcile':{'tasks':[{'task_id':{'value':'t1'}},"
                + "{'task_id':{'value':'never launched'},'agent_id':{'value':'" + Troupe.id(agent) + "'}},"
                + "{'task_id':{'value':'nor this'}}]}}");
        ads.call("{'type':'RECONCILE','reconcile':{'tasks':[]}}");
        ads.call("{'type':'RECONCILE_OPERATIONS','reconcile_operations':{'operations':["
                + "{'operation_id':{'value':'o1'}}]}}");
    }

    private static void partition(Troupe troupe) {
        var agent = troupe.agent("host1");
        var ads = troupe.framework("ads");
        ads.subscribe(null);
        ads.accept(launch(task("t1", Troupe.id(agent))));
        troupe.reports(agent, "t1", TaskState.TASK_RUNNING, null);
        ads.acknowledge();
        troupe.pass(Duration.ofSeconds(1), "What is left is offered.");
        agent.fallSilent();
        troupe.pass(Duration.ofSeconds(80), "Nobody hears the agent for 80 s.");
        agent.join(agent.info());
        troupe.pass(Duration.ofSeconds(1), "The agent is back; a second passes.");
    }

    private static void drain(Troupe troupe) {
        var agent = troupe.agent("host1");
        var ads = troupe.framework("ads");
        ads.subscribe(null);
        ads.accept(launch(task("t1", Troupe.id(agent))));
        troupe.reports(agent, "t1", TaskState.TASK_RUNNING, null);
        ads.acknowledge();
        troupe.pass(Duration.ofSeconds(1), "What is left is offered.");
        troupe.operator("{'type':'DRAIN_AGENT','drain_agent':{'agent_id':{'value':'" + Troupe.id(agent) + "'}}}");
        troupe.reports(agent, "t1", TaskState.TASK_KILLED, StatusReason.REASON_AGENT_DRAINING);
        ads.acknowledge();
        troupe.pass(Duration.ofSeconds(2), "2 s pass: nothing is offered.");
        troupe.operator(
                "{'type':'REACTIVATE_AGENT','reactivate_agent':{'agent_id':{'value':'" + Troupe.id(agent) + "'}}}");
        troupe.pass(Duration.ofSeconds(1), "A second passes.");
    }

    private static void volumes(Troupe troupe) {
        troupe.agent("host1");
        var ads = troupe.framework("ads");
        ads.subscribe(null);
        ads.accept("{'type':'RESERVE','id':{'value':'reserve'},'reserve':{'resources':[" + DISK + "}]}},"
                + "{'type':'CREATE','id':{'value':'create'},'create':{'volumes':[" + VOLUME + "]}}");
        ads.confirm("reserve");
        ads.confirm("create");
        troupe.pass(Duration.ofSeconds(1), "A second passes.");
        ads.accept("{'type':'DESTROY','destroy':{'volumes':[" + VOLUME + "]}},"
                + "{'type':'UNRESERVE','unreserve':{'resources':[" + DISK + "}]}}");
        troupe.pass(Duration.ofSeconds(1), "A second passes.");
    }

    private static void errors(Troupe troupe) {
        var agent = troupe.agent("host1");
        var ads = troupe.framework("ads");
        ads.subscribe(null);
        ads.accept(launch(task("a/b", Troupe.id(agent))));
        ads.accept(launch(task("t1", Troupe.id(agent))));
        troupe.pass(Duration.ofSeconds(1), "A second passes.");
        ads.accept("{'type':'UNRESERVE','id':{'value':'unreserve'},'unreserve':{'resources':[" + DISK + "}]}}");
        troupe.pass(Duration.ofSeconds(6), "6 s pass: what was not used is offered again.");
        ads.accept("{'type':'CREATE_DISK','id':{'value':'disk'},'create_disk':{'target_type':'MOUNT','source':" + DISK
                + "}}}");
        ads.call("{'type':'KILL'}");
        ads.call("{'type':'KILL','kill':{'task_id':{'value':'never launched'}}}");
    }

    /** One that knows neither several roles nor stacks of reservations nor partitions. */
    private static void oldFramework(Troupe troupe) {
        var agent = troupe.agent("host1");
        var old = troupe.framework("old");
        old.subscribeAsOfOld();
        old.accept(launch(task("t1", Troupe.id(agent))));
        troupe.reports(agent, "t1", TaskState.TASK_RUNNING, null);
        old.acknowledge();
        agent.fallSilent();
        troupe.pass(Duration.ofSeconds(80), "Nobody hears the agent for 80 s.");
        old.call("{'type':'RECONCILE','reconcile':{'tasks':[{'task_id':{'value':'never launched'}}]}}");
    }

    private static void inverseOffers(Troupe troupe) {
        var agent = troupe.agent("host1");
        var ads = troupe.framework("ads");
        ads.subscribe(null);
        ads.accept(launch(task("t1", Troupe.id(agent))));
        troupe.reports(agent, "t1", TaskState.TASK_RUNNING, null);
        ads.acknowledge();
        var start = troupe.cluster.now().plus(Duration.ofHours(1)).getEpochSecond() + "000000000";
        var window = "{'machine_ids':[{'hostname':'host1'}],'unavailability':{'start':{'nanoseconds':" + start + "}}}";
        troupe.operator("{'type':'UPDATE_MAINTENANCE_SCHEDULE','update_maintenance_schedule':{'schedule':{'windows':["
                + window + "]}}}");
        troupe.pass(Duration.ofSeconds(1), "A second passes.");
        ads.call("{'type':'DECLINE_INVERSE_OFFERS','decline_inverse_offers':{'inverse_offer_ids':[{'value':'"
                + ads.last("INVERSE_OFFERS")
                        .at("/inverse_offers/inverse_offers/0/id/value")
                        .asText()
                + "'}],'filters':{'refuse_seconds':1}}}");
        troupe.pass(Duration.ofSeconds(2), "2 s pass: it is asked again.");
        ads.call("{'type':'ACCEPT_INVERSE_OFFERS','accept_inverse_offers':{'inverse_offer_ids':[{'value':'"
                + ads.last("INVERSE_OFFERS")
                        .at("/inverse_offers/inverse_offers/0/id/value")
                        .asText()
                + "'}],'filters':{'refuse_seconds':1}}}");
        troupe.pass(Duration.ofSeconds(2), "2 s pass.");
        troupe.operator("{'type':'UPDATE_MAINTENANCE_SCHEDULE','update_maintenance_schedule':{'schedule':{}}}");
        troupe.pass(Duration.ofSeconds(1), "A second passes.");
    }
}
