package org.mesolith.model;

/** Names an agent for as long as its work directory lives; minted by the replicated state, or brought by the agent. */
public record AgentId(String value) implements Comparable<AgentId> {
    @Override
    public int compareTo(AgentId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
