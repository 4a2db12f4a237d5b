package org.mesolith.state.journal;

import java.util.List;

/**
 * Some batches of events, oldest first.
 *
 * @param from events before this place are forgotten, at the moment of the reading: whoever wanted an earlier one has
 *     missed something
 */
public record EventPage(EventPlace from, List<EventBatch> batches) {
    /** Nothing at all. */
    public static final EventPage EMPTY = new EventPage(EventPlace.NONE, List.of());

    public EventPage {
        batches = List.copyOf(batches);
    }
}
