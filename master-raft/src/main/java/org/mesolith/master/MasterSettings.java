package org.mesolith.master;

import static org.mesolith.settings.Setting.Kind.BYTES;
import static org.mesolith.settings.Setting.Kind.DURATION;
import static org.mesolith.settings.Setting.Kind.INTEGER;
import static org.mesolith.settings.Setting.Kind.PATH;
import static org.mesolith.settings.Setting.Kind.SWITCH;
import static org.mesolith.settings.Setting.Kind.TEXT;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.mesolith.settings.Setting;
import org.mesolith.settings.SettingsReader;

/** Every setting of a master: those of Mesos that make sense here under Mesos' names, and our own. */
public final class MasterSettings {
    private static final String NO_ZOOKEEPER = "the masters form a Raft group of their own and need no ZooKeeper";
    private static final String IN_THE_RAFT_LOG = "the registry is the replicated state of the Raft group";
    private static final String NO_PLUG_INS = "native plug-ins cannot be loaded";
    private static final String NO_DRIVERS =
            "there are no v0 drivers; see authenticate_http_frameworks, and authenticate_agents";
    private static final String SAME_EVERYWHERE =
            "it bounds the replicated state, which must be the same on every master; docs/limits.md names the bound";
    private static final String NOT_BUILT = "it is not built yet";
    private static final String KNOWS_ALLOCATIONS =
            "a new leader knows every allocation from the log and never waits for agents";

    private MasterSettings() {}

    /** Reads a master's settings. */
    public static SettingsReader reader() {
        return new SettingsReader(known(), notApplicable());
    }

    static List<Setting> known() {
        var all = new ArrayList<>(own());
        all.addAll(BackupFlags.known());
        all.addAll(JournalFlags.known());
        return List.copyOf(all);
    }

    private static List<Setting> own() {
        return List.of(
                Setting.of("ip", TEXT, "127.0.0.1", "Address to listen on, for clients, agents and other masters."),
                Setting.of("port", INTEGER, "5050", "TCP port for clients and agents."),
                Setting.of("raft_port", INTEGER, "5060", "TCP port for the other masters."),
                Setting.optional("advertise_ip", TEXT, "Address announced to others; default is ip."),
                Setting.optional(
                        "advertise_raft_port", INTEGER, "Port announced to the other masters; default is raft_port."),
                Setting.optional("advertise_port", INTEGER, "Port announced to clients and agents; default is port."),
                Setting.optional("hostname", TEXT, "Host name announced to others; default is the announced address."),
                Setting.of(
                        "hostname_lookup",
                        SWITCH,
                        "false",
                        "Without hostname: look the announced address up, once at the start, and announce its name."),
                Setting.optional("work_dir", PATH, "Directory of this master's durable state; mandatory."),
                Setting.optional("cluster", TEXT, "Name of the cluster, for people."),
                Setting.optional(
                        "other_masters",
                        TEXT,
                        "HTTP addresses of other masters, host:port,… or file:///… with them; needed only for a start"
                                + " at which all of them have moved."),
                Setting.of(
                        "dead_member_after",
                        DURATION,
                        "10mins",
                        "Silence after which the leader reports another master as dead; 0secs for never."),
                Setting.of(
                        "autopilot",
                        SWITCH,
                        "false",
                        "Whether a standby that waits takes the place of a dead master, under the rules of `meso "
                                + "cluster"
                                + " replace`."),
                Setting.of(
                        "throw_away",
                        SWITCH,
                        "false",
                        "Says that this cluster holds nothing that anybody needs: only then `meso chaos test --against`"
                                + " touches it. Give all masters the same."),
                Setting.optional("domain", TEXT, "Fault domain of this master, as JSON of a mesos.v1.DomainInfo."),
                Setting.of("insecure_network", SWITCH, "false", "Listen beyond loopback, although there is no TLS."),
                Setting.of(
                        "root_submissions",
                        SWITCH,
                        "true",
                        "Whether frameworks with the user root may subscribe; as in Mesos, the user of a single task is"
                                + " not looked at."),
                Setting.of(
                        "max_operator_event_stream_subscribers",
                        INTEGER,
                        "1000",
                        "Operators who are told what happens at a time; one more ends the oldest one's stream."),
                Setting.optional("roles", TEXT, "The only roles that may be used, comma separated; default is any."),
                Setting.of("allocation_interval", DURATION, "1secs", "Time between allocation rounds."),
                Setting.optional("offer_timeout", DURATION, "Time after which an unanswered offer is taken back."),
                Setting.of(
                        "min_allocatable_resources",
                        TEXT,
                        "cpus:0.01|mem:32",
                        "Smallest useful offer; alternatives separated by |."),
                Setting.optional(
                        "fair_sharing_excluded_resource_names",
                        TEXT,
                        "Resources left out of the dominant share, comma separated."),
                Setting.of("role_sorter", TEXT, "drf", "Fair sharing between roles; only drf is known yet.")
                        .formerly("user_sorter"),
                Setting.of("framework_sorter", TEXT, "drf", "Fair sharing inside a role; only drf is known yet."),
                Setting.of(
                        "filter_gpu_resources", SWITCH, "true", "Hide GPU agents from frameworks without GPU support."),
                Setting.of(
                        "strict_limits",
                        SWITCH,
                        "false",
                        "Limits of a top-level role bind the roles below it, too; Mesos only charges them to it."),
                Setting.optional(
                        "whitelist",
                        PATH,
                        "File of host names, one a line: only their agents are offered; give all masters the same."),
                Setting.of("whitelist_watch_interval", DURATION, "5secs", "Time between two looks at the whitelist."),
                Setting.of(
                        "allocator_agent_recovery_factor",
                        TEXT,
                        "0",
                        "Part (0 to 1) of the agents that a new leader waits for before it offers, while any role has"
                                + " quota; Mesos needs 0.8, here nothing needs to be waited for."),
                Setting.of("allocator_recovery_timeout", DURATION, "10mins", "How long it waits for them at most."),
                Setting.of("agent_ping_timeout", DURATION, "15secs", "Silence that counts as one missed ping.")
                        .formerly("slave_ping_timeout"),
                Setting.of(
                                "max_agent_ping_timeouts",
                                INTEGER,
                                "5",
                                "Missed pings until an agent counts as unreachable.")
                        .formerly("max_slave_ping_timeouts"),
                Setting.of(
                                "agent_reregister_timeout",
                                DURATION,
                                "10mins",
                                "Grace for agents to come back after the leader changed or their link broke.")
                        .formerly("slave_reregister_timeout"),
                Setting.optional(
                                "agent_removal_rate_limit",
                                TEXT,
                                "Pace at which agents become unreachable, such as 1/10mins; default is no limit.")
                        .formerly("slave_removal_rate_limit"),
                Setting.of(
                        "framework_reregister_timeout",
                        DURATION,
                        "10mins",
                        "Grace for frameworks to come back after the leader changed."),
                Setting.of(
                        "registry_gc_interval",
                        DURATION,
                        "15mins",
                        "How often agents that are long unreachable or gone are forgotten."),
                Setting.of(
                        "registry_max_agent_age",
                        DURATION,
                        "2weeks",
                        "How long an unreachable or gone agent is remembered at most, with its tasks."),
                Setting.of(
                        "registry_max_agent_count",
                        INTEGER,
                        "102400",
                        "How many unreachable agents, and how many gone ones, are remembered at most."),
                Setting.of("link_heartbeat", DURATION, "1secs", "Time between heartbeats to an agent."),
                Setting.of(
                        "election_timeout_min",
                        DURATION,
                        "1secs",
                        "Shortest silence of a leader that starts an election."),
                Setting.of(
                        "election_timeout_max",
                        DURATION,
                        "2secs",
                        "Longest silence of a leader that starts an election."),
                Setting.of("disk_reserve", BYTES, "1GB", "Free disk below which new commands are refused."),
                Setting.optional("credentials", PATH, "File of principals and secrets, or of salted hashes of them."),
                Setting.of(
                        "authenticate_http_frameworks", SWITCH, "false", "Whether frameworks must say who they are."),
                Setting.of("authenticate_http_readwrite", SWITCH, "false", "Whether operators must say who they are.")
                        .formerly("authenticate_http"),
                Setting.of(
                        "authenticate_http_readonly",
                        SWITCH,
                        "false",
                        "Whether readers of pages such as /metrics must say who they are."),
                Setting.of("authenticate_agents", SWITCH, "false", "Whether agents must say who they are.")
                        .formerly("authenticate_slaves"),
                Setting.optional("acls", TEXT, "Who may do what: rules in JSON, or the file that holds them."),
                Setting.of("logging_level", TEXT, "INFO", "Lowest level logged: INFO, WARNING, ERROR."),
                Setting.optional(
                        "log_dir",
                        PATH,
                        "Directory where the log is kept besides stderr: the last 5 files of at most 64 MiB."));
    }

