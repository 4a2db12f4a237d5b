package org.mesolith.master;

import static org.mesolith.settings.Setting.Kind.BYTES;
import static org.mesolith.settings.Setting.Kind.DURATION;
import static org.mesolith.settings.Setting.Kind.INTEGER;
import static org.mesolith.settings.Setting.Kind.PATH;
import static org.mesolith.settings.Setting.Kind.SWITCH;
import static org.mesolith.settings.Setting.Kind.TEXT;

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
    private static final String NO_ACCESS_CONTROL =
            "access control is not built yet; until it is, a master listens on loopback or needs --insecure_network";
    private static final String SAME_EVERYWHERE =
            "it bounds the replicated state, which must be the same on every master; docs/limits.md names the bound";
    private static final String NOT_BUILT = "it is not built yet";

    private MasterSettings() {}

    /** Reads a master's settings. */
    public static SettingsReader reader() {
        return new SettingsReader(known(), notApplicable());
    }

    static List<Setting> known() {
        return List.of(
                Setting.of("ip", TEXT, "127.0.0.1", "Address to listen on, for clients, agents and other masters."),
                Setting.of("port", INTEGER, "5050", "TCP port for clients and agents."),
                Setting.of("raft_port", INTEGER, "5060", "TCP port for the other masters."),
                Setting.optional("advertise_ip", TEXT, "Address announced to others; default is ip."),
                Setting.optional("advertise_port", INTEGER, "Port announced to clients and agents; default is port."),
                Setting.optional("hostname", TEXT, "Host name announced to others; default is the announced address."),
                Setting.optional("work_dir", PATH, "Directory of this master's durable state; mandatory."),
                Setting.optional("cluster", TEXT, "Name of the cluster, for people."),
                Setting.optional("domain", TEXT, "Fault domain of this master, as JSON of a mesos.v1.DomainInfo."),
                Setting.of(
                        "insecure_network", SWITCH, "false", "Listen beyond loopback without TLS or access control."),
                Setting.of("root_submissions", SWITCH, "true", "Whether frameworks may run as user root."),
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
                Setting.of(
                        "filter_gpu_resources", SWITCH, "true", "Hide GPU agents from frameworks without GPU support."),
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
                Setting.of("logging_level", TEXT, "INFO", "Lowest level logged: INFO, WARNING, ERROR."));
    }

    static Map<String, String> notApplicable() {
        var reasons = new TreeMap<String, String>();
        List.of("zk", "zk_session_timeout", "quorum", "master_contender", "master_detector")
                .forEach(name -> reasons.put(name, NO_ZOOKEEPER));
        List.of(
                        "registry",
                        "registry_fetch_timeout",
                        "registry_store_timeout",
                        "registry_strict",
                        "log_auto_initialize")
                .forEach(name -> reasons.put(name, IN_THE_RAFT_LOG));
        List.of(
                        "hooks",
                        "modules",
                        "modules_dir",
                        "allocator",
                        "authenticators",
                        "authorizers",
                        "http_authenticators",
                        "http_framework_authenticators")
                .forEach(name -> reasons.put(name, NO_PLUG_INS));
        List.of(
                        "acls",
                        "credentials",
                        "authenticate_agents",
                        "authenticate_frameworks",
                        "authenticate_http_frameworks",
                        "authenticate_http_readonly",
                        "authenticate_http_readwrite",
                        "authentication_v0_timeout")
                .forEach(name -> reasons.put(name, NO_ACCESS_CONTROL));
        List.of(
                        "max_completed_frameworks",
                        "max_completed_tasks_per_framework",
                        "max_unreachable_tasks_per_framework",
                        "registry_gc_interval",
                        "registry_max_agent_age",
                        "registry_max_agent_count")
                .forEach(name -> reasons.put(name, SAME_EVERYWHERE));
        List.of("allocator_agent_recovery_factor", "allocator_recovery_timeout", "recovery_agent_removal_limit")
                .forEach(name -> reasons.put(
                        name, "a new leader knows every allocation from the log and never waits for agents"));
        List.of("weights").forEach(name -> reasons.put(name, "weights are set with `meso weight set` and replicated"));
        List.of(
                        "firewall_rules",
                        "whitelist",
                        "rate_limits",
                        "role_sorter",
                        "framework_sorter",
                        "require_agent_domain",
                        "publish_per_framework_metrics",
                        "max_operator_event_stream_subscribers",
                        "offer_constraints_re2_max_mem",
                        "offer_constraints_re2_max_program_size",
                        "hostname_lookup",
                        "ip_discovery_command",
                        "log_dir",
                        "external_log_file",
                        "logbufsecs",
                        "quiet",
                        "webui_dir")
                .forEach(name -> reasons.put(name, NOT_BUILT));
        List.of("initialize_driver_logging", "max_executors_per_agent", "memory_profiling")
                .forEach(name -> reasons.put(name, "it belongs to parts of Mesos that do not exist here"));
        return reasons;
    }
}
