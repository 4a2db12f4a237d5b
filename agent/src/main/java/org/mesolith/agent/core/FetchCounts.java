package org.mesolith.agent.core;

/**
 * The fetcher in numbers.
 *
 * @param cacheBytesMax room in the cache
 * @param cacheBytes used of it
 * @param succeeded tasks for which everything was brought since the agent was started; {@code failed}: those for which
 *     something could not be
 */
public record FetchCounts(long cacheBytesMax, long cacheBytes, long succeeded, long failed) {}
