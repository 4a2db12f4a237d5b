package org.mesolith.cli.command.debug;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.mesolith.cli.client.Deadline;
import org.mesolith.cli.client.HostPort;
import org.mesolith.cli.client.HttpRequest;
import org.mesolith.cli.client.Json;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.client.OwnCredential;
import org.mesolith.cli.command.Lookup;
import org.mesolith.cli.command.MasterOptions;
import org.mesolith.cli.command.SizeText;
import org.mesolith.cli.command.SpanText;
import org.mesolith.cli.command.self.Version;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;
import org.mesolith.cli.render.JsonOutput;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code meso debug bundle}. */
@Command(
        description = {
            "Puts into one file what somebody needs who is to help: of every master its place, doctor, metrics,",
            "settings and the end of its log; the cluster's summary, the end of its audit log and of its events; the",
            "same of some agents. Secrets are taken out; no task's settings or output goes in. What could not be read",
            "is listed with the reason. Works without a leader, too."
        },
        footer = {"", "Example: meso debug bundle --output bundle.tar.gz", "         meso debug bundle --dry-run"})
public final class DebugBundle implements Callable<Integer> {
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT);
    private static final int MASTERS_MAX = 16;
    private static final int AGENTS_MAX = 200;
    private static final Duration TIME_MAX = Duration.ofHours(1);
    private static final String MANIFEST = "manifest.json";

    private final Console console;

    @Mixin
    private MasterOptions masters = new MasterOptions();

    @Option(names = "--output", paramLabel = "FILE", description = "The file to write; it must not exist.")
    private @Nullable Path output;

    @Option(
            names = "--agents",
            paramLabel = "N",
            defaultValue = "10",
            description = "So many agents are asked, those that are not active first (default: ${DEFAULT-VALUE}).")
    private int agents = 10;

    @Option(
            names = "--max-size",
            paramLabel = "SIZE",
            defaultValue = "64MB",
            description = "Of all files together, before they are compressed (default: ${DEFAULT-VALUE}).")
    private String maxSize = "64MB";

    @Option(
            names = "--within",
            paramLabel = "SPAN",
            defaultValue = "2m",
            description = "Then it ends with what it has (default: ${DEFAULT-VALUE}).")
    private String within = "2m";

    @Option(names = "--dry-run", description = "Shows what would be asked of whom; writes nothing.")
    private boolean dryRun;

    @Option(names = "--json", description = "The list of what is in it and what is not, as one JSON object.")
    private boolean json;

    /** The command in these surroundings. */
    public DebugBundle(Console console) {
        this.console = console;
    }

    /** Who is asked. */
    private record Plan(List<HostPort> masters, @Nullable HostPort leader, Map<String, HostPort> agents) {
        List<Page> pages() {
            var pages = new ArrayList<Page>();
            masters.forEach(master -> pages.addAll(Page.ofMaster(master)));
            if (leader != null) {
                pages.addAll(Page.ofLeader(leader));
            }
            agents.forEach((id, agent) -> pages.addAll(Page.ofAgent(id, agent)));
            return pages;
        }
    }

    @Override
    public Integer call() throws IOException {
        if (agents < 0 || agents > AGENTS_MAX) {
            throw new Failure(ExitCode.USAGE, "--agents is " + agents + "; give 0 to " + AGENTS_MAX);
        }
        long bytesMax = (long) (SizeText.megabytes("--max-size", maxSize) * 1_048_576);
        var deadline = Deadline.after(SpanText.atMost("--within", within, TIME_MAX));
        var plan = plan(deadline);
        if (dryRun) {
            show(plan);
            return ExitCode.OK;
        }
        var at = Instant.now();
        Path file = output == null
                ? Path.of("meso-debug-" + STAMP.format(at.atOffset(ZoneOffset.UTC)) + ".tar.gz")
                : output;
        var manifest = write(file, plan, bytesMax, deadline, at);
        tell(file, manifest);
        return manifest.objects("contents").stream()
                        .anyMatch(one -> one.text("file").startsWith("masters/"))
                ? ExitCode.OK
                : nobody(file);
    }

    private static int nobody(Path file) {
        throw new Failure(
                ExitCode.NO_MASTER, "no master answered; " + file + " says what each of them answered instead");
    }

    private void show(Plan plan) {
        var pages = plan.pages();
        if (json) {
            JsonOutput.print(
                    console.out(),
                    JsonObject.of(
                            "pages",
                            pages.stream().map(page -> page.at() + page.path()).toList()));
        } else {
            pages.forEach(page -> console.out().println(page.at() + page.path() + " -> " + page.file()));
        }
        console.out().flush();
        console.err().println("nothing was written (--dry-run)");
    }

    /** Nothing of this may fail: a bundle is wanted most where little works. */
    private Plan plan(Deadline deadline) {
        var all = new LinkedHashSet<>(masters.list(console).masters());
        HostPort leader = null;
        long term = -1;
        for (HostPort master : List.copyOf(all)) {
            var raft = raft(master, deadline);
            for (JsonObject member : raft.objects("members")) {
                if (!member.text("http_address").isEmpty() && all.size() < MASTERS_MAX) {
                    all.add(HostPort.parse(member.text("http_address")));
                }
            }
        }
        for (HostPort master : all) {
            var raft = raft(master, deadline);
            if (raft.text("role").equals("LEADER") && raft.whole("term", 0) > term) {
                term = raft.whole("term", 0);
                leader = master;
            }
        }
        return new Plan(List.copyOf(all), leader, leader == null ? Map.of() : agents());
    }

    private JsonObject raft(HostPort master, Deadline deadline) {
        var mine = deadline.atMost(masters.timeout());
        try (var connection = org.mesolith.cli.client.HttpConnection.open(master, mine)) {
            var reply = connection.exchange(HttpRequest.get("/raft"), mine);
            return reply.status() == 200 ? Json.readObject(reply.body()) : JsonObject.EMPTY;
        } catch (IOException silent) {
            return JsonObject.EMPTY;
        }
    }

    private Map<String, HostPort> agents() {
        var active = new java.util.TreeMap<String, HostPort>();
        var others = new java.util.TreeMap<String, HostPort>();
        try {
            masters.operator(console).rows("GET_AGENTS", "get_agents", Map.of("agents", agent -> {
                boolean isActive = agent.isTrue("active") && !agent.isTrue("deactivated");
                (isActive ? active : others).put(agent.text("agent_info.id.value"), Lookup.address(agent));
            }));
        } catch (Failure unknown) {
            console.err().println("the agents are not known: " + unknown.sentence());
        }
        var chosen = new java.util.LinkedHashMap<String, HostPort>();
        for (var some : List.of(others, active)) {
            some.entrySet().stream()
                    .limit(Math.max(0, agents - chosen.size()))
                    .forEach(one -> chosen.put(one.getKey(), one.getValue()));
        }
        return chosen;
    }

    private JsonObject write(Path file, Plan plan, long bytesMax, Deadline deadline, Instant at) throws IOException {
        var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        try (var channel = Files.newByteChannel(
                        file, EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), owner);
                var archive =
                        new Archive(new BufferedOutputStream(java.nio.channels.Channels.newOutputStream(channel)))) {
            var gathering = new Gathering(archive, new Redaction(secrets()), bytesMax, deadline);
            var fetch = new Fetch(masters.timeout());
            addOwn(gathering);
            for (Page page : plan.pages()) {
                gathering.take(fetch, page);
            }
            if (plan.leader() == null) {
                gathering.miss("cluster", "the leader", "no master leads");
            }
            var manifest = JsonObject.of(
                    "made_at", at.toString(),
                    "made_by", "mesolith " + Version.text(),
                    "leader", plan.leader() == null ? null : plan.leader().toString(),
                    "masters", plan.masters().stream().map(HostPort::toString).toList(),
                    "contents", gathering.contents(),
                    "missing", gathering.missing());
            archive.add(MANIFEST, Json.bytes(manifest), at);
            return manifest;
        } catch (FileAlreadyExistsException exists) {
            throw new Failure(ExitCode.USAGE, "the file " + file + " exists; name another one", exists);
        }
    }

    private List<String> secrets() {
        var secrets = new ArrayList<>(OwnCredential.secrets(console.variable(OwnCredential.VARIABLE)));
        secrets.addAll(OwnCredential.secrets(console.variable(OwnCredential.AGENTS_VARIABLE)));
        return secrets;
    }

    /** This machine's side: versions, and the settings of the installation. */
    private void addOwn(Gathering gathering) throws IOException {
        var own = JsonObject.of(
                "mesolith", Version.text(),
                "java", System.getProperty("java.runtime.version"),
                "os",
                        System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                                + System.getProperty("os.arch"),
                "masters_from", masters.list(console).source());
        gathering.add(
                "here/version.json",
                "this command",
                new String(Json.bytes(own), java.nio.charset.StandardCharsets.UTF_8),
                false);
        String home = console.variable("MESO_HOME");
        for (String name : List.of("master.conf", "agent.conf", "jvm-master.options", "jvm-agent.options")) {
            Path file = Path.of(home, "conf", name);
            if (!home.isEmpty() && Files.isReadable(file) && Files.size(file) <= Fetch.PAGE_BYTES_MAX) {
                gathering.add("here/" + name, file.toString(), Files.readString(file), false);
            }
        }
    }

    private void tell(Path file, JsonObject manifest) throws IOException {
        List<JsonObject> missing = manifest.objects("missing");
        if (json) {
            JsonOutput.print(console.out(), manifest);
        } else {
            console.out().println(file);
        }
        console.out().flush();
        console.err()
                .println(manifest.objects("contents").size() + " files, " + Files.size(file) + " bytes; "
                        + missing.size() + " could not be read" + (missing.isEmpty() ? "" : ":"));
        missing.stream()
                .limit(20)
                .forEach(one -> console.err().println("  " + one.text("from") + ": " + one.text("why")));
        console.err().println("look through it before you give it away: names of hosts, roles and tasks are in it");
    }
}
