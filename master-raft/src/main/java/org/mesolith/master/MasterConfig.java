package org.mesolith.master;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.mesolith.access.AccessSettings;
import org.mesolith.access.Authenticator;
import org.mesolith.api.MasterInfo;
import org.mesolith.backup.BackupSchedule;
import org.mesolith.codec.SettingJson;
import org.mesolith.codec.body.Decoded;
import org.mesolith.leader.LeaderSettings;
import org.mesolith.leader.LeaderSettingsBuilder;
import org.mesolith.leader.operator.Housekeeping.Pruning;
import org.mesolith.logging.ProcessLog;
import org.mesolith.model.FaultDomain;
import org.mesolith.model.Quantities;
import org.mesolith.raft.RatisSettings.JournalRules;
import org.mesolith.settings.SettingText;
import org.mesolith.settings.Settings;
import org.mesolith.settings.SettingsException;

/**
 * A master's settings; one that exists is valid.
 *
 * @param bind where the HTTP door listens
 * @param announced host that others are told
 * @param loggingLevel one of {@link ProcessLog#LEVELS}
 * @param logDir where the log is kept besides stderr; null for nowhere
 * @param backups that this master makes by itself; null for none
 * @param journal how much is kept of events and audit
 * @param whitelist of hosts whose agents may be offered; null for all
 * @param members what is done about members that are dead
 * @param shown what is in force, by name, for /flags
 */
