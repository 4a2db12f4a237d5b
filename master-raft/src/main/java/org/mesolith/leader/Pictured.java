package org.mesolith.leader;

import org.mesolith.leader.event.Reply;
import org.mesolith.leader.explain.Picture;

/** What an explanation is made from, or why not. */
public sealed interface Pictured {
    /** Holds everything that was acknowledged before it was asked for. */
    record Seen(Picture picture) implements Pictured {}

    /** There is no picture. */
    record Refused(Reply reply) implements Pictured {}
}
