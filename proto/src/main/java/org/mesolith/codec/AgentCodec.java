package org.mesolith.codec;

import org.jspecify.annotations.Nullable;
import org.mesolith.api.AgentCall;
import org.mesolith.api.AgentReply;
import org.mesolith.codec.body.Bodies;
import org.mesolith.codec.body.CodecLimits;
import org.mesolith.codec.body.Decoded;
import org.mesolith.codec.body.Encoding;
import org.mesolith.codec.body.Path;
import org.mesolith.codec.body.ShapeErrors;
import org.mesolith.codec.v1.Times;
import org.mesolith.proto.gen.v1.agent.Call;

/** The operator API as agents speak it: calls in, replies out. Safe for use by any thread. */
public final class AgentCodec {
    private final Bodies bodies;

    public AgentCodec(CodecLimits limits) {
        this.bodies = new Bodies(limits);
    }

    /** Reads a call; refused (400) with everything that is wrong with it by itself. */
    public Decoded<AgentCall> decode(Encoding encoding, byte[] body) {
        return bodies.read(encoding, Call.getDefaultInstance(), body, AgentCodec::read);
    }

    public byte[] encode(Encoding encoding, AgentReply reply) {
        return bodies.encode(encoding, AgentReplyWriter.write(reply));
    }

    private static @Nullable AgentCall read(Call from, ShapeErrors errors) {
        if (!from.hasType()) {
            errors.addMissing(Path.ROOT.field("type"));
            return null;
        }
        return switch (from.getType()) {
            case UNKNOWN -> new AgentCall.Unknown();
            case GET_HEALTH -> AgentCall.Read.GET_HEALTH;
            case GET_FLAGS -> AgentCall.Read.GET_FLAGS;
            case GET_VERSION -> AgentCall.Read.GET_VERSION;
            case GET_STATE -> AgentCall.Read.GET_STATE;
            case GET_FRAMEWORKS -> AgentCall.Read.GET_FRAMEWORKS;
            case GET_EXECUTORS -> AgentCall.Read.GET_EXECUTORS;
            case GET_TASKS -> AgentCall.Read.GET_TASKS;
            case GET_AGENT -> AgentCall.Read.GET_AGENT;
            case GET_METRICS -> getMetrics(from, errors);
            case GET_CONTAINERS ->
                new AgentCall.GetContainers(from.getGetContainers().getShowNested());
            case GET_LOGGING_LEVEL -> AgentCall.Read.GET_LOGGING_LEVEL;
            case GET_OPERATIONS -> AgentCall.Read.GET_OPERATIONS;
            case GET_RESOURCE_PROVIDERS -> AgentCall.Read.GET_RESOURCE_PROVIDERS;
            case SET_LOGGING_LEVEL, LIST_FILES, READ_FILE -> new OwnLogReader(errors).readAgent(from);
            default -> new AgentCall.NotSupported(from.getType().name());
        };
    }

    private static AgentCall getMetrics(Call from, ShapeErrors errors) {
        if (!from.hasGetMetrics()) {
            errors.addMissing(Path.ROOT.field("get_metrics"));
        }
        var timeout = from.getGetMetrics();
        return new AgentCall.GetMetrics(timeout.hasTimeout() ? Times.duration(timeout.getTimeout()) : null);
    }
}
