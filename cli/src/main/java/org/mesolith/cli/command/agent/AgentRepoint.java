package org.mesolith.cli.command.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.mesolith.agent.checkpoint.CheckpointStore;
import org.mesolith.agent.checkpoint.CorruptCheckpointException;
import org.mesolith.agent.http.MasterSays;
import org.mesolith.agent.link.KnownMasters;
import org.mesolith.cli.client.Deadline;
import org.mesolith.cli.client.HostPort;
import org.mesolith.cli.client.HttpConnection;
import org.mesolith.cli.client.HttpReply;
import org.mesolith.cli.client.HttpRequest;
import org.mesolith.cli.client.Json;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.client.OwnCredential;
import org.mesolith.cli.command.Lookup;
import org.mesolith.cli.command.MasterOptions;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;
import org.mesolith.cli.render.JsonOutput;
import org.mesolith.cli.render.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code meso agent repoint}: agents go over to other masters; their tasks notice nothing. */
@Command(
        description = {
            "Brings agents over to other masters, after a restore to new addresses or a move. Tasks run on.",
            "--masters are the new ones; nothing else is tried from then on, until an agent's --master says something"
                    + " new.",
            "Without addresses: every agent that the new masters know and do not hear. Refused when none of the masters"
                    + " answers the agent, and when they are of another cluster or of an earlier epoch."
        },
        footer = {
            "",
            "Example: meso agent repoint --masters 10.0.1.1:5050,10.0.1.2:5050 10.0.0.7:5051",
            "An agent that does not run: meso agent repoint --masters 10.0.1.1:5050 --work_dir /var/lib/mesolith/agent"
        })
public final class AgentRepoint implements Callable<Integer> {
    /** Agents that are spoken to at the same time. */
    private static final int AT_ONCE = 64;

    private final Console console;

    @Mixin
    private MasterOptions masters = new MasterOptions();

    @Parameters(paramLabel = "HOST:PORT", arity = "0..*", description = "HTTP addresses of agents that run.")
    private List<String> agents = List.of();

    @Option(
            names = "--work_dir",
            paramLabel = "DIRECTORY",
            description = "Of an agent of this machine that does not run: it goes there when it is started.")
    private @Nullable Path workDir;

    @Option(
            names = "--credential",
            paramLabel = "FILE",
            description = "The agents' own --credential file, for agents that have one: they obey nobody else.")
    private @Nullable String credential;

    @Option(names = "--dry-run", description = "Check everything and show what would be done; change nothing.")
    private boolean dryRun;

    @Option(names = "--json", description = "What became of each agent, as JSON.")
    private boolean json;

    /** The command in these surroundings. */
    public AgentRepoint(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        var wanted =
                masters.list(console).masters().stream().map(HostPort::toString).toList();
        var directory = workDir;
        if (directory != null && !agents.isEmpty()) {
            throw new Failure(ExitCode.USAGE, "give addresses of agents that run, or --work_dir of one that does not");
        }
        var results = directory == null
                ? online(agents.isEmpty() ? unheard() : HostPort.parseList(String.join(",", agents)), wanted)
                : List.of(offline(directory.toAbsolutePath().normalize(), wanted));
        return report(results);
    }

    /** Agents that the new masters have in their state, and no link of. */
    private List<HostPort> unheard() {
        var found = new ArrayList<HostPort>();
        masters.operator(console)
                .rows(
                        "GET_AGENTS",
                        "get_agents",
                        Map.of(
                                "agents",
                                agent -> {
                                    if (!agent.isTrue("active") && !agent.isTrue("deactivated")) {
                                        found.add(Lookup.address(agent));
                                    }
                                },
                                "recovered_agents",
                                info -> found.add(Lookup.address(JsonObject.of("agent_info", info)))));
        return found;
    }

