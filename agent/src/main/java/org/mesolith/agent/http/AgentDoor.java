package org.mesolith.agent.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.mesolith.access.AccessSettings;
import org.mesolith.access.Authenticator.Realm;
import org.mesolith.agent.core.AgentSnapshot;
import org.mesolith.codec.legacy.AgentPages;
import org.mesolith.codec.legacy.JsonText;
import org.mesolith.metrics.MetricsText;
import org.mesolith.model.Action;
import org.mesolith.pages.FilesPages;
import org.mesolith.pages.HelpPage;
import org.mesolith.pages.LoggingPage;
import org.mesolith.pages.SystemPage;
import org.mesolith.wire.Body;
import org.mesolith.wire.HttpAnswer;
import org.mesolith.wire.HttpHandler;
import org.mesolith.wire.HttpRequest;

/** Routes of the agent; each also answers below {@code /slave(1)}. Before {@link #open} only {@code /health} does. */
public final class AgentDoor implements HttpHandler {
    private static final String PREFIX = "/slave(1)";
    private static final HttpAnswer STARTING =
            HttpAnswer.text(503, "The agent is starting\n").with("Retry-After", "1");

    /** Pages that show everybody's things at once: a rule about the path decides. */
    private static final String CONTAINERIZER = "/containerizer/debug";

    private static final HelpPage HELP = HelpPage.read("slave(1)", AgentDoor.class, "agent-help.tsv");

    private static final Set<String> BY_PATH = new TreeSet<>(List.of(
            CONTAINERIZER,
            "/metrics",
            "/metrics/snapshot",
            "/containers",
            "/monitor/statistics",
            "/sandboxes",
            LoggingPage.PATH,
            FilesPages.DEBUG));

    private record Rooms(
            AgentFacts facts,
            SandboxFiles files,
            V1Door v1,
            MastersDoor masters,
            ExecutorDoor executors,
            AgentGate gate) {}

    private final Supplier<CompletableFuture<AgentSnapshot>> snapshots;
    private volatile @Nullable Rooms rooms;

    /** Takes the door's way to the core: a snapshot, soon. */
    public AgentDoor(Supplier<CompletableFuture<AgentSnapshot>> snapshots) {
        this.snapshots = snapshots;
    }

    /** The agent is complete now. */
    public void open(AgentFacts facts, MastersDoor masters, ExecutorDoor executors, AccessSettings access) {
        var files = new SandboxFiles(facts.workDir());
        var gate = new AgentGate(access);
        rooms = new Rooms(facts, files, new V1Door(facts, files, gate), masters, executors, gate);
    }

    /** The executor API alone, for a door of its own. */
    public HttpHandler forExecutors() {
        return request -> {
            var path = path(request);
            var open = rooms;
            if (!path.equals(ExecutorDoor.PATH)) {
                return HttpAnswer.text(
                        404, "There is nothing at " + path + "; here is only " + ExecutorDoor.PATH + "\n");
            }
            return open == null ? STARTING : open.executors().answer(request);
        };
    }

    private static String path(HttpRequest request) {
        return request.path().startsWith(PREFIX + "/") ? request.path().substring(PREFIX.length()) : request.path();
    }

    @Override
    public HttpAnswer answer(HttpRequest request) throws InterruptedException {
        var path = path(request);
        if (path.equals("/health")) {
            return HttpAnswer.empty(200);
        }
        var open = rooms;
        if (open == null) {
            return STARTING;
        }
        try {
            return answer(path, request, open);
        } catch (CompletionException late) {
            return HttpAnswer.text(504, "The agent is too busy to answer in time\n");
        }
    }

    private HttpAnswer answer(String path, HttpRequest request, Rooms open) throws InterruptedException {
        if (path.equals(MastersDoor.PATH)) {
            return open.masters().answer(request, snapshot(request).identity().newest());
        }
        if (path.equals(ExecutorDoor.PATH)) {
            return open.executors().answer(request);
        }
        if (path.equals("/version") || path.equals(SystemPage.PATH) || HelpPage.serves(path)) {
            return shown(path, request, open, null);
        }
        boolean writes = path.startsWith("/api/v1") || path.equals(LoggingPage.PATH);
        return switch (open.gate().who(request, writes ? Realm.AGENT_OPERATOR : Realm.AGENT_READER)) {
            case AgentGate.Who.Refused(var answer) -> answer;
            case AgentGate.Who.Passed(var principal) -> {
                var refusal = refusal(path, open.gate(), principal);
                yield refusal != null ? refusal : shown(path, request, open, principal);
            }
        };
    }

    private static HttpAnswer.@Nullable Full refusal(String path, AgentGate gate, @Nullable String principal) {
        if (path.equals("/flags")) {
            return gate.refusal(principal, Action.VIEW_FLAGS, null, "of an agent");
        }
        return BY_PATH.contains(path)
                ? gate.refusal(principal, Action.GET_ENDPOINT_WITH_PATH, path, "at '" + path + "'")
                : null;
    }

