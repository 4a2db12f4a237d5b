package org.mesolith.model;

/** What an agent's operator says of the machine; its typed value arrives with the resource model. */
public record Attribute(String name, String text) {}