    private List<JsonObject> online(List<HostPort> addresses, List<String> wanted)
            throws IOException, InterruptedException {
        var body = Json.bytes(JsonObject.of("masters", wanted, "dry_run", dryRun));
        var request = HttpRequest.post("/masters", body);
        var name = OwnCredential.header(credential);
        var named = name == null ? request : request.with("Authorization: " + name);
        var results = new ArrayList<JsonObject>();
        for (int from = 0; from < addresses.size(); from += AT_ONCE) {
            var begun = new ArrayList<Future<JsonObject>>();
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (var address : addresses.subList(from, Math.min(addresses.size(), from + AT_ONCE))) {
                    begun.add(threads.submit(() -> one(address, named, masters.timeout())));
                }
            }
            for (var one : begun) {
                results.add(result(one));
            }
        }
        return results;
    }

    private static JsonObject result(Future<JsonObject> one) throws IOException, InterruptedException {
        try {
            return one.get();
        } catch (ExecutionException failed) {
            throw new IOException(failed.getCause());
        }
    }

    private static JsonObject one(HostPort agent, HttpRequest request, Duration timeout) {
        var deadline = Deadline.after(timeout);
        try (var connection = HttpConnection.openUnnamed(agent, deadline)) {
            HttpReply reply = connection.exchange(request, deadline);
            if (reply.status() != 200) {
                return refused(
                        agent.toString(), reply.status() + ": " + reply.text().strip());
            }
            var answer = Json.readObject(reply.body());
            return done(agent.toString(), answer.texts("masters"), answer.texts("before"), answer.texts("silent"));
        } catch (IOException silent) {
            return refused(
                    agent.toString(), "it does not answer (" + silent.getMessage() + "); run this again when it does");
        }
    }

    private JsonObject offline(Path directory, List<String> wanted) throws IOException {
        if (!Files.exists(directory.resolve("meta").resolve("identity"))) {
            throw new Failure(
                    ExitCode.NOT_FOUND,
                    "no agent has ever joined a cluster with --work_dir=" + directory + "; nothing was changed");
        }
        try (var store = CheckpointStore.open(directory)) {
            if (store == null) {
                throw new Failure(
                        ExitCode.FAILED,
                        "an agent runs with --work_dir=" + directory
                                + "; give its address instead: nothing was changed");
            }
            var said = MasterSays.ask(wanted);
            var refusal = MasterSays.refusal(said, store.identity().newest());
            if (refusal != null) {
                return refused(directory.toString(), refusal + "; nothing was changed");
            }
            if (!dryRun) {
                KnownMasters.repoint(directory, wanted);
            }
            var silent = said.stream()
                    .filter(master -> !master.trouble().isEmpty())
                    .map(MasterSays::address)
                    .toList();
            return done(directory.toString(), wanted, List.of(), silent);
        } catch (CorruptCheckpointException damaged) {
            throw new Failure(ExitCode.FAILED, damaged.getMessage() + "; nothing was changed", damaged);
        }
    }

    private static JsonObject done(String agent, List<String> masters, List<String> before, List<String> silent) {
        return JsonObject.of("agent", agent, "masters", masters, "before", before, "silent", silent);
    }

    private static JsonObject refused(String agent, String why) {
        return JsonObject.of("agent", agent, "refused", why);
    }

    private int report(List<JsonObject> results) {
        boolean allDone = results.stream().noneMatch(result -> result.has("refused"));
        if (json) {
            JsonOutput.print(console.out(), JsonObject.of("dry_run", dryRun, "agents", results));
        } else if (results.isEmpty()) {
            console.out().println("the masters hear every agent that they know; nothing is left to do");
        } else {
            var table = Table.of(console, "AGENT", "MASTERS", "REMARK");
            results.forEach(result ->
                    table.row(result.text("agent"), String.join(",", result.texts("masters")), remark(result)));
            table.end();
        }
        if (dryRun) {
            console.err().println("nothing was changed (--dry-run)");
        }
        return allDone ? ExitCode.OK : ExitCode.FAILED;
    }

    private static String remark(JsonObject result) {
        if (result.has("refused")) {
            return "refused: " + result.text("refused");
        }
        var silent = result.texts("silent");
        return silent.isEmpty() ? "" : "silent now: " + String.join(",", silent);
    }
}
