package org.mesolith.model;

/** Names an operation on resources within its framework; chosen by the framework. */
public record OperationId(String value) {}
