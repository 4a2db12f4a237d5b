package org.mesolith.cli.command.task;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.command.MasterOptions;
import org.mesolith.cli.command.Preview;
import org.mesolith.cli.command.SpanText;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;
import org.mesolith.cli.scheduler.Tasks;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code meso task run}: one command on some agent, as if it ran here. */
@Command(
        description = {
            "Runs one command as a task and shows its output. Ends with the task's exit status;",
            "125 if the task ended without one. Ctrl-C kills the task. A change of the leader is survived.",
            "If this process is killed, the task is killed when --keep-seconds are over."
        },
        footer = {"", "Example: meso task run --cpus 0.5 --mem 64 -- sh -c 'echo hello from $(hostname)'"})
public final class TaskRun implements Callable<Integer> {

    private final Console console;

    @Mixin
    private MasterOptions masters = new MasterOptions();

    @Mixin
    private Preview preview = new Preview();

    @Option(names = "--cpus", defaultValue = "0.1", description = "CPUs (default: ${DEFAULT-VALUE}).")
    private double cpus = 0.1;

    @Option(
            names = "--mem",
            paramLabel = "MIB",
            defaultValue = "32",
            description = "Memory (default: ${DEFAULT-VALUE}).")
    private double mem = 32;

    @Option(names = "--disk", paramLabel = "MIB", defaultValue = "0", description = "Disk (default: none).")
    private double disk;

    @Option(names = "--role", defaultValue = "*", description = "The role to run in (default: ${DEFAULT-VALUE}).")
    private String role = "*";

    @Option(names = "--name", defaultValue = "meso-run", description = "The task's name (default: ${DEFAULT-VALUE}).")
    private String name = "meso-run";

    @Option(names = "--user", description = "The user to run as on the agent (default: yours).")
    private String user = "";

    @Option(names = "--env", paramLabel = "NAME=VALUE", description = "A variable of the task; may be repeated.")
    private Map<String, String> environment = new LinkedHashMap<>();

    @Option(
            names = "--wait-offer",
            paramLabel = "SPAN",
            defaultValue = "1m",
            description = "How long to wait for resources (default: ${DEFAULT-VALUE}).")
    private String waitOffer = "1m";

    @Option(
            names = "--keep-seconds",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "How long the task outlives this process (default: ${DEFAULT-VALUE}).")
    private int keepSeconds = 60;

    @Parameters(paramLabel = "CMD", arity = "1..*", description = "The command and its arguments, after --.")
    private List<String> command = List.of();

    /** The command in these surroundings. */
    public TaskRun(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (!(cpus > 0 && mem >= 0 && disk >= 0)) {
            throw new Failure(ExitCode.USAGE, "--cpus must be above 0, --mem and --disk not below");
        }
        Duration offerMax = SpanText.read("--wait-offer", waitOffer);
        String runAs = user.isEmpty() ? System.getProperty("user.name", "root") : user;
        var resources = new ArrayList<>(List.of(Tasks.scalar("cpus", cpus), Tasks.scalar("mem", mem)));
        if (disk > 0) {
            resources.add(Tasks.scalar("disk", disk));
        }
        var wish = new SingleTask.Wish(
                "run-" + UUID.randomUUID(), name, List.copyOf(resources), commandInfo(runAs), offerMax);
        JsonObject framework = Tasks.framework("meso task run", runAs, role, keepSeconds);
        JsonObject task = Tasks.task(wish.id(), wish.name(), JsonObject.EMPTY, wish.resources(), wish.command());
        if (preview.shows(console, JsonObject.of("framework", framework, "task", task))) {
            return ExitCode.OK;
        }
        return new SingleTask(console, masters.list(console), masters.operator(console), framework, wish).run();
    }

    private JsonObject commandInfo(String runAs) {
        var variables = new ArrayList<JsonObject>();
        environment.forEach(
                (variable, value) -> variables.add(JsonObject.of("name", variable, "type", "VALUE", "value", value)));
        return JsonObject.of(
                "shell",
                false,
                "value",
                command.getFirst(),
                "arguments",
                command,
                "user",
                runAs,
                "environment",
                JsonObject.of("variables", variables));
    }
}
