package org.mesolith.conversation;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.mesolith.base.Check;

/** One good call of every kind, for the framework of {@link CallBed}; every field that has a rule is set in one. */
final class GoodCalls {
    private static final String TASK_RESOURCES = "[{'name':'cpus','type':'SCALAR','scalar':{'value':1}},"
            + "{'name':'mem','type':'SCALAR','scalar':{'value':64}},"
            + "{'name':'ports','type':'RANGES','ranges':{'range':[{'begin':31000,'end':31001}]}}]";

    private static final String RESERVED = "'reservations':[{'type':'DYNAMIC','role':'r','principal':'p'}]";

    private static final String VOLUME = "{'name':'disk','type':'SCALAR','scalar':{'value':1000}," + RESERVED
            + ",'disk':{'persistence':{'id':'v1','principal':'p'},'volume':{'mode':'RW','container_path':'data'}}}";

    private static final String CHECKS = "'check':{'type':'HTTP','http':{'port':31000,'path':'/a'},"
            + "'delay_seconds':1,'interval_seconds':2,'timeout_seconds':3},"
            + "'health_check':{'type':'TCP','tcp':{'port':31001},'delay_seconds':1,'interval_seconds':2,"
            + "'timeout_seconds':3,'grace_period_seconds':4,'consecutive_failures':5}";

    private static final String TASK = "{'name':'t','task_id':{'value':'t2'},'agent_id':{'value':'$AGENT'},"
            + "'command':{'value':'sleep 1','environment':{'variables':[{'name':'A','type':'VALUE','value':'b'}]}},"
            + "'kill_policy':{'grace_period':{'nanoseconds':1000000000}},"
            + "'max_completion_time':{'nanoseconds':9000000000}," + CHECKS
            + ",'limits':{'cpus':{'value':2}},'resources':" + TASK_RESOURCES + "}";

    private static final String CUSTOM = "{'name':'t','task_id':{'value':'t2'},'agent_id':{'value':'$AGENT'},"
            + "'resources':" + TASK_RESOURCES
            + ",'executor':{'type':'CUSTOM','executor_id':{'value':'e1'},'framework_id':{'value':'$FRAMEWORK'},"
            + "'command':{'value':'sleep 1'},'resources':[{'name':'cpus','type':'SCALAR','scalar':{'value':0.1}},"
            + "{'name':'mem','type':'SCALAR','scalar':{'value':32}}]}}";

    private static final String GROUP = "{'executor':{'type':'DEFAULT','executor_id':{'value':'e2'},"
            + "'resources':[{'name':'cpus','type':'SCALAR','scalar':{'value':0.1}},"
            + "{'name':'mem','type':'SCALAR','scalar':{'value':32}},"
            + "{'name':'disk','type':'SCALAR','scalar':{'value':10}}]},'task_group':{'tasks':["
            + "{'name':'g','task_id':{'value':'t3'},'agent_id':{'value':'$AGENT'},'command':{'value':'sleep 1'},"
            + "'resources':[{'name':'cpus','type':'SCALAR','scalar':{'value':1}},"
            + "{'name':'mem','type':'SCALAR','scalar':{'value':64}}]}]}}";

    private static final String INFO = "'framework_info':{'user':'nobody','name':'n','id':{'value':'$ID'},"
            + "'roles':['$ROLE'],'failover_timeout':3600,'checkpoint':false,'hostname':'h','principal':'p',"
            + "'capabilities':[{'type':'MULTI_ROLE'}],"
            + "'offer_filters':{'$ROLE':{'min_allocatable_resources':{'quantities':[{'quantities':{"
            + "'cpus':{'value':1}}}]}}}},'suppressed_roles':['$ROLE'],"
            + "'offer_constraints':{'role_constraints':{'$ROLE':{'groups':[{'attribute_constraints':[{"
            + "'selector':{'pseudoattribute_type':'HOSTNAME'},'predicate':{'exists':{}}}]}]}}}";

    private GoodCalls() {}

