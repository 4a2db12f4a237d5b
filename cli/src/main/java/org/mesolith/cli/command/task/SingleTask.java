package org.mesolith.cli.command.task;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.mesolith.cli.client.Deadline;
import org.mesolith.cli.client.HostPort;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.client.MasterList;
import org.mesolith.cli.client.Operator;
import org.mesolith.cli.command.Lookup;
import org.mesolith.cli.command.SpanText;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;
import org.mesolith.cli.files.OutputFollower;
import org.mesolith.cli.files.SandboxFile;
import org.mesolith.cli.render.Texts;
import org.mesolith.cli.scheduler.SchedulerClient;
import org.mesolith.cli.scheduler.SchedulerClient.CallResult;
import org.mesolith.cli.scheduler.SchedulerEvents;
import org.mesolith.cli.scheduler.TaskEnd;
import org.mesolith.cli.scheduler.Tasks;

/**
 * A framework with one task. The stream's thread decides; the caller's thread copies the output and waits for the end.
 *
 * <p>The task's id is chosen once: if the answer to the launch is lost, the master is asked about that id, and only
 * what it does not know is launched again, under the same id. So it never runs twice.
 */
final class SingleTask implements SchedulerEvents {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration KILL_MAX = Duration.ofSeconds(20);
    private static final double REFUSE_SECONDS = 5;
    private static final int REST_TRIES = 30;

    /**
     * What to run.
     *
     * @param id unique
     * @param offerMax how long to wait for resources
     */
    record Wish(String id, String name, List<JsonObject> resources, JsonObject command, Duration offerMax) {}

    private final Console console;
    private final Operator operator;
    private final Wish wish;
    private final SchedulerClient client;
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile boolean finished;
    private volatile String agentId = "";
    private volatile boolean launched;
    private volatile boolean running;
    private volatile @Nullable JsonObject last;
    private volatile String endedBy = "";
    private volatile String tooSmall = "";

    SingleTask(Console console, MasterList masters, Operator operator, JsonObject framework, Wish wish) {
        this.console = console;
        this.operator = operator;
        this.wish = wish;
        this.client = new SchedulerClient(masters, framework, this);
    }

    /** Runs the task to its end; the exit code of the command. */
    int run() throws InterruptedException {
        var interrupted = Thread.ofPlatform().unstarted(this::killOnInterrupt);
        Runtime.getRuntime().addShutdownHook(interrupted);
        client.start();
        awaitLaunch();
        copyOutput();
        JsonObject end = last;
        if (end == null) {
            throw new Failure(ExitCode.FAILED, "the master ended the framework: " + endedBy);
        }
        finished = true;
        client.tearDown();
        return report(end);
    }

    @Override
    public void subscribed(String frameworkId, HostPort leader) {
        if (launched) {
            client.call(Tasks.reconcile(wish.id()));
        }
    }

    @Override
    public void offers(List<JsonObject> offers) {
        var rest = new ArrayList<>(offers);
        if (!launched) {
            JsonObject fitting = offers.stream().filter(this::fits).findFirst().orElse(null);
            if (fitting != null) {
                rest.remove(fitting);
                launch(fitting);
            } else if (!offers.isEmpty()) {
                tooSmall = "; the last offer had "
                        + Texts.resources(offers.getFirst().objects("resources"));
            }
        }
        if (!rest.isEmpty()) {
            client.call(Tasks.decline(rest, REFUSE_SECONDS));
        }
    }

    @Override
    public void update(JsonObject status) {
        if (status.text("task_id.value").equals(wish.id())) {
            take(status);
        }
        client.acknowledge(status);
    }

    @Override
    public void rescinded(String offerId) {
        // Offers are taken or declined at once: none is kept that could be withdrawn.
    }

    @Override
    public void disconnected(String why) {
        if (finished) {
            return; // The framework has ended itself: of course the master closes its stream.
        }
        console.err().println("meso: lost the leader (" + why + "); looking for the next one");
    }

    @Override
    public void ended(String message) {
        endedBy = message;
        over.countDown();
    }

