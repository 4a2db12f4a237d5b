package org.mesolith.model;

/** Asks a framework to leave an agent that will be unavailable: everything that it holds there. */
public record InverseOffer(OfferId id, FrameworkId framework, AgentId agent, Unavailability unavailability) {}
