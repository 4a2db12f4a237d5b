package org.mesolith.model;

/** Where a machine stands: a zone within a region; machines of one zone tend to fail together. */
public record FaultDomain(String region, String zone) {}
