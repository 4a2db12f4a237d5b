package org.mesolith.agent.http;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.mesolith.agent.core.AgentSnapshot;
import org.mesolith.api.AgentCall;
import org.mesolith.api.AgentReply;
import org.mesolith.api.OperatorReply;
import org.mesolith.codec.AgentCodec;
import org.mesolith.codec.body.CodecLimits;
import org.mesolith.codec.body.Decoded;
import org.mesolith.codec.body.Encoding;
import org.mesolith.model.Action;
import org.mesolith.pages.FileReads;
import org.mesolith.pages.FileRefusedException;
import org.mesolith.wire.Body;
import org.mesolith.wire.HttpAnswer;
import org.mesolith.wire.HttpRequest;

/** {@code POST /api/v1}: the operator API of the agent. The order of the checks is Mesos'. */
final class V1Door {
    private final AgentCodec codec = new AgentCodec(CodecLimits.DEFAULT);
    private final AgentFacts facts;
    private final SandboxFiles files;
    private final AgentGate gate;

    V1Door(AgentFacts facts, SandboxFiles files, AgentGate gate) {
        this.facts = facts;
        this.files = files;
        this.gate = gate;
    }

    HttpAnswer answer(HttpRequest request, @Nullable String principal, Supplier<AgentSnapshot> snapshots) {
        if (!request.method().equals("POST")) {
            return HttpAnswer.text(405, "Expecting POST, got " + request.method() + "\n")
                    .with("Allow", "POST");
        }
        var type = request.headers().first("Content-Type").orElse(null);
        if (type == null) {
            return HttpAnswer.text(400, "Expecting 'Content-Type' to be present\n");
        }
        var encoding = Encoding.ofContentType(type);
        if (encoding == null) {
            return HttpAnswer.text(
                    415, "Expecting 'Content-Type' of application/json or application/x-protobuf, got " + type + "\n");
        }
        return switch (codec.decode(encoding, request.body().bytes())) {
            case Decoded.Refused<AgentCall>(var problems) ->
                HttpAnswer.text(400, "Failed to validate agent::Call: " + String.join("; ", problems) + "\n");
            case Decoded.Ok<AgentCall>(var call) -> answer(call, Accepted.of(request), principal, snapshots);
        };
    }

    private HttpAnswer answer(
            AgentCall call,
            @Nullable Encoding accepted,
            @Nullable String principal,
            Supplier<AgentSnapshot> snapshots) {
        if (accepted == null) {
            return HttpAnswer.text(406, "Expecting 'Accept' to allow application/json or application/x-protobuf\n");
        }
        var refusal = refusal(call, principal);
        if (refusal != null) {
            return refusal;
        }
        var sight = gate.sight(principal);
        try {
            return switch (call) {
                case AgentCall.Unknown _ -> HttpAnswer.text(501, "Unknown call\n");
                case AgentCall.NotSupported(var type) -> HttpAnswer.text(501, type + " is not supported yet\n");
                case AgentCall.Read read -> reply(read(read, snapshots.get(), sight), accepted);
                case AgentCall.GetMetrics _ -> reply(metrics(snapshots.get()), accepted);
                case AgentCall.GetContainers(var nested) ->
                    reply(ContainerViews.of(sight.ofContainers(snapshots.get()), nested, facts), accepted);
                case AgentCall.SetLoggingLevel(long level, var duration) -> {
                    facts.verbosity().set(level, duration);
                    yield HttpAnswer.empty(200);
                }
                case AgentCall.ListFiles(var path) ->
                    reply(new AgentReply.Files(FileReads.list(find(path, snapshots, sight))), accepted);
                case AgentCall.ReadFile(var path, var offset, var length) ->
                    reply(
                            FileReads.read(
                                    find(path, snapshots, sight), offset, length == null ? Long.MAX_VALUE : length),
                            accepted);
            };
        } catch (FileRefusedException refused) {
            return HttpAnswer.text(refused.status(), String.valueOf(refused.getMessage()) + "\n");
        }
    }

    private HttpAnswer.@Nullable Full refusal(AgentCall call, @Nullable String principal) {
        if (call == AgentCall.Read.GET_FLAGS) {
            return gate.refusal(principal, Action.VIEW_FLAGS, null, "of an agent");
        }
        return call instanceof AgentCall.SetLoggingLevel
                ? gate.refusal(principal, Action.SET_LOG_LEVEL, null, "of an agent")
                : null;
    }

    private FileReads.Found find(String path, Supplier<AgentSnapshot> snapshots, AgentSight sight)
            throws FileRefusedException {
        return new AgentNames(facts, files, snapshots.get(), sight).find(path);
    }

    private AgentReply read(AgentCall.Read call, AgentSnapshot all, AgentSight sight) {
        var snapshot = sight.of(all);
        return switch (call) {
            case GET_HEALTH -> new AgentReply.Health(true);
            case GET_FLAGS ->
                new AgentReply.Flags(facts.flags().entrySet().stream()
                        .map(flag -> new OperatorReply.Flags.Flag(flag.getKey(), flag.getValue()))
                        .toList());
            case GET_VERSION -> new AgentReply.Version(facts.info().version(), facts.builtAt());
            case GET_LOGGING_LEVEL ->
                new AgentReply.LoggingLevel(facts.verbosity().level());
            case GET_OPERATIONS -> new AgentReply.Operations();
            case GET_RESOURCE_PROVIDERS -> new AgentReply.ResourceProviders();
            case GET_STATE ->
                new AgentReply.State(
                        Views.tasks(snapshot), Views.executors(sight.ofExecutors(all)), Views.frameworks(snapshot));
            case GET_FRAMEWORKS -> Views.frameworks(snapshot);
            case GET_EXECUTORS -> Views.executors(sight.ofExecutors(all));
            case GET_TASKS -> Views.tasks(snapshot);
            case GET_AGENT -> new AgentReply.Agent(snapshot.identity().id(), facts.info(), snapshot.drain());
        };
    }

    private AgentReply metrics(AgentSnapshot snapshot) {
        return new AgentReply.Metrics(AgentMetrics.of(snapshot, facts).entrySet().stream()
                .map(metric -> new OperatorReply.Metrics.Metric(metric.getKey(), metric.getValue()))
                .toList());
    }

    private HttpAnswer reply(AgentReply reply, Encoding encoding) {
        return HttpAnswer.of(200, encoding.contentType(), Body.of(codec.encode(encoding, reply)));
    }
}
