package org.mesolith.model;

import org.jspecify.annotations.Nullable;

/** Names one run of an executor; nested containers have a parent. */
public record ContainerId(String value, @Nullable ContainerId parent) {}