public record MasterConfig(
        Path workDir,
        InetSocketAddress bind,
        String announced,
        int announcedPort,
        int raftPort,
        int announcedRaftPort,
        String hostname,
        @Nullable String cluster,
        Duration electionMin,
        Duration electionMax,
        long diskReserveBytes,
        String loggingLevel,
        @Nullable Path logDir,
        LeaderSettings leader,
        Authenticator authenticator,
        BackupSchedule.@Nullable Rules backups,
        JournalRules journal,
        WhitelistFile.@Nullable Rules whitelist,
        Members members,
        SortedMap<String, String> shown) {
    /**
     * What the leader does about members that are dead.
     *
     * @param deadAfter silence after which a member is reported; zero: never
     * @param autopilot whether a waiting standby takes its place
     * @param others where other masters may answer, or a file that says so; null: where they were
     */
    public record Members(
            Duration deadAfter, boolean autopilot, @Nullable String others) {}

    /** Version that clients of Mesos are told: they refuse to work with an older one. */
    public static final String MESOS_VERSION = "1.11.0";

    /** Our own version. */
    public static final String VERSION = "0.1.0";

    /** Ratis takes directories as a list with commas, replaces what a $ begins, and strips blanks. */
    private static final Pattern NAMEABLE = Pattern.compile("[^,$\\s]([^,$]*[^,$\\s])?");

    /** How the leader of this process behaves; frameworks are told of it by the name of the member. */
    LeaderSettings leaderAs(String member) {
        var self = leader.self();
        var named = new MasterInfo(member, self.ip(), self.port(), self.hostname(), self.version(), self.domain());
        return leader.with(settings -> settings.self(named));
    }

    /**
     * @throws SettingsException with every complaint at once
     */
    public static MasterConfig of(Settings settings) throws SettingsException {
        var complaints = new ArrayList<String>();
        var address = address(settings, complaints);
        var workDir = settings.find("work_dir");
        if (workDir == null) {
            complaints.add("--work_dir is missing: name the directory for this master's durable state");
        } else if (!NAMEABLE.matcher(workDir).matches()) {
            complaints.add("--work_dir '" + workDir + "' has a comma, a $ or blanks at an end in it, with which the"
                    + " consensus library does not find the directory; choose another path");
        }
        int port = port(settings, "port", 1, complaints);
        int raftPort = port(settings, "raft_port", 1, complaints);
        if (port == raftPort) {
            complaints.add("--port and --raft_port are both " + port + "; they must differ");
        }
        var electionMin = settings.duration("election_timeout_min");
        var electionMax = settings.duration("election_timeout_max");
        if (electionMin.toMillis() < 100 || electionMax.compareTo(electionMin) <= 0) {
            complaints.add("--election_timeout_min " + SettingText.text(electionMin)
                    + " must be at least 100ms and below" + " --election_timeout_max " + SettingText.text(electionMax));
        }
        var announced = settings.find("advertise_ip") == null ? settings.text("ip") : settings.text("advertise_ip");
        int announcedPort =
                settings.find("advertise_port") == null ? port : port(settings, "advertise_port", 1, complaints);
        int announcedRaftPort = settings.find("advertise_raft_port") == null
                ? raftPort
                : port(settings, "advertise_raft_port", 1, complaints);
        if (announcedRaftPort == announcedPort) {
            complaints.add("others would be told the port " + announcedPort
                    + " for clients and for masters; --advertise_port and --advertise_raft_port must differ");
        }
        var hostname = hostname(settings, announced, complaints);
        choice(settings, "role_sorter", List.of("drf"), complaints);
        choice(settings, "framework_sorter", List.of("drf"), complaints);
        choice(settings, "logging_level", ProcessLog.LEVELS, complaints);
        var self = new MasterInfo(
                "unknown", announced, announcedPort, hostname, MESOS_VERSION, domain(settings, complaints));
        var whitelist = whitelist(settings, complaints);
        var leader = leader(settings, self, whitelist, complaints);
        var access = AccessSettings.ofMaster(settings, complaints);
        var backups = BackupFlags.read(settings, complaints);
        var journal = JournalFlags.read(settings, complaints);
        if (!complaints.isEmpty() || address == null || workDir == null || leader == null) {
            throw new SettingsException(complaints);
        }
        return new MasterConfig(
                Path.of(workDir).toAbsolutePath(),
                new InetSocketAddress(address, port),
                announced,
                announcedPort,
                raftPort,
                announcedRaftPort,
                hostname,
                settings.find("cluster"),
                electionMin,
                electionMax,
                settings.bytes("disk_reserve"),
                settings.text("logging_level"),
                settings.find("log_dir") == null
                        ? null
                        : Path.of(settings.text("log_dir")).toAbsolutePath(),
                leader.withAcls(access.acls()),
                access.authenticator(),
                backups,
                journal,
                whitelist,
                new Members(
                        settings.duration("dead_member_after"),
                        settings.on("autopilot"),
                        settings.find("other_masters")),
                settings.shown());
    }

    private static @Nullable InetAddress address(Settings settings, List<String> complaints) {
        var ip = settings.text("ip");
        try {
            var address = InetAddress.getByName(ip);
            if (!address.isLoopbackAddress() && !settings.on("insecure_network")) {
                complaints.add("--ip=" + ip + " is not loopback, and there is no TLS yet: anybody"
                        + " who hears the network learns every secret. Listen on 127.0.0.1, or add "
                        + "--insecure_network if the"
                        + " network is closed to others");
            }
            if (address.isAnyLocalAddress() && settings.find("advertise_ip") == null) {
                complaints.add("--ip=" + ip + " listens on every address: name the one that others should use with"
                        + " --advertise_ip");
            }
            return address;
        } catch (UnknownHostException unknown) {
            complaints.add("--ip='" + ip + "' is not an address of this machine (" + unknown.getMessage() + ")");
            return null;
        }
    }

    private static int port(Settings settings, String name, int min, List<String> complaints) {
        int port = settings.integer(name);
        if (port < min || port > 65_535) {
            complaints.add("--" + name + "=" + port + " is not a TCP port; give " + min + " to 65535");
        }
        return port;
    }

    private static @Nullable FaultDomain domain(Settings settings, List<String> complaints) {
        var text = settings.find("domain");
        if (text == null) {
            return null;
        }
        return switch (SettingJson.domain(text)) {
            case Decoded.Ok<FaultDomain>(var domain) -> domain;
            case Decoded.Refused<FaultDomain> refused -> {
                complaints.add("--domain is not a fault domain (" + refused.text() + "); write"
                        + " {\"fault_domain\":{\"region\":{\"name\":\"R\"},\"zone\":{\"name\":\"Z\"}}}");
                yield null;
            }
        };
    }

    /**
     * The name that others are told. A look-up takes as long as the system's resolver allows, once, before the start.
     */
    private static String hostname(Settings settings, String announced, List<String> complaints) {
        var given = settings.find("hostname");
        if (given != null) {
            return given;
        }
        if (!settings.on("hostname_lookup")) {
            return announced;
        }
        try {
            return InetAddress.getByName(announced).getCanonicalHostName();
        } catch (UnknownHostException unknown) {
            complaints.add("--hostname_lookup: '" + announced + "' has no name; give one with --hostname, or leave the"
                    + " look-up off");
            return announced;
        }
    }

    private static void choice(Settings settings, String name, List<String> known, List<String> complaints) {
        var value = settings.text(name);
        if (!known.contains(value)) {
            complaints.add("--" + name + "=" + value + " is not supported; known: " + String.join(" or ", known));
        }
    }

    private static WhitelistFile.@Nullable Rules whitelist(Settings settings, List<String> complaints) {
        try {
            return SharingFlags.whitelist(settings);
        } catch (IllegalArgumentException wrong) {
            complaints.add(String.valueOf(wrong.getMessage()));
            return null;
        }
    }

    private static @Nullable LeaderSettings leader(
            Settings settings, MasterInfo self, WhitelistFile.@Nullable Rules whitelist, List<String> complaints) {
        try {
            return new LeaderSettingsBuilder(self)
                    .allocationInterval(settings.duration("allocation_interval"))
                    .offerTimeout(settings.findDuration("offer_timeout"))
                    .minAllocatable(minAllocatable(settings.text("min_allocatable_resources")))
                    .roles(settings.find("roles") == null ? null : words(settings.text("roles")))
                    .agentTimeout(settings.duration("agent_ping_timeout")
                            .multipliedBy(settings.integer("max_agent_ping_timeouts")))
                    .agentReregisterTimeout(settings.duration("agent_reregister_timeout"))
                    .agentRemovalInterval(removalInterval(settings.find("agent_removal_rate_limit")))
                    .frameworkReregisterTimeout(settings.duration("framework_reregister_timeout"))
                    .linkHeartbeat(settings.duration("link_heartbeat"))
                    .fairnessExclude(
                            settings.find("fair_sharing_excluded_resource_names") == null
                                    ? List.of()
                                    : words(settings.text("fair_sharing_excluded_resource_names")))
                    .filterGpus(settings.on("filter_gpu_resources"))
                    .rootSubmissions(settings.on("root_submissions"))
                    .watchersMax(settings.integer("max_operator_event_stream_subscribers"))
                    .pruning(new Pruning(
                            settings.duration("registry_gc_interval"),
                            settings.duration("registry_max_agent_age"),
                            settings.integer("registry_max_agent_count")))
                    .sharing(SharingFlags.read(settings, whitelist))
                    .build();
        } catch (IllegalArgumentException wrong) {
            complaints.add(String.valueOf(wrong.getMessage()));
            return null;
        }
    }

    private static List<String> words(String text) {
        return java.util.Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private static List<Quantities> minAllocatable(String text) {
        return java.util.Arrays.stream(text.split("\\|", -1))
                .map(String::strip)
                .filter(alternative -> !alternative.isEmpty())
                .map(Quantities::parse)
                .toList();
    }

    /** {@code 2/10mins}: at most one in five minutes. */
    private static Duration removalInterval(@Nullable String text) {
        if (text == null) {
            return Duration.ZERO;
        }
        int slash = text.indexOf('/');
        var time = slash < 0 ? null : SettingText.duration(text.substring(slash + 1));
        if (time == null || !text.substring(0, slash).matches("[1-9][0-9]{0,6}")) {
            throw new IllegalArgumentException(
                    "--agent_removal_rate_limit='" + text + "': give a number and a time, such as 1/10mins");
        }
        return time.dividedBy(Integer.parseInt(text.substring(0, slash)));
    }
}
