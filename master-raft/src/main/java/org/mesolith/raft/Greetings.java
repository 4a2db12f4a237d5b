package org.mesolith.raft;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Whom this member greeted in vain: what it sends there may go into a dead connection. Any thread. */
final class Greetings {
    private final Set<String> unanswered = ConcurrentHashMap.newKeySet();

    void answered(String member) {
        unanswered.remove(member);
    }

    void unanswered(String member) {
        unanswered.add(member);
    }

    /** Whether the last greeting of this member brought no answer. */
    boolean isSilent(String member) {
        return unanswered.contains(member);
    }
}
