package org.mesolith.agent;

import static org.mesolith.settings.Setting.Kind.BYTES;
import static org.mesolith.settings.Setting.Kind.DURATION;
import static org.mesolith.settings.Setting.Kind.INTEGER;
import static org.mesolith.settings.Setting.Kind.PATH;
import static org.mesolith.settings.Setting.Kind.SWITCH;
import static org.mesolith.settings.Setting.Kind.TEXT;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mesolith.settings.Setting;
import org.mesolith.settings.SettingsReader;

/** Every flag of the agent: those it knows, and those of Mesos that have no meaning here, with the reason. */
public final class AgentFlags {
    private static final String CONTAINERS = "containers and images are not supported yet";
    private static final String ACCESS = "access control is not supported yet";
    private static final String NATIVE = "it loads native plug-ins of Mesos, and there are none here";
    private static final String NETWORK = "isolated networks are not supported yet";
    private static final String EXECUTORS = "of executors this cannot be set yet";

    private AgentFlags() {}

    /** Reads an agent's settings. */
    public static SettingsReader reader() {
        return new SettingsReader(known(), notApplicable());
    }

    static List<Setting> known() {
        return List.of(
                Setting.optional(
                        "master",
                        TEXT,
                        "Masters to try, host:port,host:port,…, or file:///path of a file with them, read again at each"
                                + " try; the leader is found by itself, and names the others."),
                Setting.optional("work_dir", PATH, "Directory for sandboxes and checkpoints; must survive a restart."),
                Setting.optional(
                        "runtime_dir", PATH, "Directory for marks of running tasks; WORK_DIR/run when absent."),
                Setting.of("ip", TEXT, "127.0.0.1", "Address to listen on."),
                Setting.of("port", INTEGER, "5051", "TCP port to listen on; 0 takes any free one."),
                Setting.optional("advertise_ip", TEXT, "Address that tasks are told instead of --ip."),
                Setting.optional("advertise_port", INTEGER, "Port that others are told instead of --port."),
                Setting.optional(
                        "hostname", TEXT, "Name under which others reach the agent; else looked up from the address."),
                Setting.of("hostname_lookup", SWITCH, "true", "Look the name up; off, the address is the name."),
                Setting.optional(
                        "credential",
                        PATH,
                        "File with the agent's own principal and secret, for masters that ask agents who they are."),
                Setting.of("insecure_network", SWITCH, "false", "Allow to listen beyond loopback without encryption."),
                Setting.of(
                        "resources",
                        TEXT,
                        "",
                        "What the agent offers, name(role):value;… or a JSON list of Resource; cpus, mem, disk "
                                + "and ports"
                                + " that are not named are detected."),
                Setting.of("default_role", TEXT, "*", "Role of resources that name none."),
                Setting.of("attributes", TEXT, "", "What is special about the machine, name:value;…"),
                Setting.optional("domain", TEXT, "Fault domain of the machine, as JSON of a mesos.v1.DomainInfo."),
                Setting.of("switch_user", SWITCH, "true", "Run tasks as the user they ask for; needs root."),
                Setting.of(
                        "recover", TEXT, "reconnect", "reconnect to tasks that still run, or cleanup: end them, stop."),
                Setting.of(
                        "strict",
                        SWITCH,
                        "true",
                        "Refuse to start over a damaged task checkpoint; off, lose the task."),
                Setting.of(
                        "executor_shutdown_grace_period",
                        DURATION,
                        "5secs",
                        "Time between TERM and KILL at a shutdown."),
                Setting.of(
                        "executor_registration_timeout",
                        DURATION,
                        "1mins",
                        "Time in which an executor of a framework must subscribe once it was started."),
                Setting.of(
                        "executor_reregistration_timeout",
                        DURATION,
                        "2secs",
                        "Time in which it must subscribe again after the agent was started; 15secs at most."),
                Setting.of(
                        "recovery_timeout",
                        DURATION,
                        "15mins",
                        "For how long executors of frameworks are told to look for an agent that is away."),
                Setting.optional(
                                "jwt_secret_key",
                                PATH,
                                "File with the key of the tokens that executors of frameworks get; 32 bytes or more.")
                        .formerly("executor_secret_key"),
                Setting.of(
                        "authenticate_http_executors",
                        SWITCH,
                        "false",
                        "Ask executors of frameworks for these tokens; needs jwt_secret_key."),
                Setting.of(
                        "http_executor_domain_sockets",
                        SWITCH,
                        "false",
                        "Listen for executors of frameworks on a Unix domain socket, too, and tell them its path."),
                Setting.optional(
                        "domain_socket_location",
                        PATH,
                        "Path of that socket, of at most 107 bytes; agent.sock in --runtime_dir when absent."),
                Setting.optional(
                        "executor_environment_variables",
                        TEXT,
                        "Environment for every task, a JSON object of names and texts; a task's own wins."),
                Setting.of(
                                "authenticate_http_readwrite",
                                SWITCH,
                                "false",
                                "Whether callers of the agent's operator API must say who they are.")
                        .formerly("authenticate_http"),
                Setting.of(
                        "authenticate_http_readonly",
                        SWITCH,
                        "false",
                        "Whether readers of pages such as /state and /files must say who they are."),
                Setting.optional(
                        "http_credentials", PATH, "File of principals and secrets, or of salted hashes of them."),
                Setting.optional("acls", TEXT, "Who may see what: rules in JSON, or the file that holds them."),
                Setting.of("gc_delay", DURATION, "1weeks", "How long sandboxes of ended tasks are kept at most."),
                Setting.of(
                        "gc_disk_headroom",
                        TEXT,
                        "0.1",
                        "Share of the disk that is kept free by removing them earlier."),
                Setting.of("disk_watch_interval", DURATION, "1mins", "How often old sandboxes are looked for."),
                Setting.of(
                        "container_disk_watch_interval",
                        DURATION,
                        "15secs",
                        "How often the sizes of sandboxes and persistent volumes are measured."),
                Setting.of(
                        "enforce_container_disk_quota",
                        SWITCH,
                        "false",
                        "End a task that keeps more in its sandbox, or in a persistent volume, than it has."),
                Setting.of(
                        "fetcher_cache_size", BYTES, "2GB", "Room for fetched files that tasks share; 0B keeps none."),
                Setting.optional(
                        "fetcher_cache_dir",
                        PATH,
                        "Directory for them, emptied at each start; WORK_DIR/fetched when absent."),
                Setting.of(
                        "fetcher_stall_timeout",
                        DURATION,
                        "1mins",
                        "A file that does not grow for so long cannot be fetched."),
                Setting.of("fetcher_timeout", DURATION, "1hrs", "Time in which all files of a task must be fetched."),
                Setting.of(
                        "fetcher_size_max",
                        BYTES,
                        "10GB",
                        "Largest file that is fetched, and most that is unpacked from one."),
                Setting.optional("frameworks_home", PATH, "What relative paths in the URIs of tasks are relative to."),
                Setting.of("cgroups_root", TEXT, "mesolith", "Name of the agent's subtree in each cgroup hierarchy."),
                Setting.of("sandbox_stdio_max", BYTES, "64MB", "Above this a task's stdout or stderr is cut."),
                Setting.of(
                        "enforce_container_memory",
                        SWITCH,
                        "true",
                        "End a task that uses more memory than it has; it is measured, about once a second."),
                Setting.optional(
                        "resource_estimator",
                        TEXT,
                        "How much is lent on top of what the agent has; only org_apache_mesos_FixedResourceEstimator is"
                                + " known: what --modules names."),
                Setting.optional(
                        "modules",
                        TEXT,
                        "JSON of Mesos' modules, or file:///path of a file with it; only the parameter resources of"
                                + " that estimator is known."),
                Setting.of(
                        "oversubscribed_resources_interval",
                        DURATION,
                        "15secs",
                        "How often the agent looks whether what it lends has changed; at least 100ms."),
                Setting.of("containerizers", TEXT, "mesos", "Only mesos is known yet."),
                Setting.of("launcher", TEXT, "linux", "linux or posix: how trees are kept together is found out."),
                Setting.of("isolation", TEXT, "posix/cpu,posix/mem", "Only these two are known yet."),
                Setting.of("logging_level", TEXT, "INFO", "Lowest level logged: INFO, WARNING, ERROR."),
                Setting.optional(
                        "log_dir",
                        PATH,
                        "Directory where the log is kept besides stderr: the last 5 files of at most 64 MiB."));
    }

