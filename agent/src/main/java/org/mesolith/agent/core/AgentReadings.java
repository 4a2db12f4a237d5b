package org.mesolith.agent.core;

/** What is known of an agent beside its core, for those who show it. */
public record AgentReadings(Removals removals, FetchCounts fetches) {}
