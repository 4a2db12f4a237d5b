package org.mesolith.conversation;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.function.Consumer;
import org.mesolith.model.TaskState;

/** The stories of the operators' event stream, each a short conversation. */
final class WatcherStories {
    private WatcherStories() {}

    /** By name. */
    static SequencedMap<String, Consumer<Troupe>> all() {
        var all = new LinkedHashMap<String, Consumer<Troupe>>();
        all.put("watch-tasks", WatcherStories::tasks);
        all.put("watch-agents", WatcherStories::agents);
        return all;
    }

    private static void tasks(Troupe troupe) {
        troupe.watcher().subscribe();
        var agent = troupe.agent("host1");
        var ads = troupe.framework("ads");
        ads.subscribe(null);
        ads.accept("{'type':'LAUNCH','launch':{'task_infos':[{'name':'t1','task_id':{'value':'t1'},"
                + "'agent_id':{'value':'" + Troupe.id(agent) + "'},'command':{'value':'sleep 1000'},"
                + "'resources':[{'name':'cpus','type':'SCALAR','scalar':{'value':1}},"
                + "{'name':'mem','type':'SCALAR','scalar':{'value':64}}]}]}}");
        troupe.reports(agent, "t1", TaskState.TASK_RUNNING, null);
        ads.acknowledge();
        ads.call("{'type':'UPDATE_FRAMEWORK','update_framework':{'framework_info':{'user':'nobody','name':'ads too',"
                + "'id':{'value':'" + ads.id() + "'},'roles':['ads'],'failover_timeout':7200,"
                + "'capabilities':[{'type':'MULTI_ROLE'},{'type':'PARTITION_AWARE'},"
                + "{'type':'RESERVATION_REFINEMENT'}]}}}");
        ads.call("{'type':'TEARDOWN'}");
        troupe.pass(Duration.ofSeconds(15), "15 s pass.");
    }

    private static void agents(Troupe troupe) {
        var agent = troupe.agent("host1");
        troupe.watcher().subscribe();
        var other = troupe.agent("host2");
        troupe.operator(
                "{'type':'DEACTIVATE_AGENT','deactivate_agent':{'agent_id':{'value':'" + Troupe.id(agent) + "'}}}");
        other.leave();
        troupe.pass(Duration.ofSeconds(1), "The agent on host2 leaves; a second passes.");
    }
}
