package org.mesolith.agent;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.mesolith.access.AccessSettings;
import org.mesolith.agent.core.AgentSettings;
import org.mesolith.agent.core.ExecutorTokens;
import org.mesolith.agent.fetch.FetchSettings;
import org.mesolith.agent.link.KnownMasters;
import org.mesolith.agent.resource.FixedEstimator;
import org.mesolith.agent.resource.MachineResources;
import org.mesolith.codec.SettingJson;
import org.mesolith.codec.body.Decoded;
import org.mesolith.logging.ProcessLog;
import org.mesolith.model.Attribute;
import org.mesolith.model.AttributeText;
import org.mesolith.model.FaultDomain;
import org.mesolith.model.Milli;
import org.mesolith.model.Roles;
import org.mesolith.settings.SettingText;
import org.mesolith.settings.Settings;
import org.mesolith.settings.SettingsException;
import org.mesolith.wire.DomainSocket;
import org.mesolith.wire.Headers;

/**
 * All settings of the agent; a value that exists is valid.
 *
 * @param masters to try, not resolved; not empty unless {@code cleanup}
 * @param mastersFile read again whenever a master is looked for; null when the masters are a list
 * @param workDir absolute
 * @param runtimeDir absolute
 * @param bind where to listen
 * @param advertised address and port that others are told; port 0 for the one that is bound
 * @param hostname null to be looked up
 * @param resources what the operator says of them
 * @param cleanup end all tasks that are left over, then stop
 * @param strict a damaged task checkpoint refuses the start
 * @param executors what is set for executors of frameworks
 * @param stdioBytesMax above this a task's stdout or stderr is cut
 * @param boundsMemory whether a task that uses more memory than it has is ended
 * @param disk how disk use is measured
 * @param lending how much is lent on top of what the agent has
 * @param fetching what the fetcher must know
 * @param loggingLevel one of {@link ProcessLog#LEVELS}
 * @param logDir where the log is kept besides stderr; null for nowhere
 * @param tokens by which executors show who they are; null: they get none
 * @param asksForTokens whether executors without one are refused
 * @param greeting headers that tell masters who the agent is; none without --credential
 * @param access who may look at the agent, and at what
 * @param shown every setting in force as text, by name
 */