    private HttpAnswer shown(String path, HttpRequest request, Rooms open, @Nullable String principal)
            throws InterruptedException {
        if (path.startsWith("/api/v1")) {
            return api(path, request, open, principal);
        }
        if (path.equals(LoggingPage.PATH)) {
            return LoggingPage.answer(request.query(), open.facts().verbosity());
        }
        if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
            return HttpAnswer.text(405, "Expecting GET, got " + request.method() + "\n")
                    .with("Allow", "GET, HEAD");
        }
        if (HelpPage.serves(path)) {
            return Answers.wrapped(HELP.answer(path, request.query()), request.query());
        }
        var facts = open.facts();
        return switch (path) {
            case SystemPage.PATH -> Answers.wrapped(SystemPage.answer(), request.query());
            case "/version" ->
                Answers.json(AgentPages.version(facts.info().version(), facts.builtAt()), request.query());
            case "/flags" -> {
                var flags = new LinkedHashMap<String, Object>();
                flags.put("flags", facts.flags());
                yield Answers.json(JsonText.of(flags), request.query());
            }
            case "/metrics" ->
                HttpAnswer.of(
                        200,
                        MetricsText.PROMETHEUS_TYPE,
                        Body.of(AgentMetrics.prometheus(AgentMetrics.of(snapshot(request), facts))));
            case "/metrics/snapshot" ->
                Answers.json(JsonText.of(AgentMetrics.of(snapshot(request), facts)), request.query());
            case "/state" -> state(request, open, principal);
            case "/containers" -> containers(request, open.gate().sight(principal), facts);
            case CONTAINERIZER ->
                Answers.json(
                        JsonText.of(ContainerViews.pending(
                                open.gate().sight(principal).ofContainers(snapshot(request)))),
                        request.query());
            case "/monitor/statistics" ->
                Answers.json(
                        JsonText.of(ContainerViews.monitored(ContainerViews.of(
                                        open.gate().sight(principal).ofContainers(snapshot(request)), false, facts)
                                .containers())),
                        request.query());
            case "/sandboxes" ->
                Answers.json(JsonText.of(SandboxesJson.of(facts.readings().get().removals())), request.query());
            default -> files(path, request, open, principal);
        };
    }

    private HttpAnswer state(HttpRequest request, Rooms open, @Nullable String principal) throws InterruptedException {
        boolean flags = open.gate().refusal(principal, Action.VIEW_FLAGS, null, "") == null;
        var sight = open.gate().sight(principal);
        var page = StatePage.of(sight.ofExecutors(snapshot(request)), open.facts(), sight, flags);
        return Answers.json(AgentPages.state(page), request.query());
    }

    private HttpAnswer api(String path, HttpRequest request, Rooms open, @Nullable String principal)
            throws InterruptedException {
        if (path.equals("/api/v1")) {
            var snapshot = snapshot(request);
            return open.v1().answer(request, principal, () -> snapshot);
        }
        return path.equals("/api/v1/resource_provider")
                ? HttpAnswer.text(501, path + " is not supported yet\n")
                : nothing(path);
    }

    private HttpAnswer containers(HttpRequest request, AgentSight sight, AgentFacts facts) throws InterruptedException {
        var query = request.query();
        var container = query.first("container_id").orElse(null);
        var framework = query.first("framework_id").orElse(null);
        var executor = query.first("executor_id").orElse(null);
        if ((container != null && framework != null) || (executor != null && framework == null)) {
            return HttpAnswer.text(
                    400, "Give container_id alone, or framework_id, or framework_id and executor_id, or nothing\n");
        }
        var all = ContainerViews.of(sight.ofContainers(snapshot(request)), false, facts).containers().stream()
                .filter(each -> container == null || each.id().toString().equals(container))
                .filter(each -> framework == null || each.framework().value().equals(framework))
                .filter(each -> executor == null || each.executor().value().equals(executor))
                .toList();
        return Answers.json(JsonText.of(ContainerViews.containers(all)), query);
    }

    private HttpAnswer files(String path, HttpRequest request, Rooms open, @Nullable String principal)
            throws InterruptedException {
        if (!path.startsWith(FilesPages.PREFIX)) {
            return nothing(path);
        }
        var names = new AgentNames(
                open.facts(), open.files(), snapshot(request), open.gate().sight(principal));
        var answer = FilesPages.answer(path, request.query(), names);
        return answer == null ? nothing(path) : Answers.wrapped(answer, request.query());
    }

    private static HttpAnswer nothing(String path) {
        return HttpAnswer.text(
                404, "There is nothing at " + path + "; known are " + String.join(" ", HELP.paths()) + "\n");
    }

    private AgentSnapshot snapshot(HttpRequest request) throws InterruptedException {
        try {
            return snapshots.get().get(request.deadline().remaining().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException late) {
            throw new CompletionException(late);
        }
    }
}