    static Map<String, String> notApplicable() {
        var reasons = new TreeMap<String, String>();
        all(reasons, NO_ZOOKEEPER, "zk zk_session_timeout quorum master_contender master_detector");
        all(
                reasons,
                IN_THE_RAFT_LOG,
                "registry registry_fetch_timeout registry_store_timeout registry_strict log_auto_initialize");
        all(
                reasons,
                NO_PLUG_INS,
                "hooks modules modules_dir allocator authenticators authorizers http_authenticators"
                        + " http_framework_authenticators");
        all(reasons, NO_DRIVERS, "authenticate authenticate_frameworks authentication_v0_timeout");
        all(reasons, SAME_EVERYWHERE, "max_completed_frameworks max_completed_tasks_per_framework");
        reasons.put(
                "max_unreachable_tasks_per_framework",
                "tasks of unreachable agents are kept for as long as their agent is: see registry_max_agent_age");
        all(reasons, KNOWS_ALLOCATIONS, "recovery_agent_removal_limit recovery_slave_removal_limit");
        reasons.put("weights", "weights are set with `meso weight set` and replicated");
        reasons.put("publish_per_framework_metrics", "metrics of single frameworks are always published");
        reasons.put("require_agent_domain", "placement by fault domain is not built yet");
        reasons.put("ip_discovery_command", "name the address with --ip, or with --advertise_ip");
        reasons.put("webui_dir", "there is no web page yet");
        reasons.put("quiet", "what is written to stderr is the supervisor's to keep or to drop");
        reasons.put("logbufsecs", "every line is written at once");
        reasons.put("external_log_file", "only the log that the master keeps itself, in log_dir, is served over HTTP");
        all(
                reasons,
                NOT_BUILT,
                "firewall_rules rate_limits offer_constraints_re2_max_mem" + " offer_constraints_re2_max_program_size");
        all(
                reasons,
                "it belongs to parts of Mesos that do not exist here",
                "initialize_driver_logging max_executors_per_agent max_executors_per_slave memory_profiling");
        return reasons;
    }

    private static void all(Map<String, String> reasons, String why, String names) {
        for (var name : names.split(" ")) {
            reasons.put(name, why);
        }
    }
}