public record AgentConfig(
        List<InetSocketAddress> masters,
        @Nullable Path mastersFile,
        Path workDir,
        Path runtimeDir,
        InetSocketAddress bind,
        InetSocketAddress advertised,
        @Nullable String hostname,
        MachineResources.Said resources,
        List<Attribute> attributes,
        @Nullable FaultDomain domain,
        boolean switchUser,
        boolean cleanup,
        boolean strict,
        Duration shutdownGrace,
        Executors executors,
        Map<String, String> taskEnvironment,
        Garbage garbage,
        FetchSettings fetching,
        String cgroupsRoot,
        long stdioBytesMax,
        boolean boundsMemory,
        AgentSettings.Disk disk,
        AgentSettings.Lent lending,
        String loggingLevel,
        @Nullable Path logDir,
        @Nullable ExecutorTokens tokens,
        boolean asksForTokens,
        Headers greeting,
        AccessSettings access,
        SortedMap<String, String> shown) {

    private static final Duration REREGISTRATION_MAX = Duration.ofSeconds(15);

    /**
     * When sandboxes of ended tasks go.
     *
     * @param delay at the latest after this
     * @param headroomMilli share of the disk to be kept free, in thousandths
     * @param every how often to look
     */
    public record Garbage(Duration delay, long headroomMilli, Duration every) {}

    /**
     * What is set for executors of frameworks.
     *
     * @param registration to subscribe once they were started
     * @param reregistration to subscribe again after the agent was started
     * @param recovery to look for an agent that is away, as they are told
     * @param socket path of the Unix domain socket where they may call, absolute; null for none
     */
    public record Executors(
            Duration registration,
            Duration reregistration,
            Duration recovery,
            @Nullable Path socket) {}

    /** Checks values against each other and collects every complaint. */
    private static final class Checks {
        final Settings settings;
        final List<String> complaints = new ArrayList<>();

        Checks(Settings settings) {
            this.settings = settings;
        }

        void that(boolean holds, String complaint) {
            if (!holds) {
                complaints.add(complaint);
            }
        }

        /** Reads a value; what it throws becomes a complaint. */
        <T> T read(String name, T fallback, Function<String, ? extends T> reader) {
            var text = settings.find(name);
            if (text == null) {
                return fallback;
            }
            try {
                return reader.apply(text);
            } catch (IllegalArgumentException wrong) {
                complaints.add("--" + name + "=" + text + ": " + wrong.getMessage());
                return fallback;
            }
        }
    }

    /**
     * Reads and checks.
     *
     * @throws SettingsException with every complaint at once
     */
    static AgentConfig read(List<String> arguments, Map<String, String> environment) throws SettingsException {
        var settings = AgentFlags.reader().read(arguments, environment);
        var checks = new Checks(settings);
        var config = read(checks);
        if (!checks.complaints.isEmpty()) {
            throw new SettingsException(checks.complaints);
        }
        return config;
    }

    private static AgentConfig read(Checks checks) {
        var settings = checks.settings;
        boolean cleanup = choice(checks, "recover", "reconnect", "cleanup").equals("cleanup");
        var masters = checks.read("master", List.<InetSocketAddress>of(), AgentConfig::addresses);
        checks.that(
                cleanup || settings.find("master") != null,
                "--master is missing: name the masters, --master=host1:5050,host2:5050,host3:5050");
        checks.that(
                settings.find("work_dir") != null,
                "--work_dir is missing: name a directory that survives a restart, --work_dir=/var/lib/mesolith/agent");
        var workDir =
                Path.of(orElse(settings, "work_dir", ".")).toAbsolutePath().normalize();
        var ip = checks.read("ip", InetAddress.getLoopbackAddress(), AgentConfig::address);
        checks.that(
                ip.isLoopbackAddress() || settings.on("insecure_network"),
                "--ip=" + settings.find("ip") + " is not a loopback address, and the network is neither encrypted nor"
                        + " authenticated yet: listen on 127.0.0.1, or add --insecure-network if"
                        + " everybody who can reach this machine may run commands on it");
        checks.that(
                !ip.isAnyLocalAddress() || settings.find("advertise_ip") != null,
                "--ip=" + settings.find("ip") + " listens on every address: name the one that others should use with"
                        + " --advertise_ip");
        var advertisedIp = checks.read("advertise_ip", ip, AgentConfig::address);
        int port = port(checks, "port", 0);
        var role = settings.text("default_role");
        var roleProblem = Roles.problem(role);
        checks.that(roleProblem == null, "--default_role: " + roleProblem);
        choice(checks, "containerizers", "mesos");
        choice(checks, "launcher", "linux", "posix");
        choice(checks, "logging_level", ProcessLog.LEVELS.toArray(String[]::new));
        choice(checks, "isolation", "posix/cpu,posix/mem", "posix/cpu", "posix/mem");
        checks.that(
                settings.text("cgroups_root").matches("[A-Za-z0-9_.-]+")
                        && !settings.text("cgroups_root").startsWith("."),
                "--cgroups_root=" + settings.text("cgroups_root") + " must be one name of letters, digits, _ . -");
        checks.that(settings.bytes("sandbox_stdio_max") >= 4096, "--sandbox_stdio_max must be at least 4KB");
        var runtimeDir = settings.find("runtime_dir") == null
                ? workDir.resolve("run")
                : Path.of(settings.text("runtime_dir")).toAbsolutePath().normalize();
        return new AgentConfig(
                masters,
                file(settings.find("master")),
                workDir,
                runtimeDir,
                new InetSocketAddress(ip, port),
                new InetSocketAddress(advertisedIp, port(checks, "advertise_port", port)),
                hostname(settings, advertisedIp),
                checks.read(
                        "resources",
                        MachineResources.Said.NOTHING,
                        text -> MachineResources.Said.of(text, roleProblem == null ? role : "*")),
                checks.read("attributes", List.<Attribute>of(), AttributeText::parse),
                domain(checks),
                settings.on("switch_user"),
                cleanup,
                settings.on("strict"),
                settings.duration("executor_shutdown_grace_period"),
                executors(checks, runtimeDir),
                checks.read(
                        "executor_environment_variables",
                        Map.<String, String>of(),
                        text -> valid(SettingJson.texts(text))),
                new Garbage(
                        settings.duration("gc_delay"),
                        checks.read("gc_disk_headroom", 100L, AgentConfig::share),
                        settings.duration("disk_watch_interval")),
                fetching(checks, workDir),
                settings.text("cgroups_root"),
                settings.bytes("sandbox_stdio_max"),
                settings.on("enforce_container_memory"),
                disk(checks),
                lending(checks),
                settings.text("logging_level"),
                settings.find("log_dir") == null
                        ? null
                        : Path.of(settings.text("log_dir")).toAbsolutePath(),
                checks.read(
                                "jwt_secret_key",
                                Optional.<ExecutorTokens>empty(),
                                file -> Optional.of(SecretKey.read(file)))
                        .orElse(null),
                settings.on("authenticate_http_executors"),
                checks.read("credential", Headers.NONE, Greeting::read),
                AccessSettings.ofAgent(settings, checks.complaints),
                settings.shown());
    }

    private static Executors executors(Checks checks, Path runtimeDir) {
        checks.that(
                !checks.settings.on("authenticate_http_executors") || checks.settings.find("jwt_secret_key") != null,
                "--authenticate_http_executors needs --jwt_secret_key: without a key no executor gets a token");
        var registration = checks.settings.duration("executor_registration_timeout");
        var reregistration = checks.settings.duration("executor_reregistration_timeout");
        checks.that(registration.isPositive(), "--executor_registration_timeout must be longer than nothing");
        checks.that(
                reregistration.isPositive() && reregistration.compareTo(REREGISTRATION_MAX) <= 0,
                "--executor_reregistration_timeout must be longer than nothing, and 15secs at most");
        return new Executors(
                registration, reregistration, checks.settings.duration("recovery_timeout"), socket(checks, runtimeDir));
    }

    private static @Nullable Path socket(Checks checks, Path runtimeDir) {
        var given = checks.settings.find("domain_socket_location");
        if (!checks.settings.on("http_executor_domain_sockets")) {
            checks.that(given == null, "--domain_socket_location needs --http_executor_domain_sockets");
            return null;
        }
        checks.that(
                given == null || !given.startsWith("systemd:"),
                "--domain_socket_location=" + given + ": sockets that systemd opens are not supported; name a path");
        var path = given == null
                ? runtimeDir.resolve("agent.sock")
                : Path.of(given).toAbsolutePath().normalize();
        var problem = DomainSocket.problem(path);
        checks.that(problem == null, "--domain_socket_location: " + problem);
        return path;
    }

    private static AgentSettings.Disk disk(Checks checks) {
        for (var name : List.of("disk_watch_interval", "container_disk_watch_interval")) {
            checks.that(checks.settings.duration(name).isPositive(), "--" + name + " must be longer than nothing");
        }
        return new AgentSettings.Disk(
                checks.settings.duration("container_disk_watch_interval"),
                checks.settings.on("enforce_container_disk_quota"));
    }

    private static AgentSettings.Lent lending(Checks checks) {
        var settings = checks.settings;
        var every = settings.duration("oversubscribed_resources_interval");
        checks.that(
                every.compareTo(AgentSettings.LENT_INTERVAL_MIN) >= 0,
                "--oversubscribed_resources_interval must be at least "
                        + SettingText.text(AgentSettings.LENT_INTERVAL_MIN));
        try {
            return new AgentSettings.Lent(
                    FixedEstimator.lent(settings.find("resource_estimator"), settings.find("modules")), every);
        } catch (IllegalArgumentException wrong) {
            checks.complaints.add(String.valueOf(wrong.getMessage()));
            return AgentSettings.Lent.NOTHING;
        }
    }

    private static FetchSettings fetching(Checks checks, Path workDir) {
        var settings = checks.settings;
        for (var name : List.of("fetcher_stall_timeout", "fetcher_timeout")) {
            checks.that(settings.duration(name).isPositive(), "--" + name + " must be longer than nothing");
        }
        checks.that(settings.bytes("fetcher_size_max") >= 1, "--fetcher_size_max must be at least 1B");
        var home = settings.find("frameworks_home");
        checks.that(
                home == null || home.isEmpty() || Path.of(home).isAbsolute(),
                "--frameworks_home=" + home + " must be an absolute path");
        return new FetchSettings(
                workDir.resolve("fetching"),
                // Of this agent alone: what is emptied at the start must not be another one's, nor the operator's.
                Path.of(orElse(
                                settings,
                                "fetcher_cache_dir",
                                workDir.resolve("fetched").toString()))
                        .toAbsolutePath()
                        .normalize()
                        .resolve("agent-"
                                + Integer.toHexString(workDir.toString().hashCode())),
                settings.bytes("fetcher_cache_size"),
                settings.bytes("fetcher_size_max"),
                settings.duration("fetcher_stall_timeout"),
                settings.duration("fetcher_timeout"),
                home == null || home.isEmpty() ? null : Path.of(home).normalize());
    }

    private static String orElse(Settings settings, String name, String other) {
        var value = settings.find(name);
        return value == null ? other : value;
    }

    private static @Nullable String hostname(Settings settings, InetAddress advertised) {
        var given = settings.find("hostname");
        if (given != null) {
            return given;
        }
        return settings.on("hostname_lookup") ? null : advertised.getHostAddress();
    }

    private static String choice(Checks checks, String name, String... known) {
        var value = checks.settings.text(name);
        checks.that(
                List.of(known).contains(value),
                "--" + name + "=" + value + " is not supported; known: " + String.join(" or ", known));
        return value;
    }

    private static int port(Checks checks, String name, int fallback) {
        int port = checks.settings.find(name) == null ? fallback : checks.settings.integer(name);
        checks.that(port >= 0 && port <= 65_535, "--" + name + "=" + port + " is not a port: give 0 to 65535");
        return Math.clamp(port, 0, 65_535);
    }

    private static List<InetSocketAddress> addresses(String text) {
        var file = file(text);
        if (file == null && text.contains("://")) {
            throw new IllegalArgumentException(
                    "there is no ZooKeeper here: list the masters, host:port,host:port,…, or name a file that does,"
                            + " file:///path");
        }
        try {
            return KnownMasters.parse(file == null ? text : Files.readString(file));
        } catch (IOException unreadable) {
            throw new IllegalArgumentException("the file cannot be read: " + unreadable, unreadable);
        }
    }

    private static @Nullable Path file(@Nullable String text) {
        return text != null && text.startsWith(KnownMasters.FILE)
                ? Path.of(text.substring(KnownMasters.FILE.length()))
                : null;
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException unknown) {
            throw new IllegalArgumentException("there is no such address", unknown);
        }
    }

    private static @Nullable FaultDomain domain(Checks checks) {
        var text = checks.settings.find("domain");
        if (text == null) {
            return null;
        }
        return switch (SettingJson.domain(text)) {
            case Decoded.Ok<FaultDomain>(var domain) -> domain;
            case Decoded.Refused<FaultDomain> refused -> {
                checks.complaints.add("--domain=" + text + ": " + refused.text());
                yield null;
            }
        };
    }

    private static <T> T valid(Decoded<T> read) {
        return switch (read) {
            case Decoded.Ok<T>(var value) -> value;
            case Decoded.Refused<T> refused -> throw new IllegalArgumentException(refused.text());
        };
    }

    private static long share(String text) {
        long milli = Milli.read(text).orElse(-1);
        if (milli < 0 || milli > Milli.ONE) {
            throw new IllegalArgumentException("give a number from 0 to 1");
        }
        return milli;
    }
}