    private static SortedMap<String, String> notApplicable() {
        var reasons = new TreeMap<String, String>();
        all(
                reasons,
                CONTAINERS,
                "image_providers image_provisioner_backend image_gc_config appc_simple_discovery_uri_prefix"
                        + " appc_store_dir docker docker_registry docker_store_dir docker_volume_checkpoint_dir"
                        + " docker_volume_chown docker_ignore_runtime docker_remove_delay docker_kill_orphans"
                        + " docker_mesos_image docker_socket docker_config docker_stop_timeout sandbox_directory"
                        + " default_container_info default_container_shm_size disallow_sharing_agent_ipc_namespace"
                        + " disallow_sharing_agent_pid_namespace host_path_volume_force_creation volume_gid_range"
                        + " effective_capabilities bounding_capabilities allowed_capabilities nvidia_gpu_devices"
                        + " allowed_devices cgroups_enable_cfs cgroups_limit_swap cgroups_destroy_timeout"
                        + " cgroups_cpu_enable_pids_and_tids_count agent_subsystems slave_subsystems perf_events"
                        + " perf_interval perf_duration gc_non_executor_container_sandboxes seccomp_config_dir"
                        + " seccomp_profile_name xfs_project_range xfs_kill_containers xfs_quota_headroom"
                        + " csi_plugin_config_dir resource_provider_config_dir");
        all(
                reasons,
                ACCESS,
                "authorizer authenticatee http_authenticators firewall_rules authentication_backoff_factor"
                        + " authentication_timeout_min authentication_timeout_max");
        all(
                reasons,
                NATIVE,
                "modules_dir hooks container_logger secret_resolver qos_controller disk_profile_adaptor"
                        + " master_detector hadoop_home");
        all(
                reasons,
                NETWORK,
                "network_cni_plugins_dir network_cni_config_dir network_cni_root_dir_persist network_cni_metrics"
                        + " default_container_dns ephemeral_ports_per_container eth0_name lo_name"
                        + " egress_rate_limit_per_container container_ports_watch_interval enforce_container_ports"
                        + " check_agent_port_range_only container_ports_isolated_range"
                        + " cgroups_net_cls_primary_handle cgroups_net_cls_secondary_handles egress_rate_per_cpu"
                        + " minimum_egress_rate_limit maximum_egress_rate_limit egress_ceil_limit egress_burst"
                        + " egress_unique_flow_per_container egress_flow_classifier_parent"
                        + " ingress_rate_limit_per_container ingress_rate_per_cpu minimum_ingress_rate_limit"
                        + " maximum_ingress_rate_limit ingress_ceil_limit ingress_burst"
                        + " ingress_isolate_existing_containers network_link_speed"
                        + " network_enable_socket_statistics_summary network_enable_socket_statistics_details"
                        + " network_enable_snmp_statistics network_enable_rate_statistics"
                        + " network_rate_statistics_window network_rate_statistics_interval ip6"
                        + " ip6_discovery_command");
        all(reasons, EXECUTORS, "http_heartbeat_interval max_completed_executors_per_framework");
        reasons.put("executor_reregistration_retry_interval", "executors of the older API are not spoken to");
        reasons.put("http_command_executor", "command tasks have no process of an executor");
        all(
                reasons,
                "tasks on revocable resources run as any other: nothing measures and ends them",
                "revocable_cpu_low_priority qos_correction_interval_min");
        reasons.put(
                "systemd_enable_support",
                "tasks outlive the agent by themselves; use the unit file that comes with it");
        reasons.put("systemd_runtime_directory", "tasks outlive the agent by themselves");
        reasons.put("cgroups_hierarchy", "hierarchies are found where they are mounted");
        reasons.put(
                "registration_backoff_factor", "the agent looks for a leader at once, then ever slower up to seconds");
        reasons.put("reconfiguration_policy", "masters accept any change of an agent's description");
        reasons.put("launcher_dir", "the agent needs no helper programs");
        reasons.put("agent_features", "masters are told what this version of the agent can do, no less");
        reasons.put("ip_discovery_command", "name the address with --ip, or with --advertise_ip");
        reasons.put("quiet", "what is written to stderr is the supervisor's to keep or to drop");
        reasons.put("logbufsecs", "every line is written at once");
        reasons.put("external_log_file", "log files are not served over HTTP");
        reasons.put("initialize_driver_logging", "it belongs to parts of Mesos that do not exist here");
        reasons.put("memory_profiling", "it belongs to parts of Mesos that do not exist here");
        reasons.put("zk_session_timeout", "there is no ZooKeeper here; name the masters with --master");
        reasons.put("zk", "there is no ZooKeeper here; name the masters with --master");
        return Collections.unmodifiableSortedMap(reasons);
    }

    private static void all(Map<String, String> reasons, String why, String names) {
        for (var name : names.split(" ")) {
            reasons.put(name, why);
        }
    }
}
