package org.mesolith.leader.explain;

import org.jspecify.annotations.Nullable;

/**
 * One thing that keeps an agent from being offered.
 *
 * @param verdict its name, in capitals
 * @param text what it is, in words, with the amounts
 * @param change the smallest thing that would take it away; null if nobody can do anything about it
 */
public record Blocker(String verdict, String text, @Nullable Change change) {}
