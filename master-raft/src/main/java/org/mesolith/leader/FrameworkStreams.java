package org.mesolith.leader;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.SchedulerEvent;
import org.mesolith.model.FrameworkCapability;
import org.mesolith.model.StreamId;

/** The frameworks' event streams. Called on the leader's queue; must not block. */
public interface FrameworkStreams {
    /**
     * Sends an event after those sent before.
     *
     * @param capabilities of the framework: they decide the form of resources in the event
     * @return false when there is no such stream or it is full: the leader then ends it and the framework subscribes
     *     again
     */
    boolean send(StreamId stream, SchedulerEvent event, List<FrameworkCapability> capabilities);

    /** Ends the stream, with a last event unless null. The door need not report this end. */
    void end(StreamId stream, SchedulerEvent.@Nullable Failed last);
}
