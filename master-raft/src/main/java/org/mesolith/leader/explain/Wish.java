package org.mesolith.leader.explain;

import org.mesolith.model.AgentId;
import org.mesolith.model.Quota;

/** Something that an operator thinks of doing. */
public sealed interface Wish {
    /** Replaces the quota of a top-level role; one that is none removes it. */
    record SetQuota(Quota quota) implements Wish {}

    /** Sets the weight of a role. */
    record SetWeight(String role, double weight) implements Wish {}

    /** The agent is gone, with everything on it. */
    record RemoveAgent(AgentId agent) implements Wish {}

    /** The agent is emptied and not offered any more; its reservations stay. */
    record Drain(AgentId agent) implements Wish {}

    /** More agents, each with what this one says that it has, without what was reserved on it since. */
    record AddAgents(int count, AgentId like) implements Wish {}

    /** One more framework, which wants any offer for this role. */
    record AddFramework(String name, String role) implements Wish {}
}