    private void take(JsonObject status) {
        String state = status.text("state");
        boolean unknown = status.text("reason").equals("REASON_RECONCILIATION")
                && (state.equals("TASK_UNKNOWN") || state.equals("TASK_LOST"));
        if (unknown && !running) {
            launched = false; // The launch got lost with the old leader. The next offer is taken, under the same id.
            return;
        }
        if (status.has("agent_id")) {
            agentId = status.text("agent_id.value");
        }
        if (state.equals("TASK_RUNNING") || state.equals("TASK_STARTING")) {
            running = true;
        }
        if (TaskEnd.isTerminal(state)) {
            last = status;
            over.countDown();
        }
    }

    private boolean fits(JsonObject offer) {
        return wish.resources().stream()
                .allMatch(resource ->
                        Tasks.offered(offer, resource.text("name")) >= resource.number("scalar.value", 0) - 1e-9);
    }

    private void launch(JsonObject offer) {
        launched = true;
        agentId = offer.text("agent_id.value");
        JsonObject task =
                Tasks.task(wish.id(), wish.name(), offer.object("agent_id"), wish.resources(), wish.command());
        CallResult result = client.call(Tasks.accept(List.of(offer), List.of(task), REFUSE_SECONDS));
        switch (result) {
            case ACCEPTED -> client.call(JsonObject.of("type", "SUPPRESS"));
            case NOT_CONNECTED -> launched = false;
            case REFUSED -> {
                endedBy = client.lastRefusal();
                over.countDown();
            }
            case UNKNOWN -> client.call(Tasks.reconcile(wish.id()));
        }
    }

    private void awaitLaunch() throws InterruptedException {
        Deadline deadline = Deadline.after(wish.offerMax());
        while (!launched && !over.await(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
            if (deadline.hasPassed()) {
                boolean connected = client.isConnected();
                String why = connected
                        ? "no offer was large enough within " + SpanText.spoken(wish.offerMax()) + tooSmall
                                + "; ask for less, or see `meso agent ls`"
                        : "no leader took this framework within " + SpanText.spoken(wish.offerMax()) + " ("
                                + client.lastRefusal() + "); see `meso cluster status`";
                client.tearDown();
                throw new Failure(connected ? ExitCode.DEADLINE : ExitCode.NO_MASTER, why);
            }
        }
    }

    private void copyOutput() throws InterruptedException {
        while (!running && !over.await(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
            // The task has been launched; its first status says that it runs, or that it never will.
        }
        if (agentId.isEmpty() || (!running && last == null)) {
            return;
        }
        HostPort agent = Lookup.address(new Lookup(operator).agent(agentId));
        try (var stdout = new SandboxFile(agent, client.frameworkId(), wish.id(), "stdout");
                var stderr = new SandboxFile(agent, client.frameworkId(), wish.id(), "stderr")) {
            var out = new OutputFollower(stdout, OutputFollower.Sink.to(console.out()), 0, this::remark);
            var err = new OutputFollower(stderr, OutputFollower.Sink.to(console.err()), 0, this::remark);
            while (!over.await(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
                out.copy();
                err.copy();
            }
            if (running && out.copyRest(REST_TRIES)) {
                err.copyRest(REST_TRIES);
            }
        }
    }

    private int report(JsonObject end) {
        int code = TaskEnd.exitCode(end);
        if (!end.text("state").equals("TASK_FINISHED")) {
            String message = end.text("message");
            console.err()
                    .println("meso: task " + wish.id() + " ended as " + Texts.state(end.text("state"))
                            + (message.isEmpty() ? "" : ": " + message));
        }
        return code;
    }

    /**
     * The JVM is told to stop (Ctrl-C, TERM): kill the task and wait for its end, because the operator expects both.
     */
    private void killOnInterrupt() {
        if (over.getCount() == 0 || !launched) {
            return;
        }
        console.err().println("meso: killing the task " + wish.id());
        client.call(Tasks.kill(wish.id()));
        try {
            if (!over.await(KILL_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
                console.err().println("meso: the task is not over yet; its framework ends now, which kills it too");
            }
            client.tearDown();
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    private void remark(String text) {
        console.err().println("meso: " + text);
    }
}
