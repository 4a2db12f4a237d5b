package org.mesolith.leader;

import java.util.List;
import org.mesolith.api.OperatorEvent;
import org.mesolith.model.StreamId;
import org.mesolith.state.Registry;

/** The operators' event streams. Called on the leader's queue; must not block. */
public interface OperatorStreams {
    /** Nobody listens: every stream counts as ended. */
    OperatorStreams NONE = new OperatorStreams() {
        @Override
        public List<StreamId> send(List<StreamId> streams, OperatorEvent event, Registry after) {
            return streams;
        }

        @Override
        public void end(StreamId stream) {
            // There is none.
        }
    };

    /**
     * Sends an event after those sent before, to each of these as far as whoever reads it may see it.
     *
     * @param after what the cluster promises once this has happened
     * @return streams that are not there, or that were full and have been ended: their readers subscribe again
     */
    List<StreamId> send(List<StreamId> streams, OperatorEvent event, Registry after);

    /** Ends a stream. The door need not report this end. */
    void end(StreamId stream);
}
