package org.mesolith.codec;

import com.google.protobuf.ByteString;
import org.mesolith.api.ExecutorCall;
import org.mesolith.api.ExecutorEvent;
import org.mesolith.api.ExecutorRequest;
import org.mesolith.codec.body.Bodies;
import org.mesolith.codec.body.CodecLimits;
import org.mesolith.codec.body.Decoded;
import org.mesolith.codec.body.Encoding;
import org.mesolith.codec.v1.StatusCodec;
import org.mesolith.proto.gen.v1.executor.Call;
import org.mesolith.proto.gen.v1.executor.Event;

/** The executor API as an executor speaks it: calls out, events in. Safe for use by any thread. */
public final class ExecutorClientCodec {
    private final Bodies bodies;

    public ExecutorClientCodec(CodecLimits limits) {
        this.bodies = new Bodies(limits);
    }

    /** The body of a call. */
    public byte[] encode(Encoding encoding, ExecutorRequest request) {
        return bodies.encode(encoding, write(request));
    }

    /** Reads one record of the event stream; refused also when it is of a kind that this version does not know. */
    public Decoded<ExecutorEvent> decode(Encoding encoding, byte[] record) {
        return bodies.read(
                encoding, Event.getDefaultInstance(), record, (event, errors) -> ExecutorEvents.read(event, errors));
    }

    private static Call write(ExecutorRequest request) {
        var to = Call.newBuilder();
        to.getFrameworkIdBuilder().setValue(request.framework().value());
        to.getExecutorIdBuilder().setValue(request.executor().value());
        switch (request.call()) {
            case ExecutorCall.Subscribe(var tasks, var updates) -> {
                var body = to.setType(Call.Type.SUBSCRIBE).getSubscribeBuilder();
                for (var task : tasks) {
                    var info = body.addUnacknowledgedTasksBuilder().setName("");
                    info.getTaskIdBuilder().setValue(task.value());
                    info.getAgentIdBuilder().setValue("");
                }
                updates.forEach(update -> body.addUnacknowledgedUpdates(write(update)));
            }
            case ExecutorCall.Update update -> to.setType(Call.Type.UPDATE).setUpdate(write(update));
            case ExecutorCall.Message(var data) ->
                to.setType(Call.Type.MESSAGE).getMessageBuilder().setData(ByteString.copyFrom(data));
            case ExecutorCall.Heartbeat _ -> to.setType(Call.Type.HEARTBEAT);
            case ExecutorCall.Unknown _ -> to.setType(Call.Type.UNKNOWN);
        }
        return to.build();
    }

    private static Call.Update write(ExecutorCall.Update update) {
        return Call.Update.newBuilder()
                .setStatus(StatusCodec.encode(update.status(), update.data()))
                .build();
    }
}
