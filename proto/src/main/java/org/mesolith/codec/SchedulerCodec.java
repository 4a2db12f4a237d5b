package org.mesolith.codec;

import java.util.List;
import org.mesolith.api.SchedulerEvent;
import org.mesolith.api.SchedulerRequest;
import org.mesolith.codec.body.Bodies;
import org.mesolith.codec.body.CodecLimits;
import org.mesolith.codec.body.Decoded;
import org.mesolith.codec.body.Encoding;
import org.mesolith.codec.v1.ResourceForm;
import org.mesolith.model.FrameworkCapability;
import org.mesolith.proto.gen.v1.scheduler.Call;

/**
 * The scheduler API as the master speaks it: calls in, events out. The other side is {@link SchedulerClientCodec}. Safe
 * for use by any thread.
 */
public final class SchedulerCodec {
    private final Bodies bodies;

    public SchedulerCodec(CodecLimits limits) {
        this.bodies = new Bodies(limits);
    }

    /** Reads a call; refused (400) with everything that is wrong with it by itself. */
    public Decoded<SchedulerRequest> decode(Encoding encoding, byte[] body) {
        return bodies.read(
                encoding,
                Call.getDefaultInstance(),
                body,
                (call, errors) -> new SchedulerCallReader(errors).read(call));
    }

    /**
     * An event without the frame around it ({@link RecordIo#encode}).
     *
     * @param capabilities of the framework that reads it: they decide the form of resources
     */
    public byte[] encode(Encoding encoding, SchedulerEvent event, List<FrameworkCapability> capabilities) {
        return bodies.encode(encoding, SchedulerEventWriter.write(event, ResourceForm.of(capabilities)));
    }
}
