package org.mesolith.conversation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;

/** Good calls of the operator APIs: of masters in {@link CallBed}, of the agent in {@link CalmHost}. */
final class OperatorCalls {
    private static final String RESERVED = "'reservations':[{'type':'DYNAMIC','role':'r','principal':'p'}]";
    private static final String VOLUME = "{'name':'disk','type':'SCALAR','scalar':{'value':1000}," + RESERVED
            + ",'disk':{'persistence':{'id':'$V','principal':'p'},'volume':{'mode':'RW','container_path':'data'}}}";
    private static final String AGENT = "'agent_id':{'value':'$AGENT'}";
    private static final String HOST = "{'hostname':'host1'}";
    private static final String SCHEDULE = "'schedule':{'windows':[{'machine_ids':[" + HOST
            + "],'unavailability':{'start':{'nanoseconds':2000000000000000000}}}]}";
    private static final String QUOTA =
            "'quota_request':{'role':'q','guarantee':[{'name':'cpus','type':'SCALAR','scalar':{'value':1}}]}";

    private OperatorCalls() {}

    private static String call(String type, String body) {
        return "{'type':'" + type + "','" + type.toLowerCase(Locale.ROOT) + "':{" + body + "}}";
    }

    private static String disk(int amount) {
        return "{'name':'disk','type':'SCALAR','scalar':{'value':" + amount + "}," + RESERVED + "}";
    }

    /** For each call of masters that has a body: what has to be called before, and it itself as the last one. */
    static SequencedMap<String, List<String>> masters() {
        var all = new LinkedHashMap<String, List<String>>();
        put(all, "GET_METRICS", "'timeout':{'nanoseconds':1000000000}");
        put(all, "SET_LOGGING_LEVEL", "'level':1,'duration':{'nanoseconds':1000000000}");
        put(all, "LIST_FILES", "'path':'/master/log'");
        put(all, "READ_FILE", "'path':'/master/log','offset':0");
        put(all, "UPDATE_WEIGHTS", "'weight_infos':[{'role':'r','weight':2}]");
        var mem = "{'name':'mem','type':'SCALAR','scalar':{'value':64}," + RESERVED + "}";
        put(all, "RESERVE_RESOURCES", AGENT + ",'resources':[" + mem + "]");
        put(all, "UNRESERVE_RESOURCES", AGENT + ",'resources':[" + disk(64) + "]");
        put(all, "CREATE_VOLUMES", AGENT + ",'volumes':[" + VOLUME.replace("$V", "v2") + "]");
        put(all, "DESTROY_VOLUMES", AGENT + ",'volumes':[" + VOLUME.replace("$V", "v1") + "]");
        var volume = "'volume':" + VOLUME.replace("$V", "v1");
        put(all, "GROW_VOLUME", AGENT + "," + volume + ",'addition':" + disk(64));
        put(all, "SHRINK_VOLUME", AGENT + "," + volume + ",'subtract':{'value':64}");
        put(all, "UPDATE_MAINTENANCE_SCHEDULE", SCHEDULE);
        var scheduled = call("UPDATE_MAINTENANCE_SCHEDULE", SCHEDULE);
        put(all, "START_MAINTENANCE", "'machines':[" + HOST + "]", scheduled);
        var started = call("START_MAINTENANCE", "'machines':[" + HOST + "]");
        put(all, "STOP_MAINTENANCE", "'machines':[" + HOST + "]", scheduled, started);
        put(all, "UPDATE_QUOTA", "'quota_configs':[{'role':'q','limits':{'cpus':{'value':4}}}]");
        put(all, "SET_QUOTA", QUOTA);
        put(all, "REMOVE_QUOTA", "'role':'q'", call("SET_QUOTA", QUOTA));
        put(all, "TEARDOWN", "'framework_id':{'value':'$FRAMEWORK'}");
        put(all, "MARK_AGENT_GONE", AGENT);
        put(all, "DRAIN_AGENT", AGENT + ",'max_grace_period':{'seconds':60}");
        put(all, "DEACTIVATE_AGENT", AGENT);
        put(all, "REACTIVATE_AGENT", AGENT, call("DEACTIVATE_AGENT", AGENT));
        return all;
    }

    private static void put(SequencedMap<String, List<String>> all, String type, String body, String... before) {
        var calls = new ArrayList<>(List.of(before));
        calls.add(call(type, body));
        all.put(type, List.copyOf(calls));
    }

    /** Bodies of calls of agents that have one. */
    static SequencedMap<String, String> agents() {
        var all = new LinkedHashMap<String, String>();
        var nested = "'container_id':{'value':'c','parent':{'value':'p'}}";
        all.put("GET_METRICS", "'timeout':{'nanoseconds':1000000000}");
        all.put("SET_LOGGING_LEVEL", "'level':1,'duration':{'nanoseconds':1000000000}");
        all.put("LIST_FILES", "'path':'$SANDBOX'");
        all.put("READ_FILE", "'path':'$SANDBOX/stdout','offset':0");
        for (var type : List.of(
                "LAUNCH_NESTED_CONTAINER",
                "WAIT_NESTED_CONTAINER",
                "KILL_NESTED_CONTAINER",
                "REMOVE_NESTED_CONTAINER",
                "LAUNCH_NESTED_CONTAINER_SESSION",
                "ATTACH_CONTAINER_OUTPUT",
                "LAUNCH_CONTAINER",
                "WAIT_CONTAINER",
                "KILL_CONTAINER",
                "REMOVE_CONTAINER")) {
            all.put(type, nested);
        }
        all.put("ATTACH_CONTAINER_INPUT", "'type':'CONTAINER_ID'," + nested);
        var provider = "'info':{'type':'org.example','name':'n'}";
        all.put("ADD_RESOURCE_PROVIDER_CONFIG", provider);
        all.put("UPDATE_RESOURCE_PROVIDER_CONFIG", provider);
        all.put("REMOVE_RESOURCE_PROVIDER_CONFIG", "'type':'org.example','name':'n'");
        all.put("MARK_RESOURCE_PROVIDER_GONE", "'resource_provider_id':{'value':'x'}");
        return all;
    }
}