    /** By name; what an ACCEPT does is part of its name. */
    static SequencedMap<String, String> all() {
        var calls = new LinkedHashMap<String, String>();
        calls.put(
                "SUBSCRIBE",
                "{'type':'SUBSCRIBE','framework_id':{'value':'f2'},'subscribe':{"
                        + INFO.replace("$ID", "f2").replace("$ROLE", "s") + "}}");
        calls.put("TEARDOWN", call("TEARDOWN", null));
        operations()
                .forEach((name, operation) -> calls.put(
                        "ACCEPT " + name,
                        call(
                                "ACCEPT",
                                "'offer_ids':[{'value':'$OFFER'}],'operations':[{'type':'"
                                        + name.replace(" EXECUTOR", "") + "'," + operation
                                        + "}],'filters':{'refuse_seconds':5}")));
        calls.put("DECLINE", call("DECLINE", "'offer_ids':[{'value':'$OFFER'}],'filters':{'refuse_seconds':5}"));
        var inverse = "'inverse_offer_ids':[{'value':'none'}],'filters':{'refuse_seconds':5}";
        calls.put("ACCEPT_INVERSE_OFFERS", call("ACCEPT_INVERSE_OFFERS", inverse));
        calls.put("DECLINE_INVERSE_OFFERS", call("DECLINE_INVERSE_OFFERS", inverse));
        calls.put("REVIVE", call("REVIVE", "'roles':['r']"));
        calls.put("SUPPRESS", call("SUPPRESS", "'roles':['r']"));
        calls.put(
                "KILL",
                call(
                        "KILL",
                        "'task_id':{'value':'$TASK'},'agent_id':{'value':'$AGENT'},"
                                + "'kill_policy':{'grace_period':{'nanoseconds':1000000000}}"));
        calls.put("SHUTDOWN", call("SHUTDOWN", "'executor_id':{'value':'e'},'agent_id':{'value':'$AGENT'}"));
        calls.put(
                "ACKNOWLEDGE",
                call("ACKNOWLEDGE", "'agent_id':{'value':'$AGENT'},'task_id':{'value':'$TASK'},'uuid':'$UUID'"));
        calls.put(
                "ACKNOWLEDGE_OPERATION_STATUS",
                call(
                        "ACKNOWLEDGE_OPERATION_STATUS",
                        "'agent_id':{'value':'$AGENT'},'operation_id':{'value':'o1'},'uuid':'$UUID'"));
        calls.put(
                "RECONCILE",
                call("RECONCILE", "'tasks':[{'task_id':{'value':'$TASK'},'agent_id':{'value':'$AGENT'}}]"));
        calls.put(
                "RECONCILE_OPERATIONS",
                call(
                        "RECONCILE_OPERATIONS",
                        "'operations':[{'operation_id':{'value':'o1'},'agent_id':{'value':'$AGENT'}}]"));
        calls.put(
                "MESSAGE", call("MESSAGE", "'agent_id':{'value':'$AGENT'},'executor_id':{'value':'e'},'data':'AAAA'"));
        calls.put("REQUEST", call("REQUEST", "'requests':[{'agent_id':{'value':'$AGENT'}}]"));
        calls.put(
                "UPDATE_FRAMEWORK",
                call("UPDATE_FRAMEWORK", INFO.replace("$ID", "$FRAMEWORK").replace("$ROLE", "r")));
        return calls;
    }

    /** The call of this name. */
    static String of(String name) {
        return Check.present(all().get(name), "good call " + name);
    }

    /** What can be done with an offer, without the type. */
    private static Map<String, String> operations() {
        var made = new LinkedHashMap<String, String>();
        made.put("LAUNCH", "'launch':{'task_infos':[" + TASK + "]}");
        made.put("LAUNCH EXECUTOR", "'launch':{'task_infos':[" + CUSTOM + "]}");
        made.put("LAUNCH_GROUP", "'launch_group':" + GROUP);
        var id = "'id':{'value':'o2'},";
        made.put(
                "RESERVE",
                id + "'reserve':{'resources':[{'name':'mem','type':'SCALAR','scalar':{'value':64}," + RESERVED + "}]}");
        made.put(
                "UNRESERVE",
                id + "'unreserve':{'resources':[{'name':'disk','type':'SCALAR','scalar':{'value':64}," + RESERVED
                        + "}]}");
        made.put("CREATE", id + "'create':{'volumes':[" + VOLUME.replace("v1", "v2") + "]}");
        made.put("DESTROY", id + "'destroy':{'volumes':[" + VOLUME + "]}");
        made.put(
                "GROW_VOLUME",
                id + "'grow_volume':{'volume':" + VOLUME + ",'addition':{'name':'disk','type':'SCALAR',"
                        + "'scalar':{'value':64}," + RESERVED + "}}");
        made.put("SHRINK_VOLUME", id + "'shrink_volume':{'volume':" + VOLUME + ",'subtract':{'value':64}}");
        return made;
    }

    private static String call(String type, @Nullable String body) {
        var head = "{'type':'" + type + "','framework_id':{'value':'$FRAMEWORK'}";
        return body == null ? head + "}" : head + ",'" + type.toLowerCase(Locale.ROOT) + "':{" + body + "}}";
    }
}
