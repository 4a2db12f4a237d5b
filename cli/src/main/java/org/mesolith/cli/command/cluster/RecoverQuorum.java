package org.mesolith.cli.command.cluster;

import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.mesolith.cli.client.Deadline;
import org.mesolith.cli.client.HostPort;
import org.mesolith.cli.client.HttpRequest;
import org.mesolith.cli.client.Json;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.command.MasterOptions;
import org.mesolith.cli.command.SpanText;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;
import org.mesolith.cli.render.JsonOutput;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code meso cluster recover-quorum}: the best survivor becomes the only member of a new group. */
@Command(
        description = {
            "Goes on with the best survivor when the majority of the masters is lost for good.",
            "Refused while a majority answers. The survivor ends and does it when it is started again.",
            "The lost members must never be started again on their old data: wipe them."
        },
        footer = {"", "Example: meso cluster recover-quorum --masters 10.0.0.1:5050,10.0.0.2:5050 --yes"})
public final class RecoverQuorum implements Callable<Integer> {
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final Console console;

    @Mixin
    private MasterOptions masters = new MasterOptions();

    @Option(
            names = "--wait",
            paramLabel = "SPAN",
            defaultValue = "2m",
            description = "How long to wait until the survivor leads again (default: ${DEFAULT-VALUE}).")
    private String wait = "2m";

    @Mixin
    private Consent consent = new Consent();

    @Option(names = "--json", description = "The plan, and what became of it, as JSON.")
    private boolean json;

    /** The command in these surroundings. */
    public RecoverQuorum(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        Duration patience = SpanText.read("--wait", wait);
        Survivors survivors = Survivors.ask(masters.list(console).masters(), Deadline.after(masters.timeout()));
        if (!json) {
            survivors.print(console.err());
        }
        survivors.refuseUnlessLost();
        Survivors.Standing best = survivors.best();
        JsonObject plan = JsonObject.of(
                "former_group", best.state().text("group_id"),
                "group", UUID.randomUUID().toString(),
                "epoch_id", Long.toHexString(ThreadLocalRandom.current().nextLong()),
                "last_term", best.lastTerm(),
                "last_index", best.lastIndex());
        if (!consent.isGiven()) {
            show(survivors, best, plan, "planned", 0);
            return consent.end(console);
        }
        try (var calls = new SteadyCalls(best.address(), Duration.ofSeconds(10))) {
            calls.call(HttpRequest.post("/raft/recovery", Json.bytes(plan)));
        }
        awaitLead(best.address(), plan.text("group"), Deadline.after(patience));
        long epoch = Survivors.askOne(best.address(), Deadline.after(masters.timeout()))
                .whole("epoch", 0);
        show(survivors, best, plan, "done", epoch);
        return ExitCode.OK;
    }

    private void show(Survivors survivors, Survivors.Standing best, JsonObject plan, String state, long epoch) {
        if (json) {
            JsonOutput.print(
                    console.out(),
                    JsonObject.of(
                            "state",
                            state,
                            "survivor",
                            best.address().toString(),
                            "plan",
                            plan,
                            "epoch",
                            epoch == 0 ? null : epoch,
                            "members",
                            survivors.json()));
            return;
        }
        String becomes = best.address() + ", whose log ends with term " + best.lastTerm() + ", index "
                + best.lastIndex() + ", " + (state.equals("done") ? "is" : "becomes")
                + " the only member, in "
                + (epoch == 0 ? "the next epoch" : "epoch " + epoch);
        console.out().println(becomes);
        console.err()
                .println("what only the lost members had is lost; entries above index "
                        + best.state().text("commit_index") + " that nobody acknowledged may count now");
        if (state.equals("done")) {
            console.err()
                    .println("wipe the lost members before they are started again, then add them or others as new ones"
                            + " (`meso cluster add`): one member survives no loss");
        }
    }

    private static void awaitLead(HostPort survivor, String group, Deadline deadline) {
        String last = "it does not answer";
        while (!deadline.hasPassed()) {
            try {
                JsonObject state = Members.ask(survivor, deadline);
                if (state.text("member.group_id").equals(group) && state.isTrue("ready")) {
                    return;
                }
                last = "it is " + state.text("role") + " of group " + state.text("member.group_id");
            } catch (IOException silent) {
                last = String.valueOf(silent.getMessage());
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        throw new Failure(
                ExitCode.DEADLINE,
                "the survivor " + survivor + " has written down what to do and has ended, but does not lead yet "
                        + "(" + last
                        + "). If no supervisor starts it again, start it by hand: it goes on by itself");
    }
}
